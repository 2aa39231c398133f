import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Folder, folder } from '../support/workspace.ts';
import { type Diagnostic, type Range, type Server, startServer } from './harness.ts';

const order = `{
  "type": "record",
  "name": "Order",
  "namespace": "shop",
  "fields": [
    {"name": "id", "type": "long"},
    {"name": "total", "type": "long"},
    {"name": "lines", "type": {"type": "array", "items": "shop.Line"}}
  ]
}
`;
const line = `{
  "type": "record", "name": "shop.Line",
  "fields": [{"name": "amount", "type": "int"}]
}
`;
/** What the tests edit it into: a type that old data does not fit, and a field that it does not have. */
const edited = order
  .replace('"total", "type": "long"', '"total", "type": "boolean"')
  .replace('"shop.Line"}}', '"shop.Line"}},\n    {"name": "note", "type": "string"}');

interface Related {
  readonly location: { readonly uri: string; readonly range: Range };
  readonly message: string;
}
type Problem = Diagnostic & { readonly relatedInformation?: readonly Related[] };
interface Location {
  readonly uri: string;
  readonly range: Range;
}
interface Edit {
  readonly range: Range;
  readonly newText: string;
}
interface WorkspaceEdit {
  readonly changes?: Readonly<Record<string, readonly Edit[]>>;
  /** Files to be made are among them. */
  readonly documentChanges?: readonly {
    readonly textDocument?: { readonly uri: string };
    readonly edits?: readonly Edit[];
  }[];
  readonly changeAnnotations?: Readonly<Record<string, { readonly label: string }>>;
}
interface Action {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred?: boolean;
  readonly edit?: WorkspaceEdit;
  readonly data?: unknown;
}

interface Begun {
  readonly workspace: Folder;
  readonly server: Server;
  readonly order: string;
  readonly line: string;
}

async function begin(context: Parameters<typeof folder>[0], over: object = {}): Promise<Begun> {
  const workspace = folder(context, { 'avro/order.avsc': order, 'avro/line.avsc': line });
  workspace.commitAll();
  const server = await startServer();
  await server.initialize({
    workspaceFolders: [{ uri: workspace.uri, name: 'w' }],
    initializationOptions: { schemaward: true },
    ...over,
  });
  return {
    workspace,
    server,
    order: workspace.uriOf('avro/order.avsc'),
    line: workspace.uriOf('avro/line.avsc'),
  };
}

const wordsOf = (text: string, { start, end }: Range): string => {
  const lines = text.split('\n');
  const offset = ({ line: at, character }: Range['start']) =>
    lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return text.slice(offset(start), offset(end));
};

/** Of the first place of some words, or behind so many characters of them. */
const positionOf = (text: string, words: string, within = 0) => {
  const before = text.slice(0, text.indexOf(words) + within);
  return { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
};

const applied = (text: string, edits: readonly Edit[]): string => {
  const lines = text.split('\n');
  const offset = ({ line: at, character }: Range['start']) =>
    lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)),
      text,
    );
};

const editsOf = (edit: WorkspaceEdit | undefined): ReadonlyMap<string, readonly Edit[]> =>
  new Map([
    ...Object.entries(edit?.changes ?? {}),
    ...(edit?.documentChanges ?? []).flatMap(({ textDocument, edits = [] }) =>
      textDocument === undefined ? [] : [[textDocument.uri, edits] as const],
    ),
  ]);

test('problems stand at the words, while they are typed, with what was there before', async (context) => {
  const { server, ...uris } = await begin(context);
  server.open(uris.order, order, 1, 'json');
  assert.deepEqual(await server.problems(uris.order), []);
  server.change(uris.order, 2, { text: edited });
  const problems = (await server.problems(uris.order)) as readonly Problem[];
  assert.deepEqual(
    problems.map(({ code, range }) => `${code} ${wordsOf(edited, range)}`),
    ['avro/type-mismatch "boolean"', 'avro/reader-field-missing-default-value "note"'],
  );
  const related = problems[0]?.relatedInformation ?? [];
  assert.deepEqual(
    related.map(({ location, message }) => [location.uri.split(':')[0], wordsOf(order, location.range), message]),
    [['schemaward-baseline', '"long"', 'The type in main.']],
  );
  const [old] = related;
  assert.ok(old !== undefined);
  const { text } = await server.request<{ text: string }>('schemaward/baselineText', { uri: uris.order });
  assert.equal(text, order);
  assert.equal(new URL(old.location.uri).pathname, new URL(uris.order).pathname);
  server.change(uris.order, 3, { text: order });
  assert.deepEqual(await server.problems(uris.order), []);
  assert.equal(await server.shutdown(), 0);
});

test('what breaks whoever names a type is said where the type stands, once', async (context) => {
  const { server, ...uris } = await begin(context);
  server.open(uris.line, line, 1, 'json');
  server.change(uris.line, 2, { text: line.replace('"int"', '"string"') });
  assert.deepEqual(
    (await server.problems(uris.line)).map(({ code }) => code),
    ['avro/type-mismatch'],
  );
  assert.deepEqual(await server.problems(uris.order), []);
  assert.equal(await server.shutdown(), 0);
});

test('hover says the verdict, but not what our own client shows beside it', async (context) => {
  const { server, ...uris } = await begin(context, { initializationOptions: {} });
  server.open(uris.order, edited, 1, 'json');
  const hover = (words: string, from = { server, order: uris.order }) =>
    from.server.request<{ contents: { kind: string; value: string }; range: Range } | null>('textDocument/hover', {
      textDocument: { uri: from.order },
      position: positionOf(edited, words, 2),
    });
  const note = await hover('"note"');
  assert.equal(note?.contents.kind, 'markdown');
  assert.match(note?.contents.value ?? '', /field shop\.Order\.note: string[\s\S]*none of it can be read any more/);
  assert.equal(
    wordsOf(edited, note?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }),
    '"note"',
  );
  assert.match((await hover('"id"'))?.contents.value ?? '', /Unchanged since main\./);
  assert.match((await hover('"shop.Line"'))?.contents.value ?? '', /record shop\.Line/);
  assert.equal(await hover('"fields"'), null);
  assert.equal(await server.shutdown(), 0);
  const own = await begin(context);
  own.server.open(own.order, edited, 1, 'json');
  const value = (await hover('"note"', own))?.contents.value ?? '';
  assert.match(value, /field shop\.Order\.note: string/);
  assert.doesNotMatch(value, /none of it can be read any more/);
  assert.equal(await own.server.shutdown(), 0);
});

test('definition and references cross files', async (context) => {
  const { server, ...uris } = await begin(context);
  server.open(uris.order, order, 1, 'json');
  const at = { textDocument: { uri: uris.order }, position: positionOf(order, 'shop.Line', 6) };
  const [definition] = await server.request<Location[]>('textDocument/definition', at);
  assert.equal(definition?.uri, uris.line);
  assert.equal(wordsOf(line, definition.range), '"shop.Line"');
  const references = await server.request<Location[]>('textDocument/references', {
    ...at,
    context: { includeDeclaration: true },
  });
  assert.deepEqual(references.map(({ uri }) => uri).sort(), [uris.line, uris.order].sort());
  const uses = await server.request<Location[]>('textDocument/references', {
    ...at,
    context: { includeDeclaration: false },
  });
  assert.deepEqual(
    uses.map(({ uri }) => uri),
    [uris.order],
  );
  assert.equal(await server.shutdown(), 0);
});

test('rename edits every file and says what readers need; why not is an error', async (context) => {
  const { server, ...uris } = await begin(context);
  server.open(uris.order, order, 1, 'json');
  const at = { textDocument: { uri: uris.order }, position: positionOf(order, 'shop.Line', 6) };
  const prepared = await server.request<{ range: Range; placeholder: string }>('textDocument/prepareRename', at);
  assert.equal(prepared.placeholder, 'Line');
  assert.equal(wordsOf(order, prepared.range), 'Line');
  const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'Item' });
  const edits = editsOf(edit);
  assert.equal(applied(order, edits.get(uris.order) ?? []), order.replace('shop.Line', 'shop.Item'));
  assert.equal(applied(line, edits.get(uris.line) ?? []), line.replace('shop.Line', 'shop.Item'));
  assert.deepEqual(
    Object.values(edit.changeAnnotations ?? {}).map(({ label }) => label),
    ['Rename Line to Item: readers need the alias shop.Line for data written before'],
  );
  await assert.rejects(server.request('textDocument/rename', { ...at, newName: '1' }), /no digit first/);
  await assert.rejects(
    server.request('textDocument/prepareRename', {
      textDocument: { uri: uris.order },
      position: positionOf(order, '"long"', 2),
    }),
    /long is a primitive type/,
  );
  assert.equal(await server.shutdown(), 0);
});

test('symbols, completion and semantic tokens', async (context) => {
  const { server, ...uris } = await begin(context);
  const { capabilities } = await startCapabilities(context);
  server.open(uris.order, order, 1, 'json');
  const textDocument = { uri: uris.order };
  const symbols = await server.request<{ name: string; children: { name: string; detail: string }[] }[]>(
    'textDocument/documentSymbol',
    { textDocument },
  );
  assert.deepEqual(
    symbols.map(({ name, children }) => [name, children.map((each) => `${each.name}: ${each.detail}`)]),
    [['Order', ['id: long', 'total: long', 'lines: array of Line']]],
  );
  const typing = order.replace('"total", "type": "long"', '"total", "type": ""');
  server.change(uris.order, 2, { text: typing });
  const items = await server.request<{ label: string; textEdit: Edit }[]>('textDocument/completion', {
    textDocument,
    position: positionOf(typing, '"type": ""', 9),
  });
  const offered = items.find(({ label }) => label === 'Line');
  assert.ok(offered !== undefined && items.some(({ label }) => label === 'double'));
  assert.equal(applied(typing, [offered.textEdit]), typing.replace('"type": ""', '"type": "Line"'));
  server.change(uris.order, 3, { text: order });
  const { data } = await server.request<{ data: number[] }>('textDocument/semanticTokens/full', { textDocument });
  const { tokenTypes } = (capabilities.semanticTokensProvider as { legend: { tokenTypes: string[] } }).legend;
  assert.deepEqual(
    decoded(order, data).map(({ words, type }) => `${words} ${tokenTypes[type]}`),
    ['Order type', 'id property', 'long type', 'total property', 'long type', 'lines property', 'shop.Line type'],
  );
  assert.equal(await server.shutdown(), 0);
});

async function startCapabilities(context: Parameters<typeof folder>[0]) {
  const server = await startServer();
  const result = await server.initialize({ workspaceFolders: [{ uri: folder(context).uri, name: 'w' }] });
  await server.shutdown();
  return result;
}

function decoded(text: string, data: readonly number[]): readonly { readonly words: string; readonly type: number }[] {
  const lines = text.split('\n');
  const found: { words: string; type: number }[] = [];
  let [at, character] = [0, 0];
  for (let index = 0; index < data.length; index += 5) {
    const [down = 0, right = 0, length = 0, type = 0] = data.slice(index, index + 5);
    character = down === 0 ? character + right : right;
    at += down;
    found.push({ words: (lines[at] ?? '').slice(character, character + length), type });
  }
  return found;
}

test('quick fixes are offered at the words, and take the problem away', async (context) => {
  const { server, ...uris } = await begin(context);
  server.open(uris.order, edited, 1, 'json');
  const [, missing] = await server.problems(uris.order);
  assert.equal(missing?.code, 'avro/reader-field-missing-default-value');
  const actions = await server.request<Action[]>('textDocument/codeAction', {
    textDocument: { uri: uris.order },
    range: missing.range,
    context: { diagnostics: [missing] },
  });
  const titles = actions.map(({ title }) => title);
  assert.ok(titles.includes('Explain avro/reader-field-missing-default-value'), titles.join());
  const fix = actions.find(({ isPreferred }) => isPreferred === true);
  assert.equal(fix?.kind, 'quickfix');
  const { edit } = await server.request<Action>('codeAction/resolve', fix);
  const fixed = applied(edited, editsOf(edit).get(uris.order) ?? []);
  assert.notEqual(fixed, edited);
  server.change(uris.order, 2, { text: fixed });
  assert.deepEqual(
    (await server.problems(uris.order)).map(({ code }) => code),
    ['avro/type-mismatch'],
  );
  const disable = actions.find(({ title }) => title.startsWith('Disable') && title.endsWith('here'));
  server.change(uris.order, 3, { text: edited });
  await server.problems(uris.order);
  const silenced = await server.request<Action>('codeAction/resolve', disable);
  const quiet = applied(edited, editsOf(silenced.edit).get(uris.order) ?? []);
  server.change(uris.order, 4, { text: quiet });
  assert.deepEqual(
    (await server.problems(uris.order)).map(({ code }) => code),
    ['avro/type-mismatch'],
  );
  assert.equal(await server.shutdown(), 0);
});

test('a file that is gone is restored from what is said in its neighbour', async (context) => {
  const textDocument = { codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } };
  for (const capabilities of [undefined, { textDocument }]) {
    const { server, workspace, ...uris } = await begin(context, capabilities === undefined ? {} : { capabilities });
    workspace.remove('avro/order.avsc');
    server.open(uris.line, line, 1, 'json');
    const told = await server.problems(uris.line);
    const gone = told.find(({ code }) => code === 'avro/subject-deleted');
    assert.ok(gone, told.map(({ code }) => code).join());
    const actions = await server.request<Action[]>('textDocument/codeAction', {
      textDocument: { uri: uris.line },
      range: gone.range,
      context: { diagnostics: [gone] },
    });
    const fix = actions.find(({ title }) => title === 'Restore the file avro/order.avsc');
    const resolving = server.request<Action>('codeAction/resolve', fix);
    if (capabilities !== undefined) await assert.rejects(resolving, /this editor does not let a server make one/);
    else {
      const { edit } = await resolving;
      const [create] = edit?.documentChanges ?? [];
      assert.deepEqual(create, { ...create, kind: 'create', uri: uris.order });
      assert.equal(applied('', editsOf(edit).get(uris.order) ?? []), order);
    }
    assert.equal(await server.shutdown(), 0);
  }
});

test('a file that moved is moved back, and its importers follow', async (context) => {
  const proto = (body: string) => `syntax = "proto3";\npackage p;\n${body}`;
  const [user, size] = [
    (path: string) => proto(`import "${path}";\nmessage User {\n  Size size = 1;\n}\n`),
    proto('message Size {}\n'),
  ];
  const workspace = folder(context, { 'user.proto': user('size.proto'), 'size.proto': size });
  workspace.commitAll();
  workspace.remove('size.proto');
  workspace.write('common/size.proto', size);
  workspace.write('user.proto', user('common/size.proto'));
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const uri = workspace.uriOf('user.proto');
  server.open(uri, user('common/size.proto'), 1, 'proto');
  const gone = (await server.problems(uri)).find(({ code }) => code === 'proto/file-no-delete');
  const actions = await server.request<Action[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: gone?.range,
    context: { diagnostics: [gone] },
  });
  const fix = actions.find(({ title }) => title === 'Restore the file size.proto');
  const { edit } = await server.request<Action>('codeAction/resolve', fix);
  const operations = (edit?.documentChanges ?? []).flatMap((each) =>
    'kind' in each && 'uri' in each ? [[each.kind, each.uri]] : [],
  );
  assert.deepEqual(operations, [
    ['create', workspace.uriOf('size.proto')],
    ['delete', workspace.uriOf('common/size.proto')],
  ]);
  assert.equal(applied('', editsOf(edit).get(workspace.uriOf('size.proto')) ?? []), size);
  assert.equal(applied(user('common/size.proto'), editsOf(edit).get(uri) ?? []), user('size.proto'));
  assert.equal(await server.shutdown(), 0);
});

test('a client that cannot pull gets problems pushed, without our own scheme', async (context) => {
  const workspace = folder(context, { 'avro/order.avsc': order, 'avro/line.avsc': line });
  workspace.commitAll();
  workspace.write('avro/order.avsc', edited);
  const server = await startServer();
  const uri = workspace.uriOf('avro/order.avsc');
  const pushed = new Promise<readonly Problem[]>((done) => {
    server.connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Problem[] }) => {
        if (params.uri === uri && params.diagnostics.length > 0) done(params.diagnostics);
      },
    );
  });
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }], capabilities: {} });
  const problems = await pushed;
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['avro/type-mismatch', 'avro/reader-field-missing-default-value'],
  );
  assert.deepEqual(
    problems[0]?.relatedInformation?.map(({ location }) => location.uri),
    [uri],
  );
  assert.equal(await server.shutdown(), 0);
});

test('the Contracts view: verdicts, choices of a baseline, the edit that chooses one', async (context) => {
  const { server, workspace, ...uris } = await begin(context);
  workspace.git('tag', 'v1.0.0');
  server.open(uris.order, edited, 1, 'json');
  await server.problems(uris.order);
  interface Group {
    readonly rootUri: string;
    readonly format: string;
    readonly profile: string;
    readonly baseline?: string;
    readonly contracts: readonly { readonly name: string; readonly breaking: number; readonly bump: string }[];
  }
  const { ready, groups } = await server.request<{ ready: boolean; groups: Group[] }>('schemaward/contracts', null);
  assert.equal(ready, true);
  assert.deepEqual(
    groups.map(({ format, profile, baseline, contracts }) => ({
      format,
      profile,
      baseline,
      contracts: contracts.map(({ name, breaking, bump }) => ({ name, breaking, bump })),
    })),
    [
      {
        format: 'Avro',
        profile: 'avro:BACKWARD',
        baseline: 'main',
        contracts: [
          { name: 'shop.Line', breaking: 0, bump: 'none' },
          { name: 'shop.Order', breaking: 2, bump: 'major' },
        ],
      },
    ],
  );
  const rootUri = groups[0]?.rootUri ?? '';
  const choices = await server.request<{ words: string }[]>('schemaward/baselines', { rootUri });
  const choice = choices.find(({ words }) => words.endsWith(':v1.0.0'));
  assert.ok(choice !== undefined, JSON.stringify(choices));
  const answer = await server.request<{ kind: string; edit: WorkspaceEdit }>('schemaward/propose', {
    kind: 'baseline',
    rootUri,
    words: choice.words,
  });
  assert.equal(answer.kind, 'edit');
  const [settings] = editsOf(answer.edit).get(workspace.uriOf('schemaward.yaml')) ?? [];
  assert.equal(settings?.newText, `version: 1\ncontracts:\n  baseline: ${choice.words}\n`);
  workspace.write('schemaward.yaml', settings.newText);
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: workspace.uriOf('schemaward.yaml'), type: 1 }],
  });
  await server.request('schemaward/refresh', null);
  const after = await server.request<{ groups: Group[] }>('schemaward/contracts', null);
  assert.equal(after.groups[0]?.baseline, 'v1.0.0');
  assert.equal(await server.shutdown(), 0);
});

test('of a declaration of several lines its head is underlined, and the view goes there', async (context) => {
  const before = 'syntax = "proto3";\nmessage Order {\n  string id = 1;\n  string note = 2;\n}\n';
  const after = before.replace('  string note = 2;\n', '');
  const workspace = folder(context, {
    'order.proto': before,
    'gone.proto': 'syntax = "proto3";\nenum Gone { G = 0; }\n',
  });
  workspace.commitAll();
  workspace.write('order.proto', after);
  workspace.remove('gone.proto');
  const server = await startServer();
  await server.initialize({
    workspaceFolders: [{ uri: workspace.uri, name: 'w' }],
    initializationOptions: { schemaward: true },
  });
  const order = workspace.uriOf('order.proto');
  server.open(order, after, 1, 'proto');
  const head = { start: { line: 1, character: 0 }, end: { line: 1, character: 'message Order'.length } };
  const problems = await server.problems(order);
  assert.deepEqual(problems.find(({ code }) => code === 'proto/field-no-delete')?.range, head);
  const offers = (line: number) =>
    server.request<Action[]>('textDocument/codeAction', {
      textDocument: { uri: order },
      range: { start: { line, character: 1 }, end: { line, character: 1 } },
      context: { diagnostics: [] },
    });
  const isAbout = ({ title }: Action) => title.includes('proto/field-no-delete');
  assert.ok((await offers(1)).some(isAbout));
  assert.equal((await offers(2)).some(isAbout), false, 'the fields that stay have nothing to do with it');
  interface Change {
    readonly object: string;
    readonly rule: string;
    readonly gone: boolean;
    readonly range: Range;
  }
  const { groups } = await server.request<{ groups: { contracts: { changes: Change[] }[] }[] }>(
    'schemaward/contracts',
    null,
  );
  const changes = groups
    .flatMap(({ contracts }) => contracts.flatMap((each) => each.changes))
    .sort((a, b) => Number(a.gone) - Number(b.gone));
  assert.deepEqual(
    changes.map(({ object, rule, gone }) => ({ object, rule, gone })),
    [
      { object: 'Order.note', rule: 'proto/field-no-delete', gone: false },
      { object: 'gone.proto', rule: 'proto/file-no-delete', gone: true },
    ],
  );
  assert.deepEqual(changes[0]?.range, head);
  assert.equal(await server.shutdown(), 0);
});

test('an old text has its words highlighted as well', async (context) => {
  const workspace = folder(context, { 'a.proto': 'syntax = "proto3";\nmessage A { string b = 1; }\n' });
  workspace.commitAll();
  workspace.remove('a.proto');
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const old = workspace.uriOf('a.proto').replace('file://', 'schemaward-baseline:');
  const { data } = await server.request<{ data: number[] }>('textDocument/semanticTokens/full', {
    textDocument: { uri: old },
  });
  assert.deepEqual(data.slice(0, 3), [0, 0, 'syntax'.length]);
  assert.equal(await server.shutdown(), 0);
});

test('a byte order mark is no character of an editor, whether the file is open or not', async (context) => {
  const uses =
    '\ufeff{"type": "array", "items": {"type": "record", "name": "Use", "fields": [{"name": "a", "type": "shop.Line"}]}}\n';
  const workspace = folder(context, { 'avro/line.avsc': line, 'avro/uses.avsc': uses });
  workspace.commitAll();
  const changed = uses.replace('"a", "type": "shop.Line"', '"a", "type": "int"');
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const uri = workspace.uriOf('avro/line.avsc');
  const other = workspace.uriOf('avro/uses.avsc');
  const at = { textDocument: { uri }, position: positionOf(line, 'shop.Line', 6) };
  const edits = async () =>
    editsOf(await server.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'Item' })).get(other) ?? [];
  const shown = uses.slice(1);
  assert.equal(applied(shown, await edits()), shown.replace('Line', 'Item'));
  server.open(other, shown, 1, 'json');
  assert.equal(applied(shown, await edits()), shown.replace('Line', 'Item'));
  assert.deepEqual(await server.problems(other), []);
  server.change(other, 2, { text: changed.slice(1) });
  const [problem] = await server.problems(other);
  assert.ok(problem !== undefined);
  assert.equal(wordsOf(changed.slice(1), problem.range), '"int"');
  server.close(other);
  workspace.write('avro/uses.avsc', changed);
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: other, type: 2 }] });
  await server.request('schemaward/refresh', null);
  assert.deepEqual((await server.problems(other))[0]?.range, problem.range);
  assert.equal(await server.shutdown(), 0);
});

interface Watcher {
  readonly globPattern: string | { readonly baseUri: string; readonly pattern: string };
}

/** What a server asks its client to watch, as `folder pattern`, of what is registered now. */
function watchersOf({ connection }: Server): () => readonly string[] {
  const registered = new Map<string, readonly string[]>();
  connection.onRequest('client/registerCapability', ({ registrations }) => {
    for (const { id, method, registerOptions } of registrations)
      if (method === 'workspace/didChangeWatchedFiles')
        registered.set(
          id,
          registerOptions.watchers.map(({ globPattern: glob }: Watcher) =>
            typeof glob === 'string' ? glob : `${glob.baseUri} ${glob.pattern}`,
          ),
        );
    return null;
  });
  connection.onRequest('client/unregisterCapability', ({ unregisterations }) => {
    for (const { id } of unregisterations) registered.delete(id);
    return null;
  });
  return () => [...registered.values()].flat();
}

const settle = async <T>(ask: () => T | Promise<T>, isRight: (answer: T) => boolean): Promise<T> => {
  const end = performance.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || performance.now() > end) return answer;
    await new Promise((resume) => setTimeout(resume, 20));
  }
};

const released = (type: string) => `{"type": "record", "name": "A", "fields": [{"name": "x", "type": "${type}"}]}`;
const settings = (path: string) => `version: 1\ncontracts:\n  baseline: folder:${path}\n`;

test('old files in a folder elsewhere are watched, and so are those of a folder chosen later', async (context) => {
  const outer = folder(context, {
    'old/a.avsc': released('long'),
    'w/a.avsc': released('long'),
    'w/schemaward.yaml': settings('../old'),
  });
  const server = await startServer();
  const watchers = watchersOf(server);
  await server.initialize({ workspaceFolders: [{ uri: outer.uriOf('w'), name: 'w' }] });
  const uri = outer.uriOf('w/a.avsc');
  const codes = async () => (await server.problems(uri)).map(({ code }) => code).join();
  assert.equal(await codes(), '');
  const old = `${outer.uriOf('old')} **/*`;
  assert.deepEqual(await settle(watchers, (all) => all.includes(old)), ['**/*', old]);
  const tell = (name: string) =>
    server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: outer.uriOf(name), type: 2 }],
    });
  outer.write('old/a.avsc', released('string'));
  await tell('old/a.avsc');
  assert.equal(await settle(codes, (found) => found !== ''), 'avro/type-mismatch');

  outer.write('older/one.avsc', released('long'));
  outer.write('w/schemaward.yaml', settings('../older/one.avsc=a.avsc'));
  await tell('w/schemaward.yaml');
  assert.equal(await settle(codes, (found) => found === ''), '');
  const older = `${outer.uriOf('older')} one.avsc`;
  assert.deepEqual(await settle(watchers, (all) => all.includes(older) && !all.includes(old)), ['**/*', older]);
  assert.equal(server.logs(), '');
  assert.equal(await server.shutdown(), 0);
});

test('a client that cannot watch elsewhere gets old files read again when something is saved', async (context) => {
  const outer = folder(context, {
    'old/a.avsc': released('long'),
    'w/a.avsc': released('long'),
    'w/schemaward.yaml': settings('../old'),
  });
  const server = await startServer();
  const watchers = watchersOf(server);
  const workspace = { didChangeWatchedFiles: { dynamicRegistration: true } };
  await server.initialize({
    workspaceFolders: [{ uri: outer.uriOf('w'), name: 'w' }],
    capabilities: { workspace, textDocument: { diagnostic: {} } },
  });
  const uri = outer.uriOf('w/a.avsc');
  const codes = async () => (await server.problems(uri)).map(({ code }) => code).join();
  server.open(uri, released('long'), 1, 'json');
  assert.equal(await codes(), '');
  assert.deepEqual(watchers(), ['**/*']);
  outer.write('old/a.avsc', released('string'));
  await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  assert.equal(await settle(codes, (found) => found !== ''), 'avro/type-mismatch');
  assert.equal(await server.shutdown(), 0);
});

test('where a part of a repository or another work tree is open, its branches are watched all the same', async (context) => {
  const main = folder(context, { 'part/a.avsc': released('long') });
  main.commitAll();
  const trees = folder(context);
  main.git('worktree', 'add', '--quiet', '-b', 'feature', `${trees.path}/tree`);
  const server = await startServer();
  const watchers = watchersOf(server);
  await server.initialize({ workspaceFolders: [{ uri: trees.uriOf('tree/part'), name: 'w' }] });
  const uri = trees.uriOf('tree/part/a.avsc');
  const codes = async () => (await server.problems(uri)).map(({ code }) => code).join();
  trees.write('tree/part/a.avsc', released('string'));
  server.open(uri, released('string'), 1, 'json');
  assert.equal(await codes(), 'avro/type-mismatch');
  const git = main.uriOf('.git');
  assert.deepEqual(await settle(watchers, (all) => all.length === 4), [
    '**/*',
    `${git}/worktrees/tree HEAD`,
    `${git} packed-refs`,
    `${git}/refs **/*`,
  ]);
  // Released on main: the merge base is what stands there once feature has it too.
  main.write('part/a.avsc', released('string'));
  main.git('commit', '--quiet', '--all', '-m', 'string');
  trees.git('-C', `${trees.path}/tree`, 'reset', '--quiet', '--soft', 'main');
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: `${git}/refs/heads/feature`, type: 2 }],
  });
  assert.equal(await settle(codes, (found) => found === ''), '');
  assert.equal(await server.shutdown(), 0);
});

test('what older versions had is known of a file as soon as it is changed', async (context) => {
  const proto = (body: string) => `syntax = "proto3";\npackage p;\nmessage A {\n  string id = 1;\n${body}}\n`;
  const workspace = folder(context);
  for (const text of [proto('  string email = 5;\n'), proto('')]) {
    workspace.write('a.proto', text);
    workspace.commitAll();
  }
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const uri = workspace.uriOf('a.proto');
  const codes = async () => (await server.problems(uri)).map(({ code }) => code).join();
  server.open(uri, proto(''), 1, 'proto');
  assert.equal(await codes(), '');
  server.change(uri, 2, { text: proto('  string phone = 5;\n') });
  assert.equal(await settle(codes, (found) => found !== ''), 'proto/number-reused');
  server.close(uri);
  assert.equal(await settle(codes, (found) => found === ''), '');
  assert.equal(server.logs(), '');
  assert.equal(await server.shutdown(), 0);
});
