import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe } from 'node:test';
import { open as openFolder } from '../support/workspace.ts';
import { configuration } from './api/configuration.ts';
import { contracts } from './api/contracts.ts';
import { frozen } from './api/frozen.ts';
import { language } from './api/language.ts';
import { problems } from './api/problems.ts';
import { robustness } from './api/robustness.ts';
import { roots } from './api/roots.ts';
import { scaffolds } from './api/scaffolds.ts';
import { textFixes } from './api/text-fixes.ts';
import { tree } from './api/tree.ts';
import { treeCommands } from './api/tree-commands.ts';
import { type ApiWindow, openApiWindow } from './support/api-window.ts';
import { type Editor, editorOf } from './support/editor.ts';
import { project } from './support/suite.ts';

/**
 * Everything that the API can see, in one window; each suite has a folder of its own in its workspace. `SUITE=tree`
 * runs one.
 */
const suites = [
  problems,
  textFixes,
  scaffolds,
  frozen,
  tree,
  treeCommands,
  language,
  contracts,
  configuration,
  roots,
  robustness,
].filter(({ name }) => process.env.SUITE === undefined || name === process.env.SUITE);

let window: ApiWindow;
let editor: Editor;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'schemaward-api-')));
const root = join(folder, 'main');
const second = join(folder, 'second');

before(async () => {
  const workspace = openFolder(root, Object.assign({}, ...suites.map(({ earlier = {} }) => earlier)));
  write(project('zero', { 'V1__a.sql': 'CREATE TABLE a (id int);\n' }));
  workspace.commitAll('earlier');
  write(Object.assign({}, ...suites.map(({ released }) => released)));
  workspace.commitAll();
  write(Object.assign({}, ...suites.map(({ pending = {} }) => pending)));
  openFolder(second, project('elsewhere', { 'V1__a.sql': 'CREATE TABLE a (id int);\n' }));
  const file = join(folder, 'all.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: [{ path: root }, { path: second }] }));
  window = await openApiWindow(file);
  editor = editorOf(root, window.evaluate);
  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) workspace.write(name, text);
  }
});

after(async () => {
  await window?.stop();
  rmSync(folder, { recursive: true, force: true });
});

for (const suite of suites)
  describe(suite.name, () => {
    afterEach(() => editor.closeAll());
    suite.tests(() => ({ editor, window, second }));
  });
