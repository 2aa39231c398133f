import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runInProcess } from '../support/cli.ts';
import { folder } from '../support/workspace.ts';

interface Answer {
  readonly compatible?: boolean;
  readonly findings: readonly {
    readonly rule: string;
    readonly path: string;
    readonly message: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
    readonly related: readonly { readonly path: string; readonly side?: string; readonly message: string }[];
  }[];
  readonly notices: readonly { readonly id: string; readonly message: string; readonly path?: string }[];
}

async function run(cwd: string, ...args: readonly string[]): Promise<Answer> {
  const { out, err } = await runInProcess(cwd, [...args, '--format', 'json']);
  assert.equal(err, '');
  return JSON.parse(out) as Answer;
}

const found = ({ findings }: Answer) => findings.map(({ rule, path }) => `${rule} ${path}`);

const two = 'syntax = "proto3";\npackage shop;\nmessage Order {\n  int32 x = 1;\n  int32 y = 2;\n}\n';
const one = two.replace('  int32 y = 2;\n', '');
const gone = 'proto/field-no-delete';
const record = (...fields: readonly string[]) =>
  `{"type":"record","name":"Order","namespace":"shop","fields":[\n${fields.join(',\n')}\n]}\n`;
const [x, y] = ['{"name":"x","type":"int"}', '{"name":"y","type":"string"}'];
const missing = 'avro/reader-field-missing-default-value';

type Files = Readonly<Record<string, string | Uint8Array>>;

function branch(context: TestContext, before: Files, after: Files) {
  const made = folder(context, before);
  made.commitAll();
  made.git('checkout', '--quiet', '-b', 'feature');
  for (const [name, text] of Object.entries(after)) made.write(name, text);
  return made;
}

test('a baseline that cannot be read is told once, at the first line, with its reason beside it', async (context) => {
  const made = branch(
    context,
    { 'a.proto': 'message {{{ "\nmessage ) {\n', 'a.avsc': '{"type": "record", "fields": [{]}', 'b.proto': two },
    { 'a.proto': one, 'a.avsc': record(x), 'b.proto': one.replace('Order', 'Other') },
  );
  const told = (await run(made.path, 'check')).findings.filter(({ rule }) => rule.endsWith('/unreadable'));
  assert.deepEqual(told.map(({ rule, path }) => `${path} ${rule}`).sort(), [
    'a.avsc avro/unreadable',
    'a.proto proto/unreadable',
  ]);
  for (const { range, related } of told) {
    assert.deepEqual(range.start, { line: 0, character: 0 });
    assert.equal(related.length, 1);
    assert.equal(related[0]?.side, 'before');
    assert.ok((related[0]?.message ?? '').length > 5);
  }
});

test('what is not UTF-8 is told and the rest of it compared', async (context) => {
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const made = branch(
    context,
    { 'a.proto': two, 'a.avsc': record(x), 'b.proto': two.replace('shop', 'other') },
    {
      'a.proto': latin(`// für alle\n${one}`),
      'a.avsc': latin(`// für alle\n${record(x, y)}`),
      'b.proto': one.replace('shop', 'other'),
    },
  );
  for (const answer of [
    await run(made.path, 'check'),
    await run(made.path, 'compat', folder(context, { 'a.proto': two, 'a.avsc': record(x) }).path, '.'),
  ]) {
    assert.ok(found(answer).includes(`${gone} a.proto`));
    assert.ok(found(answer).includes(`${missing} a.avsc`));
    const told = answer.notices
      .filter(({ id }) => id === 'file-not-decodable')
      .map(({ path }) => path?.split('/').at(-1));
    assert.deepEqual(told.sort(), ['a.avsc', 'a.proto']);
  }
});

test('a folder is compatible with itself, and so is an empty one', async (context) => {
  const made = folder(context, { 'a.proto': two, 'a.avsc': record(x), 'none/readme.txt': '' });
  const same = await run(made.path, 'compat', '.', '.');
  assert.deepEqual([same.compatible, same.findings, same.notices], [true, [], []]);
  assert.equal((await run(made.path, 'compat', 'none', 'none')).compatible, true);
});

test('folders that are called as files are called, links in a circle and files that nobody may read stop nothing', async (context) => {
  const made = branch(context, { 'a.proto': two, 'a.avsc': record(x) }, { 'a.proto': one, 'a.avsc': record(x, y) });
  for (const name of ['folder.proto', 'folder.avsc']) mkdirSync(join(made.path, name));
  made.write('folder.proto/inside.proto', two.replace('shop', 'inside'));
  symlinkSync('.', join(made.path, 'circle'));
  symlinkSync('nowhere.proto', join(made.path, 'broken.proto'));
  const before = folder(context, { 'a.proto': two, 'a.avsc': record(x) });
  for (const answer of [await run(made.path, 'check'), await run(made.path, 'compat', before.path, '.')])
    assert.deepEqual(found(answer).sort(), [`${missing} a.avsc`, `${gone} a.proto`]);
  if (process.getuid?.() === 0) return;
  chmodSync(join(made.path, 'a.avsc'), 0);
  const locked = await run(made.path, 'check');
  assert.ok(found(locked).includes(`${gone} a.proto`));
});

test('without git it is said once, and what is wrong in a file is told all the same', async (context) => {
  const made = folder(context, { 'a.proto': `${two}message {\n`, 'a.avsc': record(x) });
  const { findings, notices } = await run(made.path, 'check');
  assert.deepEqual(notices.filter(({ id }) => id === 'contracts-no-baseline').length, 1);
  assert.deepEqual([...new Set(findings.map(({ rule }) => rule))], ['proto/unreadable']);
});

test('an annotation without a line is one of its file', async (context) => {
  const made = folder(context, { 'sub/a.proto': 'edition = "2099";\nmessage A {}\n' });
  made.commitAll();
  const { out } = await runInProcess(made.path, ['check', '--format', 'github']);
  assert.equal(
    out,
    '::notice file=sub/a.proto::sub/a.proto: Edition 2099 is not known here; the file is read as edition 2024.\n',
  );
});

test('a schema of 20 MB is compared', async (context) => {
  const doc = 'x'.repeat(1000);
  const fields = Array.from(
    { length: 20_000 },
    (_, nth) => `{"name":"field_${nth}","type":["null","string"],"default":null,"doc":"${doc}"}`,
  );
  const made = folder(context, { 'before/a.avsc': record(...fields), 'after/a.avsc': record(...fields, y) });
  assert.deepEqual(found(await run(made.path, 'compat', 'before', 'after')), [`${missing} a.avsc`]);
});
