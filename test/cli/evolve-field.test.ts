import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { runInProcess } from '../support/cli.ts';
import { jsonSchema, problemsOf } from '../support/json-schema.ts';
import { folder } from '../support/workspace.ts';

const proto = 'syntax = "proto3";\npackage shop.v1;\nmessage Order {\n  int64 total = 4;\n}\n';
const name = 'proto/shop.proto';

test('a field is evolved from its line, and its removal promoted by id', async (context) => {
  const made = folder(context, { [name]: proto });
  made.commitAll();
  const line = ['scaffold', 'evolve-field', '--from', `${name}:4`];
  const printed = await runInProcess(made.path, line);
  assert.equal(printed.code, 0, printed.err);
  assert.match(printed.out, /total_v2 = 5/);
  assert.equal(readFileSync(`${made.path}/${name}`, 'utf8'), proto);
  const written = await runInProcess(made.path, [...line, '--write']);
  assert.equal(written.code, 0, written.err);
  const text = readFileSync(`${made.path}/${name}`, 'utf8');
  assert.match(text, /Remove after 2027-02-22\.\n {2}int64 total = 4 \[deprecated = true\];\n {2}int64 total_v2 = 5;/);
  const checked = await runInProcess(made.path, ['check']);
  assert.equal(checked.code, 0, checked.out);
  const id = /evolve-total-[a-z0-9]{4}/.exec(written.out + printed.out)?.[0] ?? '';
  const promoted = await runInProcess(made.path, ['promote', id, '--write']);
  assert.equal(promoted.code, 0, promoted.err + promoted.out);
  assert.match(promoted.out + promoted.err, /before its date/);
  assert.match(readFileSync(`${made.path}/${name}`, 'utf8'), /reserved 4;\n {2}reserved "total";/);
  const again = await runInProcess(made.path, ['promote', id]);
  assert.equal(again.code, 1);
});

test('a line without a field is refused with the reason', async (context) => {
  const made = folder(context, { [name]: proto });
  made.commitAll();
  const { code, out, err } = await runInProcess(made.path, ['scaffold', 'evolve-field', '--from', `${name}:1`]);
  assert.equal(code, 1);
  assert.match(out + err, /no field that could be evolved/);
});

const plan = (removeAfter: string) =>
  [
    'version: 1',
    'id: evolve-total-abcd',
    'operation: evolve-field',
    'format: protobuf',
    `file: "${name}"`,
    'element: "shop.v1.Order.total"',
    'number: 4',
    'replacement: "amount"',
    `removeAfter: ${removeAfter}`,
    '',
  ].join('\n');
const planPath = 'evolutions/evolve-total-abcd/evolution.yaml';
const message = (body: string) => `syntax = "proto3";\npackage shop.v1;\nmessage Order {\n${body}}\n`;
const both = message('  int64 total = 4 [deprecated = true];\n  int64 amount = 5;\n');
const removed = message('  reserved 4;\n  reserved "total";\n  int64 amount = 5;\n');

function begun(context: TestContext, removeAfter: string, more: Readonly<Record<string, string>> = {}) {
  const made = folder(context, { [name]: both, [planPath]: plan(removeAfter), ...more });
  made.commitAll();
  const run = (...args: string[]) => runInProcess(made.path, args);
  return { ...made, run };
}

test('status lists what gives way: the element, what is owed, by when, and where', async (context) => {
  const { run } = begun(context, '2026-12-31');
  const text = await run('status');
  assert.equal(
    text.out,
    'Contracts\n  evolution evolve-total-abcd (shop.v1.Order.total to amount, removed after 2026-12-31): both; see that everybody uses amount by 2026-12-31\n    proto/shop.proto:4\n',
  );
  const json = await run('status', '--format', 'json');
  const document = JSON.parse(json.out);
  assert.deepEqual(problemsOf(jsonSchema('status'), document), []);
  assert.deepEqual(document.contracts.evolutions, [
    {
      id: 'evolve-total-abcd',
      element: 'shop.v1.Order.total',
      number: 4,
      replacement: 'amount',
      removeAfter: '2026-12-31',
      phase: 'both',
      next: 'see that everybody uses amount by 2026-12-31',
      file: planPath,
      place: { path: name, range: { start: { line: 3, character: 2 }, end: { line: 3, character: 38 } } },
    },
  ]);
});

test('after its date a promoted removal is not reported, and the plan stays until the baseline has it', async (context) => {
  const made = begun(context, '2026-11-01');
  const { run } = made;
  assert.match((await run('status')).out, /: due; promote the removal of total when everybody uses amount\n/);
  const promoted = await run('promote', 'evolve-total-abcd', '--write');
  assert.match(promoted.out + promoted.err, /Its plan answers for the removal, until the baseline has it/);
  assert.equal(readFileSync(`${made.path}/${name}`, 'utf8'), removed);
  assert.ok(existsSync(`${made.path}/${planPath}`));
  assert.match((await run('check')).out, /^No findings\./);
  assert.match(
    (await run('status')).out,
    /: removed; nothing: its plan answers for the removal, until the baseline has it\n/,
  );
  assert.match((await run('promote', 'evolve-total-abcd')).err, /The removal is made/);
  const folders = folder(context, { 'old/shop.proto': both, 'new/shop.proto': removed });
  const compat = await runInProcess(folders.path, ['compat', 'old', 'new', '--format', 'json']);
  assert.deepEqual(
    JSON.parse(compat.out).findings.map(({ peerRule }: { peerRule: string }) => peerRule),
    ['FIELD_NO_DELETE'],
    'buf has no evolutions',
  );
  made.commitAll();
  assert.match((await run('status')).out, /: done; nothing: its folder can go\n/);
  assert.equal((await run('promote', 'evolve-total-abcd', '--write')).code, 0);
  assert.ok(!existsSync(`${made.path}/${planPath}`));
});

test('before its date, or where nobody was told, a removal is reported', async (context) => {
  const early = begun(context, '2026-12-31');
  const promoted = await early.run('promote', 'evolve-total-abcd', '--write');
  assert.match(promoted.out + promoted.err, /After 2026-12-31 its plan answers for the removal/);
  assert.match((await early.run('check')).out, /proto\/field-no-delete/);
  assert.match((await early.run('status')).out, /: removed; .* after 2026-12-31, until the baseline has it\n/);

  const untold = begun(context, '2026-11-01', { [name]: both.replace(' [deprecated = true]', '') });
  assert.equal((await untold.run('promote', 'evolve-total-abcd', '--write')).code, 0);
  assert.ok(!existsSync(`${untold.path}/${planPath}`));
  assert.match((await untold.run('check')).out, /proto\/field-no-delete/);

  const another = begun(context, '2026-11-01');
  another.write(name, message('  reserved 4, 5;\n  reserved "total", "amount";\n'));
  const checked = await another.run('check');
  assert.match(checked.out, /Field 5 \("amount"\)/, 'what takes over was not to go');
  assert.doesNotMatch(checked.out, /Field 4 \("total"\)/);
});

test('where the profile has nothing against a reserved field, the plan goes with it', async (context) => {
  const { path, run } = begun(context, '2026-11-01', {
    'schemaward.yaml': "version: 1\ncontracts:\n  profiles: { protobuf: 'buf:WIRE_JSON' }\n",
  });
  assert.equal((await run('promote', 'evolve-total-abcd', '--write')).code, 0);
  assert.ok(!existsSync(`${path}/${planPath}`));
  assert.match((await run('check')).out, /^No findings\./);
});

test('readers of Avro who were told to be gone are not reported, whichever older schema they have', async (context) => {
  const record = (...fields: readonly string[]) =>
    `{"type": "record", "name": "Order", "namespace": "shop", "fields": [${fields.join(', ')}]}\n`;
  const total = (doc: string) => `{"name": "total", "type": "long"${doc}}`;
  const amount = '{"name": "amount", "type": ["null", "long"], "default": null}';
  const avsc = plan('2026-11-01').replace('protobuf', 'avro').replace(name, 'order.avsc').replace('shop.v1', 'shop');
  const made = folder(context, {
    'order.avsc': record(total('')),
    'schemaward.yaml': "version: 1\ncontracts:\n  versions: v*\n  profiles: { avro: 'avro:FULL_TRANSITIVE' }\n",
  });
  const run = (...args: string[]) => runInProcess(made.path, args);
  made.commitAll();
  made.git('tag', 'v1');
  made.write('order.avsc', record(total(', "doc": "Deprecated: use amount."'), amount));
  made.write(planPath, avsc.replace('number: 4\n', ''));
  made.commitAll();
  made.git('tag', 'v2');
  assert.equal((await run('promote', 'evolve-total-abcd', '--write')).code, 0);
  assert.match((await run('check')).out, /^No findings\./);
  made.commitAll();
  assert.match((await run('check')).out, /^No findings\./, 'v1 and v2 are still compared with');
  made.write(planPath, avsc.replace('2026-11-01', '2026-12-31'));
  assert.match((await run('check')).out, /avro\/reader-field-missing-default-value/);
});
