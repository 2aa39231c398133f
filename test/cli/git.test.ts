import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runBundle, runInProcess } from '../support/cli.ts';
import { type Folder, folder, shallowClone } from '../support/workspace.ts';

const released = {
  'db/migration/V1__a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, x int, y int);\n',
  'db/migration/V2__old.sql': 'ALTER TABLE a DROP COLUMN y;\n',
};

interface Answer {
  readonly code: number;
  readonly base: string | null;
  readonly files: readonly string[];
  readonly notices: readonly string[];
}

async function check(cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { code, out } = await runInProcess(cwd, ['check', '--format', 'json'], env);
  const { base, findings, notices } = JSON.parse(out) as {
    base: string | null;
    findings: { path: string }[];
    notices: { id: string }[];
  };
  const files = findings.map(({ path }) => path.split('/').at(-1) ?? '');
  return { code, base, files, notices: notices.map(({ id }) => id) };
}

function branch(context: TestContext): Folder {
  const made = folder(context, released);
  made.commitAll();
  made.git('checkout', '--quiet', '-b', 'feature');
  made.write('db/migration/V3__x.sql', 'ALTER TABLE a DROP COLUMN x;\n');
  made.git('add', '--all');
  made.git('commit', '--quiet', '-m', 'x');
  return made;
}

async function refused(cwd: string, base: string): Promise<string> {
  for (const command of ['check', 'status']) {
    const { code, out, err } = await runInProcess(cwd, [command, '--base', base]);
    assert.equal(code, 2);
    assert.equal(out, '');
    if (command === 'status') return err;
  }
  return '';
}

test('no git: a notice, and every migration judged as if all before it had shipped', async (context) => {
  const made = folder(context, released);
  assert.deepEqual(await check(made.path), { code: 1, base: null, files: ['V2__old.sql'], notices: ['base-no-git'] });
  assert.match(await refused(made.path, 'main'), /There is no git repository here/);
});

test('git that cannot be run is no git', async (context) => {
  const made = branch(context);
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  context.after(() => {
    process.env.PATH = PATH;
  });
  const { code, out } = await runBundle(made.path, ['check', '--format', 'json'], { PATH: '/nowhere' });
  process.env.PATH = PATH;
  assert.equal(code, 1);
  assert.match(out, /base-no-git/);
});

test('an unborn branch: everything is new and unreleased, so nothing is in the way', async (context) => {
  const made = folder(context, released);
  made.git('init', '--quiet');
  assert.deepEqual(await check(made.path), { code: 0, base: null, files: [], notices: [] });
  assert.match(await refused(made.path, 'main'), /The base main was not found here/);
});

test('a detached head compares with main all the same', async (context) => {
  const made = branch(context);
  made.git('checkout', '--quiet', '--detach');
  assert.deepEqual(await check(made.path), { code: 1, base: 'main', files: ['V3__x.sql'], notices: [] });
});

test('no main branch: a notice; a base that is missing where it was asked for: exit code 2', async (context) => {
  const made = branch(context);
  made.git('branch', '-m', 'main', 'trunk');
  const { notices, files } = await check(made.path);
  assert.deepEqual([notices, files], [['base-no-base'], ['V2__old.sql', 'V3__x.sql']]);
  assert.match(await refused(made.path, 'main'), /The base main was not found here/);
  assert.match(await refused(made.path, '--help-me'), /--base needs a value|was not found/);
  assert.equal((await check(made.path, { GITHUB_BASE_REF: 'trunk' })).base, 'trunk');
});

test('a base.ref that does not exist is a notice, never replaced by a guess', async (context) => {
  const made = branch(context);
  made.write('schemaward.yaml', 'base: { ref: origin/nowhere }\n');
  const { base, notices } = await check(made.path);
  assert.deepEqual([base, notices], [null, ['base-no-base']]);
});

test('a shallow clone without the merge base: a notice, and exit code 2 where --base was asked for', async (context) => {
  const origin = branch(context);
  origin.git('checkout', '--quiet', 'main');
  const path = shallowClone(context, origin, 'feature');
  const { notices } = await check(path);
  assert.deepEqual(notices, ['base-shallow']);
  assert.match(
    await refused(path, 'origin/main'),
    /shallow clone has no merge base with origin\/main: fetch more history/,
  );
});

test('a clone compares with what origin says', async (context) => {
  const origin = branch(context);
  origin.git('checkout', '--quiet', 'main');
  origin.git('branch', '-m', 'main', 'trunk');
  const clone = folder(context);
  clone.git('clone', '--quiet', `file://${origin.path}`, 'c');
  const path = join(clone.path, 'c');
  clone.git('-C', path, 'checkout', '--quiet', 'feature');
  assert.deepEqual(await check(path), { code: 1, base: 'origin/trunk', files: ['V3__x.sql'], notices: [] });
});

test('a folder inside the repository finds the configuration above it', async (context) => {
  const made = branch(context);
  made.write('schemaward.yaml', 'rules: { severity: { schema/drop-column: "off" } }\n');
  assert.deepEqual((await check(join(made.path, 'db/migration'))).files, []);
});

test('the nearest schemaward.yaml above holds, as it does for an editor that opens its folder', async (context) => {
  const made = branch(context);
  made.write('db/schemaward.yaml', 'rules: { severity: { schema/drop-column: "off" } }\n');
  assert.deepEqual((await check(join(made.path, 'db/migration'))).files, []);
  assert.deepEqual((await check(made.path)).files, ['V3__x.sql']);
});

test('a linked work tree is judged by itself, and never doubles the history of its neighbour', async (context) => {
  const made = branch(context);
  made.git('worktree', 'add', '--quiet', 'linked', 'main');
  assert.deepEqual((await check(made.path)).files, ['V3__x.sql']);
  assert.deepEqual((await check(join(made.path, 'linked'))).files, []);
  made.write('linked/db/migration/V9__x.sql', 'ALTER TABLE a DROP COLUMN x;\n');
  assert.deepEqual((await check(join(made.path, 'linked'))).files, ['V9__x.sql']);
});

test('a repository that sets a file system monitor or an external diff does not get to run it', async (context) => {
  const made = branch(context);
  made.write('hook.sh', `#!/bin/sh\ntouch '${made.path}/ran'\n`);
  const { chmodSync, existsSync } = await import('node:fs');
  chmodSync(join(made.path, 'hook.sh'), 0o755);
  made.git('config', 'core.fsmonitor', './hook.sh');
  made.git('config', 'diff.external', './hook.sh');
  made.write('db/migration/V2__old.sql', 'ALTER TABLE a DROP COLUMN y; -- edited\n');
  assert.ok((await check(made.path)).files.includes('V3__x.sql'));
  assert.ok(!existsSync(join(made.path, 'ran')));
});

test('what both migrations and contracts ask of a commit is listed once', async (context) => {
  const made = branch(context);
  made.write('proto/a.proto', 'syntax = "proto3";\nmessage A {}\n');
  made.git('checkout', '--quiet', '-B', 'main');
  made.commitAll();
  made.git('checkout', '--quiet', '-B', 'feature');
  made.commitAll('further');
  const trace = join(folder(context).path, 'trace');
  const { err } = await runBundle(made.path, ['check'], { GIT_TRACE: trace });
  assert.equal(err, '');
  const listed = readFileSync(trace, 'utf8').match(/git .*ls-tree .*/g) ?? [];
  assert.equal(listed.length, 1, listed.join('\n'));
});
