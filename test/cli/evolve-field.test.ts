import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInProcess } from '../support/cli.ts';
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
