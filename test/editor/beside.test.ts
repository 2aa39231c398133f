import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { open as openFolder } from '../support/workspace.ts';
import { type ApiWindow, openInBrowser } from './support/api-window.ts';
import { type Editor, editorOf } from './support/editor.ts';
import { pack } from './support/other-extension.ts';
import { until } from './support/until.ts';

/**
 * Our languages beside extensions that are really installed: one for Protobuf by an id that we know, one for Avro IDL that nobody knows but
 * that declares the language and runs code, and one that only declares a language.
 */
const proto = 'proto/deal.proto';
const avdl = 'events/deal.avdl';
const avsc = 'events/deal.avsc';
const text = (field: string) =>
  `syntax = "proto3";\n\nmessage Money {\n  int64 units = 1;\n}\n\nmessage Deal {\n  ${field}\n}\n`;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'schemaward-beside-')));
const root = join(folder, 'main');
let window: ApiWindow;
let editor: Editor;

before(async () => {
  const workspace = openFolder(root, {
    [proto]: text('int64 total = 1;'),
    [avdl]: 'protocol Deals {\n  record Deal {\n    string id;\n  }\n}\n',
    [avsc]: '{ "type": "record", "name": "Deal", "fields": [{ "name": "id", "type": "string" }] }\n',
  });
  workspace.commitAll();
  workspace.write(proto, text('string total = 1;'));
  const others = [
    { publisher: 'zxh404', name: 'vscode-proto3', language: 'proto3', ending: '.proto', says: 'Theirs' },
    { publisher: 'nobody', name: 'idl-tools', language: 'nobodys-idl', ending: '.avdl', says: 'Nobodys' },
    { publisher: 'nobody', name: 'colours', language: 'nobodys-avsc', ending: '.avsc' },
  ];
  window = await openInBrowser(
    root,
    {},
    others.map((each) => pack(folder, each)),
  );
  editor = editorOf(root, window.evaluate);
});

after(async () => {
  await window?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What editors show at some words of a file, whoever says it. */
const shown = (name: string, words: string) =>
  editor.evaluate(
    async (vscode, file, wanted) => {
      const uri = vscode.Uri.file(file);
      const document = await vscode.workspace.openTextDocument(uri);
      const at = document.positionAt(document.getText().indexOf(wanted) + 1);
      const ask = <T>(command: string, ...more: unknown[]) =>
        vscode.commands.executeCommand<T | undefined>(`vscode.${command}`, uri, ...more);
      const hovers = (await ask<import('vscode').Hover[]>('executeHoverProvider', at)) ?? [];
      const completions = await ask<import('vscode').CompletionList>('executeCompletionItemProvider', at);
      const tokens = await ask<import('vscode').SemanticTokens>('provideDocumentSemanticTokens').then(
        (found) => found,
        () => undefined,
      );
      return {
        hovers: hovers.flatMap(({ contents }) =>
          contents.map((each) => (typeof each === 'string' ? each : each.value).replace(/\n[\s\S]*/, '')),
        ),
        completions: (completions?.items ?? []).map(({ label }) => (typeof label === 'string' ? label : label.label)),
        symbols: ((await ask<{ name: string }[]>('executeDocumentSymbolProvider')) ?? []).map(({ name }) => name),
        definitions: ((await ask<unknown[]>('executeDefinitionProvider', at)) ?? []).length,
        tokens: tokens?.data.length ?? 0,
      };
    },
    editor.path(name),
    words,
  );

const set = (value: string | undefined) =>
  editor.evaluate(
    async (vscode, wanted) =>
      vscode.workspace.getConfiguration('schemaward').update('contractLanguage', wanted ?? undefined, true),
    value,
  );

test('beside an extension for the language names are left to it; problems, fixes and what has changed are not', async () => {
  await editor.show(proto);
  await editor.problemsAre(proto, ['proto/field-same-type']);
  const {
    completions: _,
    hovers,
    ...rest
  } = await until(
    'the other extension',
    () => shown(proto, 'total'),
    ({ symbols }) => symbols.includes('Theirs'),
  );
  assert.deepEqual(rest, { symbols: ['Theirs'], definitions: 0, tokens: 0 });
  const { completions } = await shown(proto, ' string total');
  assert.ok(completions.includes('Theirs') && !completions.includes('Money'), completions.join());
  assert.equal(hovers.length, 2, hovers.join('\n'));
  assert.ok(hovers.includes('Theirs'));
  assert.ok(
    hovers.some((hover) => hover.startsWith('**Since main:** Field 1 ("total") changes its type')),
    hovers.join('\n'),
  );
  const offers = await editor.offers(proto, 'string total');
  assert.ok(offers.some(({ title }) => title === 'Make it int64 again'));
});

test('the setting has ours come all the same', async () => {
  await set('on');
  await editor.type(proto, `${await editor.textOf(proto)}\n`);
  const both = await until(
    'our outline',
    () => shown(proto, 'total'),
    ({ symbols }) => symbols.includes('Deal'),
  );
  assert.ok(both.symbols.includes('Theirs') && both.hovers.includes('```proto') && both.tokens > 0);
  assert.ok((await shown(proto, ' string total')).completions.includes('Money'));
  await set(undefined);
});

test('an extension that nobody knows is one too where it has code; one that only declares the language is none', async () => {
  await editor.show(avdl);
  const left = await until(
    'the other extension',
    () => shown(avdl, 'Deal {'),
    ({ symbols }) => symbols.includes('Nobodys'),
  );
  assert.deepEqual([left.symbols, left.tokens, left.hovers], [['Nobodys'], 0, ['Nobodys', 'Unchanged since main.']]);
  await editor.show(avsc);
  const ours = await until(
    'our outline',
    () => shown(avsc, '"Deal"'),
    ({ symbols }) => symbols.includes('Deal'),
  );
  assert.ok(ours.tokens > 0 && ours.hovers.length === 1);
});
