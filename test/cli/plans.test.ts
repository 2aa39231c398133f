import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runInProcess } from '../support/cli.ts';
import { folder } from '../support/workspace.ts';

const history = {
  'db/migration/V1__a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, x text NOT NULL, y int);\n',
};

async function scaffolded(context: Parameters<typeof folder>[0], line: string) {
  const made = folder(context, history);
  made.commitAll();
  const result = await runInProcess(made.path, ['scaffold', ...line.split(' ')]);
  return { made, ...result };
}

test('scaffold prints and writes nothing; with --write it writes what it printed', async (context) => {
  const line = 'rename-column --table a --column x --new-name z --format json';
  const { made, code, out } = await scaffolded(context, line);
  assert.equal(code, 0);
  assert.deepEqual(readdirSync(join(made.path, 'db/migration')), ['V1__a.sql']);
  const written = await runInProcess(made.path, ['scaffold', ...line.split(' '), '--write']);
  assert.equal(written.out, out);
  const preview = JSON.parse(out) as { readonly creates: readonly { readonly path: string; readonly text: string }[] };
  for (const { path, text } of preview.creates) assert.equal(readFileSync(join(made.path, path), 'utf8'), text);
});

for (const [line, words] of [
  [
    'rename-column --table nobody --column x --new-name z',
    'schemaward: nobody is not known at this point of the history. (--table)\n',
  ],
  ['rename-column --table a --column x', 'schemaward: A new name is needed. (--new-name)\n'],
  ['change-column-type --table a --column id --type int', 'schemaward: a.id is part of the primary key a_pkey.\n'],
  ['--from db/migration/V1__a.sql:1', 'schemaward: Line 1 holds no statement that a plan could replace. (--from)\n'],
] as const) {
  test(`schemaward scaffold ${line}: refused with exit code 1 and the reason`, async (context) => {
    const { code, out, err } = await scaffolded(context, line);
    assert.deepEqual({ code, out, err }, { code: 1, out: '', err: words });
    const json = await scaffolded(context, `${line} --format json`);
    assert.equal(json.code, 1);
    assert.equal(typeof (JSON.parse(json.out) as { refused: { reason: string } }).refused.reason, 'string');
  });
}

test('from a statement to the promoted contract on the command line', async (context) => {
  const made = folder(context, history);
  made.commitAll();
  made.write('db/migration/V2__rename.sql', 'SELECT 1;\nALTER TABLE a RENAME COLUMN x TO z;\n');
  const check = async () => (await runInProcess(made.path, ['check'])).code;
  assert.equal(await check(), 1);
  const from = await runInProcess(made.path, ['scaffold', '--from', 'db/migration/V2__rename.sql:2', '--write']);
  assert.equal(from.code, 0, from.err);
  assert.equal(await check(), 0);
  const [id = ''] = readdirSync(join(made.path, 'evolutions'));
  const early = await runInProcess(made.path, ['promote', id]);
  assert.equal(early.code, 1);
  assert.match(early.err, /V2__rename\.sql, V3__x_backfill\.sql are not on main/);
  made.git('add', '--all');
  made.git('commit', '--quiet', '--message', 'expand');
  made.git('checkout', '--quiet', '-b', 'next');
  const due = await runInProcess(made.path, ['promote', id, '--write']);
  assert.equal(due.code, 0, due.err);
  assert.ok(existsSync(join(made.path, 'db/migration/V4__x_contract.sql')));
  assert.ok(!existsSync(join(made.path, 'evolutions', id, 'contract-1.sql')));
  assert.equal(await check(), 0);
  assert.equal((await runInProcess(made.path, ['promote', id])).code, 1);
});
