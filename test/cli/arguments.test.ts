import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from '#cli/commands/index.ts';
import { runInProcess } from '../support/cli.ts';
import { folder } from '../support/workspace.ts';

const files = { 'db/migration/V1__a.sql': 'CREATE TABLE a (id int);', 'broken.json': '{' };

for (const [line, words] of [
  ['chekc', 'There is no command "chekc". Did you mean check?'],
  ['frobnicate', 'There is no command "frobnicate". Commands: check,'],
  ['check --fromat json', 'There is no option --fromat. Did you mean --format?'],
  ['check -x', 'There is no option --x.'],
  ['check --format jsno', '--format is one of text, json, sarif, github, not "jsno". Did you mean json?'],
  ['check --format', '--format needs a value.'],
  ['check --format --all', '--format needs a value.'],
  ['check --all=yes', '--all takes no value.'],
  ['check --fail-on eror', 'Did you mean error?'],
  ['check --base main --all', '--base and --all exclude each other.'],
  ['check --dialect postgres', 'Did you mean postgresql?'],
  ['check --target-version sixteen', '--target-version is a whole number, not "sixteen".'],
  ['check --target-version 99', '--target-version is one of PostgreSQL 10 to 18, not 99.'],
  ['check --dialect mysql --target-version 8', 'Versions of mysql are not told apart yet'],
  ['check --target nowhere', 'There is no target nowhere. None is configured.'],
  ['check no/such/path', 'no/such/path does not exist.'],
  ['check --baseline no.json', 'The baseline no.json does not exist.'],
  ['check --baseline broken.json', 'The baseline broken.json is not the output of schemaward check --format json.'],
  ['check --base main', 'There is no git repository here'],
  ['status extra', 'status does not know what to do with "extra".'],
  ['status --format sarif', '--format is one of text, json, not "sarif".'],
  ['explain lock/creat-index', 'There is no rule lock/creat-index. Did you mean lock/create-index?'],
  ['explain a b', 'explain does not know what to do with "b".'],
  ['scaffold', 'scaffold needs an operation, or --from <path>:<line>.'],
  ['scaffold --from nowhere', '--from is <path>:<line>.'],
  ['scaffold rename-colum --table a', 'not "rename-colum". Did you mean rename-column?'],
  ['promote', 'promote needs the id of an evolution.'],
  ['promote a b', 'promote does not know what to do with "b".'],
  ['help nothing', 'There is no command "nothing".'],
] as const) {
  test(`schemaward ${line}: one line, exit code 2`, async (context) => {
    const { code, out, err } = await runInProcess(folder(context, files).path, line.split(' '));
    assert.equal(code, 2, out);
    assert.equal(out, '');
    assert.ok(err.includes(words), err);
    assert.match(err, /^schemaward: [^\n]+\n$/);
  });
}

test('help and version need no folder, and name every option', async () => {
  const nowhere = '/';
  for (const args of [[], ['help'], ['--help'], ['-h']]) {
    const { code, out } = await runInProcess(nowhere, args);
    assert.equal(code, 0);
    for (const { name } of commands) assert.ok(out.includes(`  ${name} `));
  }
  for (const args of [['--version'], ['-v']]) assert.equal((await runInProcess(nowhere, args)).out, '0.0.0-test\n');
  for (const { name, options } of commands) {
    const { code, out } = await runInProcess(nowhere, ['help', name]);
    assert.equal(code, 0);
    assert.deepEqual(await runInProcess(nowhere, [name, '--help']), { code, out, err: '' });
    if (name === 'lsp') continue;
    for (const option of Object.keys(options)) assert.ok(out.includes(`--${option}`), `${name} --${option}`);
  }
});

test('explain shows a rule, and lists them all', async () => {
  assert.match((await runInProcess('/', ['explain', 'lock/create-index'])).out, /^# lock\/create-index\n/);
  const { code, out } = await runInProcess('/', ['explain']);
  assert.equal(code, 0);
  assert.match(out, /^schema\/rename-column +error /m);
});
