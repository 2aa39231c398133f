import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decode } from '#host/decode.ts';
import { listFiles } from '#host/files/list.ts';
import { folder } from '../support/workspace.ts';

const names = (root: string, paths: readonly string[]) => paths.map((path) => path.slice(root.length + 1));

test('build output, ignored files and linked work trees never count, with git', async (context) => {
  const made = folder(context, {
    '.gitignore': 'generated/\n',
    'db/V1__a.sql': '',
    'target/db/V1__a.sql': '',
    'generated/V1__a.sql': '',
    'node_modules/x/V1__a.sql': '',
  });
  made.commitAll();
  made.git('worktree', 'add', '--quiet', '-b', 'other', 'other');
  made.write('db/V2__untracked.sql', '');
  assert.deepEqual(names(made.path, await listFiles(made.path, [], true)), ['db/V1__a.sql', 'db/V2__untracked.sql']);
});

test('without git a walk finds the same, and a loop of links ends', async (context) => {
  const made = folder(context, {
    'db/V1__a.sql': '',
    'build/V1__a.sql': '',
    'linked/.git': 'gitdir: elsewhere',
    'linked/V1__a.sql': '',
    'db/deep/R__b.sql': '',
  });
  symlinkSync(made.path, join(made.path, 'db/loop'));
  assert.deepEqual(names(made.path, await listFiles(made.path, [], false)), ['db/V1__a.sql', 'db/deep/R__b.sql']);
});

test('code migrations and script configurations are indexed, other files are not', async (context) => {
  const made = folder(context, { 'db/V1__A.java': '', 'db/Main.java': '', 'db/V2__b.sql.conf': '', 'README.md': '' });
  assert.deepEqual(names(made.path, await listFiles(made.path, [/^flyway\.toml$/], false)), [
    'db/V1__A.java',
    'db/V2__b.sql.conf',
  ]);
});

test('bytes are decoded by mark, then by the project, then as UTF-8', () => {
  assert.equal(decode('a', Buffer.from('é')).text, 'é');
  assert.equal(decode('a', Buffer.from([0xef, 0xbb, 0xbf, 0x61])).text, '\ufeffa');
  assert.equal(decode('a', Buffer.from([0xff, 0xfe, 0x61, 0])).text, '\ufeffa');
  assert.equal(decode('a', Buffer.from([0xe9]), 'ISO-8859-1').text, 'é');
  const broken = decode('a', Buffer.from([0x61, 0xe9, 0x62]));
  assert.equal(broken.text, 'a\ufffdb');
  assert.deepEqual(broken.problem, { kind: 'not-decodable', encoding: 'utf-8' });
  assert.equal(decode('a', Buffer.from('x'), 'no-such-encoding').text, 'x');
});
