import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { project, type Suite } from '../support/suite.ts';

/** The workspace has a second folder, which is no repository; a third comes and goes. */
export const roots: Suite = {
  name: 'roots',
  released: {},
  tests(open) {
    test('the second folder of the workspace is read as well, without git', async () => {
      const { editor, second } = open();
      const rows = await editor.treeWhen('its project', 'elsewhere', (found) => found.length === 2);
      assert.match(rows[0]?.description ?? '', /no git repository/);
      assert.deepEqual([rows[0]?.contextValue, rows[1]?.label], ['problem+git', 'Pending']);
      assert.ok(second.length > 0);
    });

    test('a folder that is added appears, and one that is removed is gone', async () => {
      const { editor, second } = open();
      const third = `${second}-third`;
      for (const [name, text] of Object.entries(project('added', { 'V1__a.sql': 'CREATE TABLE a (id int);\n' }))) {
        mkdirSync(join(third, name, '..'), { recursive: true });
        writeFileSync(join(third, name), text);
      }
      try {
        await editor.evaluate(async (vscode, path) => {
          vscode.workspace.updateWorkspaceFolders(2, 0, { uri: vscode.Uri.file(path) });
        }, third);
        await editor.treeWhen('the added project', 'added', (found) => found.length > 0);
        await editor.evaluate(async (vscode) => {
          vscode.workspace.updateWorkspaceFolders(2, 1);
        });
        await editor.treeWhen('no added project', 'added', (found) => found.length === 0);
      } finally {
        rmSync(third, { recursive: true, force: true });
      }
    });
  },
};
