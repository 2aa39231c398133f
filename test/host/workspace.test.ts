import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { createWorkspace } from '#host/workspace.ts';
import { makeService } from '../../server/src/entry/service.ts';
import { type Folder, folder } from '../support/workspace.ts';

async function opened(context: TestContext, files: Readonly<Record<string, string>>) {
  const made = folder(context, files);
  made.commitAll();
  const service = await makeService();
  const workspace = createWorkspace(service, {
    roots: [made.path],
    trusted: true,
    overrides: {},
    env: {},
    now: () => '2026-11-24T12:00:00Z',
  });
  await workspace.load();
  return { made, workspace };
}

const v1 = 'db/migration/V1__a.sql';
const v2 = 'db/migration/V2__b.sql';

const has = (made: Folder, snapshot: { readonly files: ReadonlyMap<string, unknown> }, name: string) =>
  snapshot.files.has(`${made.path}/${name}`);

test('a reload, a refresh and a reopened text that change nothing leave the very same snapshot', async (context) => {
  const { made, workspace } = await opened(context, { [v1]: 'SELECT 1;' });
  const before = workspace.snapshot;
  await workspace.load();
  workspace.refresh([`${made.path}/${v1}`]);
  workspace.overlay(`${made.path}/${v1}`, 'SELECT 1;');
  workspace.overlay(`${made.path}/${v1}`, undefined);
  await workspace.readBases();
  assert.equal(workspace.snapshot, before);
  made.write(v2, 'SELECT 2;');
  await workspace.load();
  assert.notEqual(workspace.snapshot, before);
  assert.equal(workspace.snapshot.bases, before.bases);
});

test('while git writes the work tree the old state stays; then the new one comes whole', async (context) => {
  const { made, workspace } = await opened(context, { [v1]: 'SELECT 1;' });
  const before = workspace.snapshot;
  made.write('.git/index.lock', '');
  made.write(v2, 'SELECT 2;');
  const loaded = workspace.load();
  await new Promise((resume) => setTimeout(resume, 200));
  assert.equal(workspace.snapshot, before);
  made.write('db/migration/V3__c.sql', 'SELECT 3;');
  rmSync(`${made.path}/.git/index.lock`);
  await loaded;
  assert.ok(has(made, workspace.snapshot, v2) && has(made, workspace.snapshot, 'db/migration/V3__c.sql'));
});

test('what is refreshed during a load is not lost, and the last of two loads wins', async (context) => {
  const { made, workspace } = await opened(context, { [v1]: 'SELECT 1;' });
  const loads = [workspace.load(), workspace.load()];
  made.write(v1, 'SELECT 11;');
  made.write(v2, 'SELECT 2;');
  workspace.refresh([`${made.path}/${v1}`, `${made.path}/${v2}`]);
  await Promise.all(loads);
  assert.equal(workspace.snapshot.files.get(`${made.path}/${v1}`)?.text, 'SELECT 11;');
  assert.ok(has(made, workspace.snapshot, v2));
  workspace.configure({ roots: [] });
  assert.ok(has(made, workspace.snapshot, v2));
  await workspace.load();
  assert.equal(workspace.snapshot.files.size, 0);
});

test('a file that vanishes between listing and reading is no file', async (context) => {
  const { made, workspace } = await opened(context, { [v1]: 'SELECT 1;', [v2]: 'SELECT 2;' });
  made.remove(v2);
  await workspace.load();
  assert.ok(!has(made, workspace.snapshot, v2));
  made.remove('db');
  await workspace.load();
  assert.equal(workspace.snapshot.files.size, 0);
});

test('what differs from the base follows the open texts and the disk', async (context) => {
  const { made, workspace } = await opened(context, { [v1]: 'SELECT 1;', [v2]: 'SELECT 2;' });
  const path = `${made.path}/${v1}`;
  const changed = () => [...(workspace.snapshot.bases[0]?.base.changed ?? [])];
  assert.deepEqual(changed(), []);
  workspace.overlay(path, 'SELECT 10;');
  assert.deepEqual(changed(), [[path, 'SELECT 1;']]);
  const { bases } = workspace.snapshot;
  workspace.overlay(path, 'SELECT 100;');
  assert.equal(workspace.snapshot.bases, bases);
  await workspace.load();
  assert.deepEqual(changed(), [[path, 'SELECT 1;']]);
  workspace.overlay(path, undefined);
  assert.deepEqual(changed(), []);
  made.write(v1, 'SELECT 11;');
  workspace.refresh([path]);
  assert.deepEqual(changed(), [[path, 'SELECT 1;']]);
  made.remove(v1);
  await workspace.load();
  workspace.overlay(path, 'SELECT 12;');
  assert.deepEqual(changed(), [[path, 'SELECT 1;']]);
});
