import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Editor, type Row, readRows } from '../support/editor.ts';
import type { Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const proto = `syntax = "proto3";

package deal.v1;

message Deal {
  string id = 1;
  string note = 2;
  // Removed after 2027-01-31.
  string owner = 3 [deprecated = true];
}
`;
const event = (fields: string) =>
  `{\n  "type": "record",\n  "name": "deal.DealMade",\n  "fields": [\n    { "name": "id", "type": "string" }${fields}\n  ]\n}\n`;

const user = `syntax = "proto3";

package deal.v1;

message User {
  // Deprecated: use email. Remove after 2020-01-31.
  string mail = 1 [deprecated = true];
  string email = 2;
}
`;
const plan = (id: string, lines: Readonly<Record<string, string | number>>) => ({
  [`evolutions/${id}/evolution.yaml`]: [
    'version: 1',
    `id: ${id}`,
    'operation: evolve-field',
    'format: protobuf',
    ...Object.entries(lines).map(([key, value]) => `${key}: ${value}`),
    '',
  ].join('\n'),
});

const userProto = 'contracts/proto/user.proto';
const dealProto = 'contracts/proto/deal.proto';
const goneProto = 'contracts/proto/gone.proto';
const dealMade = 'contracts/events/deal-made.avsc';

/** Protobuf and Avro beside where the branch began. */
export const contracts: Suite = {
  name: 'contracts',
  released: {
    'contracts/proto/buf.yaml': 'version: v1\n',
    [dealProto]: proto,
    [goneProto]: 'syntax = "proto3";\n\npackage deal.v1;\n\nmessage Gone {}\n',
    [dealMade]: event(''),
    [userProto]: user,
    ...plan('evolve-owner-abcd', {
      file: dealProto,
      element: 'deal.v1.Deal.owner',
      number: 3,
      removeAfter: '2999-12-31',
    }),
    ...plan('evolve-mail-abcd', {
      file: userProto,
      element: 'deal.v1.User.mail',
      number: 1,
      replacement: 'email',
      removeAfter: '2020-01-31',
    }),
  },
  pending: {
    [dealProto]: proto.replace('  string note = 2;\n', ''),
    [dealMade]: event(',\n    { "name": "total", "type": "long" }'),
  },
  tests(open) {
    test('what breaks is underlined where it stands, and what it was stands in the old text', async () => {
      const { editor } = open();
      await editor.show(dealProto);
      const [problem] = await editor.problemsAre(dealProto, ['proto/field-no-delete']);
      assert.equal(problem?.text, 'message Deal');
      assert.match(problem?.message ?? '', /^Field 2 \("note"\) of deal\.v1\.Deal is gone/);
      const [old] = await editor.evaluate(async (vscode, file) => {
        const [first] = vscode.languages.getDiagnostics(vscode.Uri.file(file));
        const places = first?.relatedInformation ?? [];
        return Promise.all(
          places.map(async ({ location: { uri, range } }) => {
            const document = await vscode.workspace.openTextDocument(uri);
            return { scheme: uri.scheme, text: document.getText(range) };
          }),
        );
      }, editor.path(dealProto));
      assert.deepEqual(old, { scheme: 'schemaward-baseline', text: 'string note = 2;' });
    });

    test('the view: verdicts in words, what breaks, what is to go and when, what is gone', async () => {
      const { editor } = open();
      editor.remove(goneProto);
      const rows = await until(
        'the deleted file',
        () => contractRows(editor),
        (found) => JSON.stringify(found).includes('file-no-delete'),
      );
      const find = (label: string) => flat(rows).find((row) => row.label === label);
      assert.match(find('DealMade')?.spoken ?? '', /^DealMade, 1 breaking change, major version$/);
      const module = find('contracts/proto');
      assert.match(module?.spoken ?? '', /^contracts\/proto, 2 breaking changes, major version$/);
      const below = module?.children ?? [];
      assert.deepEqual(
        below.map(({ label, description }) => [label, description]).sort(),
        [
          ['', ''],
          ['', 'deleted'],
          ['Deal.note', 'field-no-delete'],
          ['', ''],
          ['Deprecated', '2, 1 due'],
          ['gone.proto', 'file-no-delete'],
        ].sort(),
      );
      assert.match(below.find(({ label }) => label === 'Deal.note')?.spoken ?? '', /^Deal\.note, Field 2 .* is gone$/);
      const deprecated = below.find(({ label }) => label === 'Deprecated')?.children ?? [];
      assert.deepEqual(
        deprecated.map(({ label, spoken }) => [label, spoken]),
        [
          ['2020-01-31  User.mail', 'User.mail, due since 2020-01-31'],
          ['2027-01-31  Deal.owner', 'Deal.owner, remove after 2027-01-31'],
        ],
      );
    });

    test('Show Baseline: a diff where the person stands; of a file that is gone its old text', async () => {
      const { editor } = open();
      await editor.show(dealProto);
      await editor.select('owner');
      await editor.command('schemaward.showBaseline');
      const front = () =>
        editor.evaluate(async (vscode) => {
          const { label, input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
          const uri = input instanceof vscode.TabInputTextDiff ? input.original : undefined;
          const alone = input instanceof vscode.TabInputText ? input.uri : undefined;
          const shown = uri ?? alone;
          const line = vscode.window.activeTextEditor?.selection.active.line;
          const text = shown === undefined ? '' : (await vscode.workspace.openTextDocument(shown)).getText();
          return { label, isDiff: uri !== undefined, line, text };
        });
      const diff = await until('a diff', front, ({ isDiff }) => isDiff);
      assert.deepEqual([diff.label, diff.text, diff.line], ['deal.proto: main and now', proto, 7]);
      const uri = await editor.evaluate(
        async (vscode, file) => vscode.Uri.file(file).toString(),
        editor.path(goneProto),
      );
      await editor.command('schemaward.showBaseline', { uri });
      await until('the old text', front, ({ label, text }) => label === 'gone.proto (main)' && text.includes('Gone'));
    });

    test('a fix makes the problem go, in the text that is not saved yet', async () => {
      const { editor } = open();
      await editor.show(dealMade);
      await editor.problemsAre(dealMade, ['avro/reader-field-missing-default-value']);
      await editor.choose(dealMade, 'total', 'Give total a default');
      await editor.problemsAre(dealMade, []);
      assert.match(await editor.textOf(dealMade), /"default": 0/);
      await until(
        'the verdict',
        async () => flat(await contractRows(editor)).find(({ label }) => label === 'DealMade')?.description,
        (words) => words === 'compatible, minor',
      );
    });

    test('what gives way: what is due comes first; its removal is promoted, and the plan answers for it', async () => {
      const { editor } = open();
      const evolutions = () =>
        contractRows(editor).then((rows) => flat(rows).find(({ label }) => label === 'Evolutions')?.children ?? []);
      const rows = await until('what gives way', evolutions, (found) => found.length === 2);
      assert.deepEqual(
        rows.map(({ label, description, icon, contextValue, command }) => [
          label,
          description,
          icon,
          contextValue,
          command,
        ]),
        [
          ['mail → email', 'removal is due', 'git-compare', 'contract-evolution+due', 'vscode.open'],
          ['owner', 'until 2999-12-31', 'git-compare', 'contract-evolution+both', 'vscode.open'],
        ],
      );
      assert.equal(
        rows[0]?.spoken,
        'User.mail to email, removal is due, promote the removal of mail when everybody uses email',
      );
      assert.match(rows[0]?.tooltip ?? '', /deal\.v1\.User\.mail\nevolve-mail-abcd\nremoved after 2020-01-31/);
      await editor.show(userProto);
      await editor.evaluate(async (vscode) => {
        const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
        const all = (nodes: readonly { kind: string; evolution?: { id: string } }[]): typeof nodes =>
          nodes.flatMap((node) => [node, ...all(api.contracts.children(node))]);
        const due = all(api.contracts.children()).find(({ evolution }) => evolution?.id === 'evolve-mail-abcd');
        await vscode.commands.executeCommand('schemaward.promoteRemoval', due);
      });
      await until(
        'the removal',
        () => editor.textOf(userProto),
        (text) => text.includes('  reserved 1;\n  reserved "mail";\n  string email = 2;'),
      );
      const after = await until(
        'the plan',
        evolutions,
        (found) => found[1]?.contextValue === 'contract-evolution+removed',
      );
      assert.equal(after[1]?.description, 'removed, not released yet');
      assert.match(after[1]?.spoken ?? '', /nothing: its plan answers for the removal, until the baseline has it$/);
      await editor.problemsAre(userProto, []);
    });

    test('names and outline are left to another extension where that is wanted; problems are not', async () => {
      const { editor } = open();
      const outline = () =>
        editor.evaluate(async (vscode, file) => {
          const found = await vscode.commands.executeCommand<{ name: string }[] | undefined>(
            'vscode.executeDocumentSymbolProvider',
            vscode.Uri.file(file),
          );
          return (found ?? []).map(({ name }) => name);
        }, editor.path(dealProto));
      // The editor asks for the outline of a text once.
      const set = async (value: string | undefined) => {
        await editor.evaluate(
          async (vscode, wanted) =>
            vscode.workspace.getConfiguration('schemaward').update('contractLanguage', wanted ?? undefined, true),
          value,
        );
        await editor.type(dealProto, `${await editor.textOf(dealProto)}\n`);
      };
      await editor.show(dealProto);
      await until('an outline', outline, (names) => names.includes('Deal'));
      await set('off');
      await until('no outline', outline, (names) => names.length === 0);
      await editor.problemsAre(dealProto, ['proto/field-no-delete', 'proto/file-no-delete']);
      await set(undefined);
      await until('an outline again', outline, (names) => names.includes('Deal'));
    });
  },
};

function contractRows(editor: Editor): Promise<readonly Row[]> {
  return editor.evaluate(readRows, 'contracts');
}

function flat(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => [row, ...flat(row.children)]);
}
