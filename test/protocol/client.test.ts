import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder } from '../support/workspace.ts';
import { clientCapabilities, type Diagnostic, type Server, startServer } from './harness.ts';

const files = {
  'db/migration/V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, note text);\n',
  'db/migration/V2__drop.sql': 'ALTER TABLE users DROP COLUMN note;\n',
};
const drop = 'db/migration/V2__drop.sql';

/** Problems of one file, pushed or pulled as the client's capabilities say. */
async function pushedOrPulled(server: Server, uri: string, pulls: boolean): Promise<readonly string[]> {
  if (pulls) return (await server.problems(uri)).map(({ code }) => code);
  return new Promise((done) => {
    server.connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => {
        if (params.uri === uri && params.diagnostics.length > 0) done(params.diagnostics.map(({ code }) => code));
      },
    );
  });
}

const partial: readonly (readonly [string, unknown])[] = [
  ['nothing at all', {}],
  ['null for every group', { workspace: null, textDocument: null, window: null, general: null }],
  ['empty groups', { workspace: {}, textDocument: {}, window: {} }],
  [
    'null inside the groups',
    { workspace: { workspaceEdit: null, diagnostics: null }, textDocument: { hover: null, diagnostic: null } },
  ],
  [
    'lists of another form',
    {
      workspace: { workspaceEdit: { resourceOperations: 'create' } },
      textDocument: { hover: { contentFormat: 'markdown' }, codeAction: { resolveSupport: {} } },
    },
  ],
  ['only pull', { textDocument: { diagnostic: {} } }],
  [
    'keys that nobody knows',
    { ...clientCapabilities, experimental: { x: [1, { y: null }] }, notebook: 7, future: 'yes' },
  ],
  ['other position encodings first', { ...clientCapabilities, general: { positionEncodings: ['utf-8', 'utf-32'] } }],
];

for (const [name, capabilities] of partial) {
  test(`a client that says ${name} gets its problems and every answer`, async (context) => {
    const workspace = folder(context, files);
    const server = await startServer();
    const uri = workspace.uriOf(drop);
    const { textDocument } = (capabilities ?? {}) as { textDocument?: { diagnostic?: unknown } | null };
    const pulls = textDocument?.diagnostic !== undefined && textDocument.diagnostic !== null;
    const answer = pulls ? undefined : pushedOrPulled(server, uri, false);
    const { capabilities: ours } = await server.initialize({
      capabilities,
      workspaceFolders: [{ uri: workspace.uri, name: 'w' }],
    });
    assert.equal(ours.positionEncoding, 'utf-16');
    server.open(uri, files[drop]);
    assert.deepEqual(await (answer ?? pushedOrPulled(server, uri, true)), ['schema/drop-column']);
    const at = { textDocument: { uri }, position: { line: 0, character: 15 } };
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 20 } };
    for (const [method, params] of [
      ['textDocument/hover', at],
      ['textDocument/definition', at],
      ['textDocument/completion', at],
      ['textDocument/documentSymbol', at],
      ['textDocument/inlayHint', { ...at, range }],
      ['textDocument/codeAction', { ...at, range, context: { diagnostics: [] } }],
    ] as const)
      await server.request(method, params);
    assert.equal(server.logs(), '');
    assert.equal(await server.shutdown(), 0);
  });
}

for (const [name, over] of [
  ['rootUri', (uri: string, _path: string) => ({ rootUri: uri, workspaceFolders: null })],
  ['rootPath', (_uri: string, path: string) => ({ rootPath: path })],
  [
    'both, and the folders win',
    (uri: string, _path: string) => ({ rootUri: 'file:///nowhere', workspaceFolders: [{ uri, name: 'w' }] }),
  ],
] as const) {
  test(`the folder is taken from ${name}`, async (context) => {
    const workspace = folder(context, files);
    const server = await startServer();
    await server.initialize(over(workspace.uri, workspace.path));
    assert.equal((await server.problems(workspace.uriOf(drop))).length, 1);
    assert.equal(await server.shutdown(), 0);
  });
}

test('every request is answered exactly once, however it is cancelled', async (context) => {
  const workspace = folder(context, files);
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const uri = workspace.uriOf(drop);
  server.open(uri, files[drop]);
  const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
  const params = {
    textDocument: { uri },
    position: { line: 0, character: 15 },
    range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
    context: { diagnostics: [] },
    previousResultIds: [],
  };
  const methods = [
    'textDocument/diagnostic',
    'textDocument/hover',
    'textDocument/codeAction',
    'textDocument/inlayHint',
    'workspace/diagnostic',
    'textDocument/documentSymbol',
    'schemaward/status',
  ];
  let answers = 0;
  const waiting: Promise<void>[] = [];
  for (let i = 0; i < 700; i += 1) {
    const source = new CancellationTokenSource();
    const method = methods[i % methods.length] ?? '';
    const count = () => {
      answers += 1;
    };
    waiting.push(server.connection.sendRequest(method, params, source.token).then(count, count));
    source.cancel();
    void server.connection.sendNotification('$/cancelRequest', { id: 100_000 + i });
    if (i % 50 === 0) server.change(uri, i + 2, { text: `${files[drop]}-- ${i}` });
  }
  await Promise.all(waiting);
  assert.equal(answers, 700);
  assert.deepEqual(
    (await server.problems(uri)).map(({ code }) => code),
    ['schema/drop-column'],
  );
  assert.equal(server.logs(), '');
  assert.equal(await server.shutdown(), 0);
});

test('a held workspace request ends when it is cancelled', async (context) => {
  const workspace = folder(context, { 'README.md': '' });
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
  const source = new CancellationTokenSource();
  const held = server.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, source.token);
  await server.request('schemaward/status', null);
  source.cancel();
  await held.catch((error: { code: number }) => assert.equal(error.code, -32800));
  assert.equal(await server.shutdown(), 0);
});

test('a shutdown with requests under way ends with 0', async (context) => {
  const workspace = folder(context, files);
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const held = server.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }).catch(() => undefined);
  const late = Array.from({ length: 20 }, () => server.problems(workspace.uriOf(drop)).catch(() => []));
  assert.equal(await server.shutdown(), 0);
  server.connection.dispose();
  await Promise.race([Promise.all([held, ...late]), server.exited]);
});

test('a client that fixes all on save gets one edit, once', async (context) => {
  const insert = 'db/migration/V2__seed.sql';
  const workspace = folder(context, {
    'db/migration/V1__users.sql': files['db/migration/V1__users.sql'],
    [insert]: "INSERT INTO users VALUES (1, 'é');\nINSERT INTO users VALUES (2);\n",
    'schemaward.yaml': 'version: 1\nrules:\n  preset: strict\n',
  });
  const server = await startServer();
  const { capabilities } = await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const { codeActionKinds } = capabilities.codeActionProvider as { codeActionKinds: readonly string[] };
  assert.ok(codeActionKinds.includes('source.fixAll.schemaward'));
  const uri = workspace.uriOf(insert);
  const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  interface Action {
    readonly kind: string;
    readonly edit?: { readonly documentChanges: readonly { readonly edits: readonly Edit[] }[] };
  }
  interface Edit {
    readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
    readonly newText: string;
  }
  const ask = async (only: readonly string[] | undefined): Promise<readonly Action[]> => {
    const params = { textDocument: { uri }, range: nowhere, context: { diagnostics: [], only } };
    return ((await server.request('textDocument/codeAction', params)) ?? []) as readonly Action[];
  };
  const kinds = async (only: readonly string[] | undefined) => (await ask(only)).map(({ kind }) => kind);
  server.open(uri, "INSERT INTO users VALUES (1, 'é');\nINSERT INTO users VALUES (2);\n");
  for (const only of ['source', 'source.fixAll', 'source.fixAll.schemaward'])
    assert.deepEqual(await kinds([only]), ['source.fixAll.schemaward'], only);
  for (const only of [['source.fixAll.eslint'], ['source.organizeImports'], ['refactor']])
    assert.deepEqual(await kinds(only), []);
  assert.ok((await kinds(undefined)).every((kind) => !kind.startsWith('source')));
  const [action] = await ask(['source.fixAll']);
  const resolved = (await server.request('codeAction/resolve', action)) as Action;
  assert.equal(resolved.edit?.documentChanges.length, 1);
  const edits = resolved.edit?.documentChanges[0]?.edits ?? [];
  assert.equal(edits.length, 1);
  assert.match(edits[0]?.newText ?? '', /\(id, note\) VALUES \(1, 'é'\);\nINSERT INTO users \(id\)/);
  server.change(uri, 2, {
    text: "INSERT INTO users (id, note) VALUES (1, 'é');\nINSERT INTO users (id) VALUES (2);\n",
  });
  assert.deepEqual(await kinds(['source.fixAll']), []);
  assert.equal(server.logs(), '');
  assert.equal(await server.shutdown(), 0);
});
