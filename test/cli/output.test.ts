import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { bundle, runBundle } from '../support/cli.ts';
import { folder } from '../support/workspace.ts';

/** A history with thousands of findings, more than a pipe holds. */
const many = {
  'db/migration/V1__t.sql': `CREATE TABLE t (id bigint PRIMARY KEY);\n`,
  'db/migration/V2__many.sql': Array.from({ length: 3000 }, (_, i) => `ALTER TABLE t DROP COLUMN c${i};\n`).join(''),
};

const sequence = '\u001b[';

test('a large output reaches a slow reader whole', async (context) => {
  const made = folder(context, many);
  const child = spawn(process.execPath, [bundle, 'check', '--format', 'json'], {
    cwd: made.path,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const parts: Buffer[] = [];
  child.stdout.pause();
  await once(child.stdout, 'readable');
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const [code] = await once(child, 'close');
  const { findings } = JSON.parse(Buffer.concat(parts).toString()) as { findings: unknown[] };
  assert.equal(code, 1);
  assert.ok(findings.length >= 3000);
});

test('a reader that goes away ends the output quietly, and the exit code still says what was found', async (context) => {
  const made = folder(context, many);
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const child = spawn(process.execPath, [bundle, 'check', '--format', format], {
      cwd: made.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (part) => {
      err += String(part);
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = await once(child, 'exit');
    assert.equal(code, 1, format);
    assert.equal(err, '');
  }
});

test('no colours into a pipe', async (context) => {
  const made = folder(context, many);
  const { out } = await runBundle(made.path, ['check']);
  assert.ok(!out.includes(sequence));
});

/** `script` gives a child a terminal; where it is missing there is nothing to test. */
async function inTerminal(cwd: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const child = spawn('/usr/bin/script', ['-qec', `'${process.execPath}' '${bundle}' check`, '/dev/null'], {
    cwd,
    env: { ...process.env, TERM: 'xterm', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (part) => {
    out += String(part);
  });
  const missing = once(child, 'error').then(() => undefined);
  const ended = once(child, 'close').then(() => out);
  return Promise.race([missing, ended]);
}

test('colours in a terminal, unless NO_COLOR or a dumb terminal says otherwise', async (context) => {
  const made = folder(context, { 'db/migration/V1__a.sql': 'ALTER TABLE a DROP COLUMN b;' });
  const plain = await inTerminal(made.path, { NO_COLOR: '' });
  if (plain === undefined) return context.skip('no script command');
  assert.ok(plain.includes(sequence));
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
    assert.ok(!(await inTerminal(made.path, env))?.includes(sequence), JSON.stringify(env));
});

test('the bundle says its version and ends with the documented codes', async (context) => {
  const made = folder(context, { 'db/migration/V1__a.sql': 'CREATE TABLE a (id int);' });
  assert.match((await runBundle(made.path, ['--version'])).out, /^\d+\.\d+\.\d+\n$/);
  assert.equal((await runBundle(made.path, ['check'])).code, 0);
  made.write('db/migration/V2__b.sql', 'DROP TABLE a;');
  assert.equal((await runBundle(made.path, ['check'])).code, 1);
  assert.equal((await runBundle(made.path, ['check', '--fail-on', 'never'])).code, 0);
  assert.equal((await runBundle(made.path, ['check', '--nonsense'])).code, 2);
  assert.equal((await runBundle(made.path, ['check', '--no-cache'])).code, 1);
});
