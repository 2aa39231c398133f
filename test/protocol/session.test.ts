import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BAD_INPUTS } from '../support/bad-inputs.ts';
import { folder } from '../support/workspace.ts';
import { type Diagnostic, startServer } from './harness.ts';

const files = {
  'db/migration/V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text, note text);\n',
  'db/migration/V2__more.sql': 'ALTER TABLE users ADD COLUMN age int;\n',
};
const pending = 'db/migration/V3__next.sql';

async function begin(context: Parameters<typeof folder>[0], text: string, over: object = {}) {
  const workspace = folder(context, files);
  workspace.commitAll();
  workspace.write(pending, text);
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }], ...over });
  return { workspace, server, uri: workspace.uriOf(pending) };
}

const codes = (problems: readonly Diagnostic[]) => problems.map(({ code }) => code);

test('only what is new since the base branch has problems', async (context) => {
  const { server, workspace, uri } = await begin(context, 'ALTER TABLE users DROP COLUMN note;\n');
  assert.deepEqual(codes(await server.problems(uri)), ['schema/drop-column']);
  assert.deepEqual(codes(await server.problems(workspace.uriOf('db/migration/V1__users.sql'))), []);
  assert.equal(await server.shutdown(), 0);
});

test('CRLF, a lone CR, astral and combining characters keep ranges exact', async (context) => {
  const { server, uri } = await begin(context, '');
  const before = '/* 𝒳 é e\u0301 日本 */ ';
  for (const eol of ['\n', '\r\n', '\r']) {
    server.open(uri, `SELECT 1;${eol}${before}ALTER TABLE users DROP COLUMN note;${eol}`);
    const [problem] = await server.problems(uri);
    assert.equal(problem?.code, 'schema/drop-column');
    const line = `${before}ALTER TABLE users DROP COLUMN note;`;
    assert.equal(problem.range.start.line, 1);
    assert.equal(line.slice(problem.range.start.character, problem.range.end.character), 'DROP COLUMN note');
    server.close(uri);
  }
  assert.equal(await server.shutdown(), 0);
});

test('an edit in an earlier pending file reaches a later one', async (context) => {
  const { server, workspace, uri } = await begin(context, 'CREATE TABLE fresh (id int);\n');
  const later = workspace.uriOf('db/migration/V4__later.sql');
  workspace.write('db/migration/V4__later.sql', 'CREATE INDEX fresh_i ON fresh (id);\n');
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: later, type: 1 }] });
  server.open(later, 'CREATE INDEX fresh_i ON fresh (id);\n');
  assert.deepEqual(codes(await server.problems(later)), []);
  server.open(uri, 'SELECT 1;\n');
  assert.deepEqual(codes(await server.problems(later)), ['run/unknown-object']);
  server.change(uri, 2, { text: 'CREATE TABLE fresh (id int);\n' });
  assert.deepEqual(codes(await server.problems(later)), []);
  assert.equal(await server.shutdown(), 0);
});

test('the workspace request is held until something changes, then answers with what did', async (context) => {
  const { server, workspace, uri } = await begin(context, 'ALTER TABLE users DROP COLUMN note;\n');
  const first = await server.request<{ items: { uri: string; items: Diagnostic[]; resultId: string }[] }>(
    'workspace/diagnostic',
    { previousResultIds: [] },
  );
  const own = first.items.find((item) => item.uri === uri);
  assert.deepEqual(
    own?.items.map(({ code }) => code),
    ['schema/drop-column'],
  );
  let answered = false;
  const held = server
    .request<{ items: { uri: string; items: Diagnostic[] }[] }>('workspace/diagnostic', {
      previousResultIds: first.items.map((item) => ({ uri: item.uri, value: item.resultId })),
    })
    .then((answer) => {
      answered = true;
      return answer;
    });
  await server.problems(workspace.uriOf('db/migration/V1__users.sql'));
  assert.equal(answered, false);
  workspace.write(pending, 'SELECT 1;\n');
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
  assert.deepEqual(
    (await held).items.map((item) => [item.uri, item.items.length]),
    [[uri, 0]],
  );
  assert.equal(await server.shutdown(), 0);
});

test('an answer that did not change is "unchanged"', async (context) => {
  const { server, uri } = await begin(context, 'ALTER TABLE users DROP COLUMN note;\n');
  const first = await server.request<{ resultId: string }>('textDocument/diagnostic', { textDocument: { uri } });
  const second = await server.request<{ kind: string }>('textDocument/diagnostic', {
    textDocument: { uri },
    previousResultId: first.resultId,
  });
  assert.equal(second.kind, 'unchanged');
  assert.equal(await server.shutdown(), 0);
});

test('200 edits without waiting, cancelled pulls, a second open and a close in between end in a fresh answer', async (context) => {
  const { server, uri } = await begin(context, '');
  const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
  server.open(uri, '');
  server.open(uri, '');
  const pulls: Promise<unknown>[] = [];
  for (let i = 2; i <= 200; i += 1) {
    server.change(uri, i, { text: `ALTER TABLE users ADD COLUMN c${i} int NOT NULL; -- ${'x'.repeat(i % 7)}` });
    const source = new CancellationTokenSource();
    pulls.push(
      server.connection
        .sendRequest('textDocument/diagnostic', { textDocument: { uri } }, source.token)
        .catch(() => undefined),
    );
    if (i % 3 !== 0) source.cancel();
  }
  server.close(uri);
  server.open(uri, 'ALTER TABLE users DROP COLUMN note;', 300);
  assert.deepEqual(codes(await server.problems(uri)), ['schema/drop-column']);
  await Promise.all(pulls);
  assert.equal(await server.shutdown(), 0);
});

test('a client that cannot pull gets the same problems pushed', async (context) => {
  const workspace = folder(context, files);
  workspace.commitAll();
  workspace.write(pending, 'ALTER TABLE users DROP COLUMN note;\n');
  const server = await startServer();
  const uri = workspace.uriOf(pending);
  const pushed = new Promise<readonly Diagnostic[]>((done) => {
    server.connection.onNotification(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => {
        if (params.uri === uri && params.diagnostics.length > 0) done(params.diagnostics);
      },
    );
  });
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }], capabilities: {} });
  assert.deepEqual(codes(await pushed), ['schema/drop-column']);
  assert.equal(await server.shutdown(), 0);
});

test('a folder that vanishes empties its problems; everything else goes on', async (context) => {
  const { server, workspace, uri } = await begin(context, 'ALTER TABLE users DROP COLUMN note;\n');
  assert.equal((await server.problems(uri)).length, 1);
  workspace.remove('db');
  await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [
      { uri: workspace.uriOf('db'), type: 3 },
      { uri, type: 3 },
      ...Object.keys(files).map((name) => ({ uri: workspace.uriOf(name), type: 3 })),
    ],
  });
  await server.request('schemaward/refresh', null);
  assert.deepEqual(await server.problems(uri), []);
  assert.equal(await server.shutdown(), 0);
});

test('a line of 5 MB is answered', async (context) => {
  const { server, uri } = await begin(context, '');
  server.open(uri, `INSERT INTO users (id) VALUES ${Array.from({ length: 400_000 }, (_, i) => `(${i})`).join(',')};`);
  assert.deepEqual(codes(await server.problems(uri)), []);
  assert.equal(await server.shutdown(), 0);
});

test('an untrusted workspace runs no git and connects to nothing', async (context) => {
  const { server, uri } = await begin(context, 'ALTER TABLE users DROP COLUMN note;\n', {
    initializationOptions: { schemaward: true, trusted: false },
  });
  assert.ok((await server.problems(uri)).length > 0);
  const status = await server.request<{ projects: { name: string; targets: { problem?: string }[] }[] }>(
    'schemaward/status',
    null,
  );
  assert.match(status.projects[0]?.targets[0]?.problem ?? '', /not trusted/);
  const name = status.projects[0]?.name ?? '';
  const answer = await server.request<{ kind: string }>('schemaward/connect', {
    project: name,
    target: 'x',
    url: 'postgresql://localhost:1/x',
  });
  assert.equal(answer.kind, 'failed');
  assert.equal(await server.shutdown(), 0);
});

test('no secret reaches the logs or an answer, with tracing on', async (context) => {
  const secret = 'hunter2-very-secret';
  const { server, workspace } = await begin(context, 'SELECT 1;\n', { trace: 'verbose' });
  await server.request('schemaward/status', null);
  const { projects } = await server.request<{ projects: { name: string }[] }>('schemaward/status', null);
  const project = projects[0]?.name ?? '';
  const answer = await server.request('schemaward/connect', {
    project,
    target: 'typed',
    url: `postgresql://me:${secret}@127.0.0.1:1/shop`,
    password: secret,
  });
  const status = await server.request('schemaward/status', null);
  assert.ok(!JSON.stringify([answer, status]).includes(secret));
  assert.ok(!server.logs().includes(secret));
  assert.equal(await server.shutdown(), 0);
  assert.ok(workspace.path !== '');
});

test('huge and odd text is answered, and what follows it is judged', async (context) => {
  const { server, uri } = await begin(context, '');
  for (const [title, sql] of BAD_INPUTS) {
    const text = `CREATE TABLE a (id int PRIMARY KEY, x text, y text);\n${sql}\nALTER TABLE users DROP COLUMN note;\n`;
    server.open(uri, text);
    const problems = await server.problems(uri);
    assert.ok(codes(problems).includes('schema/drop-column'), title);
    assert.ok(!codes(problems).includes('run/syntax-error'), title);
    const line = text.split('\n').length - 2;
    const hover = await server.request<object | null>('textDocument/hover', {
      textDocument: { uri },
      position: { line, character: 2 },
    });
    assert.match(JSON.stringify(hover), /ACCESS EXCLUSIVE/, title);
    server.close(uri);
  }
  assert.equal(await server.shutdown(), 0);
});
