import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder } from '../support/workspace.ts';
import { type Server, startServer } from './harness.ts';

const name = 'proto/shop.proto';
const proto = (body: string) => `syntax = "proto3";\npackage shop.v1;\nmessage Order {\n  ${body}\n}\n`;

interface Action {
  readonly title: string;
  readonly kind: string;
  readonly edit?: Edit;
  readonly data?: unknown;
}

interface Edit {
  readonly documentChanges: readonly {
    readonly kind?: string;
    readonly uri?: string;
    readonly textDocument?: { readonly uri: string };
    readonly edits?: readonly { readonly newText: string }[];
  }[];
}

interface Contracts {
  readonly ready: boolean;
  readonly groups: readonly {
    readonly evolutions: readonly { readonly id: string; readonly phase: string; readonly uri: string }[];
  }[];
}

/** Asks until contracts are known. */
async function contracts(server: Server): Promise<Contracts> {
  for (;;) {
    const answer = await server.request<Contracts>('schemaward/contracts', null);
    if (answer.ready) return answer;
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

test('evolve is an action at the finding, the view tracks it, and promote answers with the removal', async (context) => {
  const plan = [
    'version: 1',
    'id: evolve-name-abcd',
    'operation: evolve-field',
    'format: protobuf',
    `file: "${name}"`,
    'element: "shop.v1.Item.name"',
    'number: 1',
    'removeAfter: 2020-01-01',
    '',
  ].join('\n');
  const item = 'syntax = "proto3";\npackage shop.v1;\nmessage Item {\n  string name = 1 [deprecated = true];\n}\n';
  const made = folder(context, {
    [name]: proto('int64 total = 4;'),
    'proto/item.proto': item,
    'evolutions/evolve-name-abcd/evolution.yaml': plan,
  });
  made.commitAll();
  const server = await startServer();
  await server.initialize({
    workspaceFolders: [{ uri: made.uri, name: 'w' }],
    initializationOptions: { schemaward: true },
  });
  const { groups } = await contracts(server);
  const [evolution] = groups.flatMap(({ evolutions }) => evolutions);
  assert.equal(evolution?.phase, 'due');
  assert.equal(evolution?.uri, made.uriOf('evolutions/evolve-name-abcd/evolution.yaml'));

  const uri = made.uriOf(name);
  server.open(uri, proto('string total = 4;'), 1, 'proto');
  const at = { line: 3, character: 2 };
  const actions = await server.request<readonly Action[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: at, end: at },
    context: { diagnostics: [] },
  });
  const action = actions.find(({ title }) => title.startsWith('Evolve total'));
  assert.ok(action !== undefined, JSON.stringify(actions));
  assert.equal(action.title, 'Evolve total: keep it, add total_v2 as string beside it');
  const edit = action.edit ?? (await server.request<Action>('codeAction/resolve', action)).edit;
  const texts = JSON.stringify(edit);
  assert.match(texts, /evolution\.yaml/);
  assert.match(texts, /total_v2/);

  const answer = await server.request<{
    readonly kind: string;
    readonly edit: Edit;
    readonly notes: readonly string[];
  }>('schemaward/propose', { kind: 'promote', id: 'evolve-name-abcd' });
  assert.equal(answer.kind, 'edit');
  const kinds = answer.edit.documentChanges.map(({ kind }) => kind ?? 'edit');
  assert.deepEqual(kinds, ['edit'], 'FILE has something against it, which the plan answers for');
  assert.match(JSON.stringify(answer.edit), /reserved 1;/);
  assert.ok(answer.notes.length > 0);
  await server.shutdown();
});
