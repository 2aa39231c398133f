import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findVersion } from '#host/git/applied-text.ts';
import { findRepository, readBase } from '#host/git/base.ts';
import { createReadTree } from '#host/git/trees.ts';
import { folder, shallowClone } from '../support/workspace.ts';

async function baseOf(path: string, wanted?: string, env: Record<string, string> = {}) {
  const repository = await findRepository(path);
  assert.ok(repository !== undefined);
  return readBase(repository, wanted, env, createReadTree());
}

test('what is new, changed and deleted since the merge base', async (context) => {
  const made = folder(context, { 'V1__a.sql': 'a', 'V2__b.sql': 'b', 'sub/V3__c.sql': 'c' });
  made.commitAll();
  made.git('checkout', '--quiet', '-b', 'feature');
  made.write('V4__d.sql', 'd');
  made.write('V2__b.sql', 'changed');
  made.git('checkout', '--quiet', 'main');
  made.git('stash', '--quiet', '--include-untracked');
  made.write('V5__main.sql', 'm');
  made.git('add', '--all');
  made.git('commit', '--quiet', '-m', 'later');
  made.git('checkout', '--quiet', 'feature');
  made.git('stash', 'pop', '--quiet');
  const base = await baseOf(made.path);
  assert.equal(base.ref, 'main');
  const at = (name: string) => `${made.path}/${name}`;
  assert.deepEqual([...base.mergeBase].sort(), [at('V1__a.sql'), at('V2__b.sql'), at('sub/V3__c.sql')].sort());
  assert.ok(base.tip.has(at('V5__main.sql')));
  assert.deepEqual([...base.changed], [[at('V2__b.sql'), 'b']]);
});

test('a folder inside the repository, an unborn branch, a missing base, a detached head, a shallow clone', async (context) => {
  const empty = folder(context);
  empty.git('init', '--quiet');
  assert.equal((await baseOf(empty.path)).problem, 'unborn');

  const made = folder(context, { 'a/V1__a.sql': 'a' });
  made.commitAll();
  assert.equal((await findRepository(`${made.path}/a`))?.root, made.path);
  assert.equal((await findRepository(`${made.path}/a`))?.gitFolder, `${made.path}/.git`);
  assert.equal((await baseOf(made.path, 'no-such-ref')).problem, 'no-base');
  assert.equal((await baseOf(made.path, '--upload-pack=touch x')).problem, 'no-base');
  made.git('checkout', '--quiet', '--detach');
  assert.equal((await baseOf(made.path)).ref, 'main');
  made.git('branch', '-m', 'main', 'trunk');
  assert.equal((await baseOf(made.path)).problem, 'no-base');

  const origin = folder(context, { 'V1__a.sql': 'a' });
  origin.commitAll();
  origin.git('checkout', '--quiet', '-b', 'topic');
  origin.write('V2__b.sql', 'b');
  origin.git('add', '--all');
  origin.git('commit', '--quiet', '-m', 'topic');
  origin.git('checkout', '--quiet', 'main');
  const shallow = await baseOf(shallowClone(context, origin, 'topic'));
  assert.equal(shallow.problem, 'shallow');
});

test('CI says which branch a change is for', async (context) => {
  const made = folder(context, { 'V1__a.sql': 'a' });
  made.commitAll();
  made.git('branch', 'release');
  assert.equal((await baseOf(made.path, undefined, { GITHUB_BASE_REF: 'release' })).ref, 'release');
});

test('the applied text is found in the history, through a rename', async (context) => {
  const made = folder(context, { 'V1__a.sql': 'first' });
  made.commitAll();
  made.write('V1__a.sql', 'second');
  made.git('commit', '--quiet', '-am', 'edit');
  made.git('mv', 'V1__a.sql', 'V1__b.sql');
  made.git('commit', '--quiet', '-am', 'rename');
  const repository = await findRepository(made.path);
  assert.ok(repository !== undefined);
  const found = await findVersion(repository, `${made.path}/V1__b.sql`, (text) => text === 'first');
  assert.equal(found?.text, 'first');
  assert.equal(await findVersion(repository, `${made.path}/V1__b.sql`, (text) => text === 'never'), undefined);
});
