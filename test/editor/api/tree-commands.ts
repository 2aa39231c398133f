import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksumOf } from '../../../scripts/sample/history.ts';
import { project, type Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const one = 'CREATE TABLE one (id bigint PRIMARY KEY);\n';
const asApplied = 'CREATE TABLE two (id bigint PRIMARY KEY, a text);\n';
const edited = 'CREATE TABLE two (id bigint PRIMARY KEY, a text, b text);\n';

const row = (rank: number, script: string, text: string) => ({
  id: script,
  version: String(rank),
  description: script.replace(/^V\d+__|\.sql$/g, ''),
  states: {
    staging: {
      state: 'applied',
      type: 'SQL',
      checksum: checksumOf(text),
      rank,
      installedOn: '2026-01-01T00:00:00Z',
    },
  },
});

/** Commands that act on a row, given the row as the tree holds it. */
export const treeCommands: Suite = {
  name: 'commands',
  earlier: { 'commands/db/V2__two.sql': asApplied },
  released: project('commands', { 'V1__one.sql': one, 'V2__two.sql': edited }),
  pending: {
    'commands/db/V3__three.sql': 'CREATE TABLE three (id bigint PRIMARY KEY);\n',
    'schemaward.yaml': 'version: 1\ntargets:\n  staging: { from: ops/commands.json, project: commands }\n',
    'ops/commands.json': JSON.stringify({
      schemaVersion: 1,
      projects: [
        {
          name: 'commands',
          tool: 'flyway',
          targets: [{ name: 'staging', kind: 'database' }],
          migrations: [row(1, 'V1__one.sql', one), row(2, 'V2__two.sql', asApplied)],
        },
      ],
    }),
  },
  tests(open) {
    /** Runs a command with the row whose label starts so. */
    const onRow = (id: string, label: string) =>
      open().editor.evaluate(
        async (vscode, command, wanted) => {
          const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
          const find = (node?: unknown): unknown => {
            for (const child of api.tree.children(node)) {
              if (String(api.tree.item(child).label).startsWith(wanted) && child.project?.name === 'commands')
                return child;
              const below = find(child);
              if (below !== undefined) return below;
            }
            return undefined;
          };
          const node = find();
          if (node === undefined) throw new Error(`no row ${wanted}`);
          await vscode.commands.executeCommand(command, node);
        },
        id,
        label,
      );

    test('compare with the applied text: the blob of git whose checksum the history has, beside the file', async () => {
      const { editor } = open();
      await editor.treeWhen('a changed migration', 'commands', (rows) =>
        rows.some(({ label }) => label === 'Changed after apply'),
      );
      await onRow('schemaward.compareApplied', '2  two');
      const diff = await until(
        'a comparison',
        () =>
          editor.evaluate(async (vscode) => {
            const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
            if (!(input instanceof vscode.TabInputTextDiff)) return undefined;
            return {
              label: vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '',
              before: (await vscode.workspace.openTextDocument(input.original)).getText(),
              after: (await vscode.workspace.openTextDocument(input.modified)).getText(),
            };
          }),
        (found) => found !== undefined,
      );
      assert.deepEqual([diff?.before, diff?.after], [asApplied, edited]);
      assert.match(diff?.label ?? '', /^V2__two\.sql: as applied \([0-9a-f]{10}\) and now$/);
    });

    test('copy version', async () => {
      const { editor } = open();
      await onRow('schemaward.copyVersion', '3  three');
      assert.equal(await editor.evaluate(async (vscode) => vscode.env.clipboard.readText()), '3');
    });

    test('show in Migrations selects the row of the file in front', async () => {
      const { editor } = open();
      await editor.show('commands/db/V3__three.sql');
      await editor.command('schemaward.revealInTree');
      const selected = () =>
        editor.evaluate(async (vscode) => {
          const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
          return api.tree.view.selection.map((node: { id: string }) => node.id) as string[];
        });
      await until('the row', selected, (ids) => ids.join() === 'commands//staging//pending/versioned/3/V3__three.sql');
    });

    test('a search leaves what matches, says so, and is undone', async () => {
      const { editor } = open();
      const search = (text: string) =>
        editor.evaluate(async (vscode, wanted) => {
          const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
          api.tree.filter(wanted);
          return String(api.tree.view.message);
        }, text);
      assert.equal(await search('thr'), 'Only what matches "thr"');
      const rows = await editor.tree('commands');
      assert.deepEqual(
        rows.map(({ label, children }) => [label, ...children.map((child) => child.label)]),
        [['Pending', '3  three']],
      );
      assert.equal(
        (await editor.tree()).some(({ id }) => id === 'zero'),
        false,
        'nothing of it matches',
      );
      await editor.command('schemaward.clearSearch');
      assert.ok((await editor.tree('commands')).length > 1);
    });

    test('reveal in Explorer', async () => {
      await onRow('schemaward.reveal', '3  three');
    });
  },
};
