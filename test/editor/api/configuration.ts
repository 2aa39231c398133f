import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

/** The second folder of the workspace: a root has one schemaward.yaml. It is no repository, so all of it is new. */
const yaml = '../second/schemaward.yaml';
const pending = '../second/elsewhere/db/V2__next.sql';

/** schemaward.yaml while it is edited, and the settings. */
export const configuration: Suite = {
  name: 'configuration',
  released: {},
  pending: { [pending]: 'TRUNCATE a;\n', [yaml]: 'version: 1\n' },
  tests(open) {
    const complete = (words: string) => {
      const { editor } = open();
      return editor.evaluate(
        async (vscode, path, wanted) => {
          const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
          const found = await vscode.commands.executeCommand<import('vscode').CompletionList>(
            'vscode.executeCompletionItemProvider',
            document.uri,
            document.positionAt(document.getText().indexOf(wanted) + wanted.length),
          );
          return found.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
        },
        editor.path(yaml),
        words,
      );
    };

    test('keys, rules and severities are completed', async () => {
      const { editor } = open();
      await editor.show(yaml);
      await editor.type(yaml, 'version: 1\nrul');
      assert.ok((await complete('rul')).includes('rules'));
      await editor.type(yaml, 'version: 1\nrules:\n  severity:\n    lock/cr');
      assert.ok((await complete('lock/cr')).includes('lock/create-index'));
      await editor.type(yaml, 'version: 1\nrules:\n  severity:\n    lock/create-index: ');
      assert.ok((await complete('create-index: ')).includes('off'));
    });

    test('a key is described', async () => {
      const { editor } = open();
      await editor.type(yaml, 'version: 1\nlintTarget: production\n');
      const said = await editor.evaluate(async (vscode, path) => {
        const hovers = await vscode.commands.executeCommand<import('vscode').Hover[]>(
          'vscode.executeHoverProvider',
          vscode.Uri.file(path),
          new vscode.Position(1, 3),
        );
        return hovers
          .flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)))
          .join();
      }, editor.path(yaml));
      assert.match(said, /what it has applied is frozen/);
    });

    test('an unknown key is a problem at the key, with a suggestion; the last good settings stay', async () => {
      const { editor } = open();
      await editor.show(yaml);
      await editor.type(yaml, 'version: 1\nrules:\n  severity:\n    data/truncate: off\n');
      await editor.problemsAre(pending, []);
      await editor.type(yaml, 'version: 1\nruls:\n  severity:\n    data/truncate: off\n');
      const [problem] = await editor.problemsAre(yaml, ['config/schemaward-yaml']);
      assert.equal(problem?.text, 'ruls');
      assert.match(problem.message, /rules/);
      await editor.type(yaml, 'version: 1\nrules: [\n');
      await until(
        'a problem of the syntax',
        () => editor.problems(yaml),
        (found) => found.length > 0 && found[0]?.text !== 'ruls',
      );
    });

    test('the setting schemaward.enable silences everything, and back', async () => {
      const { editor } = open();
      const set = (on: boolean | null) =>
        editor.evaluate(
          async (vscode, value) =>
            vscode.workspace.getConfiguration('schemaward').update('enable', value ?? undefined, true),
          on,
        );
      await editor.show(pending);
      await editor.problemsAre(pending, ['data/truncate']);
      await set(false);
      await editor.problemsAre(pending, []);
      assert.deepEqual(await editor.offers(pending, 'TRUNCATE'), []);
      await set(null);
      await editor.problemsAre(pending, ['data/truncate']);
    });

    test('the dialect setting: another database is not examined, and says so', async (context) => {
      const { editor } = open();
      context.after(() => set(null));
      const set = (dialect: string | null) =>
        editor.evaluate(
          async (vscode, value) =>
            vscode.workspace.getConfiguration('schemaward').update('dialect', value ?? undefined, true),
          dialect,
        );
      const info = () =>
        editor.evaluate(async (vscode, path) => {
          const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
          const uri = vscode.Uri.file(path).toString();
          return api.client.protocol().sendRequest('schemaward/fileInfo', { uri }) as Promise<{
            dialect: string;
            notExamined: string[];
          }>;
        }, editor.path(pending));
      await editor.show(pending);
      await set('mysql');
      await editor.problemsAre(pending, []);
      const said = await until('not examined', info, ({ notExamined }) => notExamined.length > 0);
      assert.match(said.dialect, /MySQL/);
      await set(null);
      await editor.problemsAre(pending, ['data/truncate']);
    });
  },
};
