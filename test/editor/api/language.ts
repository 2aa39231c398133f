import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, type Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const file = 'language/db/V3__next.sql';
const text =
  'ALTER TABLE users ALTER COLUMN email TYPE varchar(10);\nCREATE TABLE teams (id bigint PRIMARY KEY, name text);\n';

/** What a reader of one file gets beside problems. */
export const language: Suite = {
  name: 'language',
  released: project('language', {
    'V1__users.sql': 'CREATE TABLE users (\n  id bigint PRIMARY KEY,\n  email text\n);\n',
    'V2__email.sql': 'ALTER TABLE users ALTER COLUMN email SET DEFAULT 0;\n',
  }),
  pending: { [file]: text },
  tests(open) {
    const hoverOn = (name: string, words: string) => {
      const { editor } = open();
      return editor.evaluate(
        async (vscode, path, wanted) => {
          const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
          const hovers = await vscode.commands.executeCommand<import('vscode').Hover[]>(
            'vscode.executeHoverProvider',
            document.uri,
            document.positionAt(document.getText().indexOf(wanted) + 1),
          );
          return hovers
            .flatMap(({ contents }) => contents)
            .map((part) => (typeof part === 'string' ? part : part.value))
            .join('\n');
        },
        editor.path(name),
        words,
      );
    };

    test('hover on a statement: lock, who waits and for how long, for which version', async () => {
      const said = await hoverOn(file, 'ALTER TABLE');
      assert.match(said, /ACCESS EXCLUSIVE/);
      assert.match(said, /read/i);
      assert.match(said, /For PostgreSQL \d+/);
    });

    test('hover on a column: its definition here, and the migrations that shaped it', async () => {
      const said = await hoverOn(file, 'email');
      assert.match(said, /users\.email text/);
      assert.match(said, /V1__users\.sql/);
      assert.match(said, /V2__email\.sql/);
    });

    test('no hover in a file of no project', async () => {
      assert.equal(await hoverOn('scratch/query.sql', 'ALTER'), '');
    });

    test('go to definition of a table and of a column', async () => {
      const { editor } = open();
      const definition = (words: string) =>
        editor.evaluate(
          async (vscode, path, wanted) => {
            const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
            const found = await vscode.commands.executeCommand<
              (import('vscode').Location | import('vscode').LocationLink)[]
            >(
              'vscode.executeDefinitionProvider',
              document.uri,
              document.positionAt(document.getText().indexOf(wanted) + 1),
            );
            return found.map((each) =>
              'uri' in each
                ? `${each.uri.path.replace(/.*\//, '')}:${each.range.start.line}`
                : `${each.targetUri.path.replace(/.*\//, '')}:${each.targetRange.start.line}`,
            );
          },
          editor.path(file),
          words,
        );
      assert.deepEqual(await definition('users'), ['V1__users.sql:0']);
      assert.deepEqual(await definition('email'), ['V1__users.sql:2']);
    });

    test('document symbols: each statement by what it touches', async () => {
      const { editor } = open();
      const symbols = await editor.evaluate(async (vscode, path) => {
        const found = await vscode.commands.executeCommand<import('vscode').DocumentSymbol[]>(
          'vscode.executeDocumentSymbolProvider',
          vscode.Uri.file(path),
        );
        return found.map(({ name, detail, children }) => ({ name, detail, children: children.length }));
      }, editor.path(file));
      assert.equal(symbols.length, 2);
      assert.ok(
        symbols.some(({ name }) => name === 'teams'),
        JSON.stringify(symbols),
      );
    });

    test('lock hints follow their setting', async () => {
      const { editor } = open();
      await editor.show(file);
      const hints = () =>
        editor.evaluate(async (vscode, path) => {
          const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
          const found = await vscode.commands.executeCommand<import('vscode').InlayHint[]>(
            'vscode.executeInlayHintProvider',
            document.uri,
            new vscode.Range(0, 0, document.lineCount, 0),
          );
          return found.map(({ label }) => String(label));
        }, editor.path(file));
      const set = (on: boolean | undefined) =>
        editor.evaluate(
          async (vscode, value) =>
            vscode.workspace.getConfiguration('schemaward').update('lockHints', value ?? undefined, true),
          on ?? null,
        );
      assert.deepEqual(await hints(), []);
      await set(true);
      const found = await until('hints', hints, (labels) => labels.length > 0);
      assert.ok(found[0]?.includes('ACCESS EXCLUSIVE'), found.join());
      await set(undefined);
      await until('no hints', hints, (labels) => labels.length === 0);
    });

    test('explain opens the page of a rule', async () => {
      const { editor } = open();
      const page = await editor.evaluate(async (vscode) => {
        const uri = vscode.Uri.from({ scheme: 'schemaward-rule', path: '/lock/create-index.md' });
        return (await vscode.workspace.openTextDocument(uri)).getText();
      });
      assert.match(page, /^# lock\/create-index/);
      await editor.command('schemaward.explain', 'lock/create-index');
      await until(
        'the page in front',
        () => editor.evaluate(async (vscode) => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? ''),
        (label) => label.includes('create-index'),
      );
    });
  },
};
