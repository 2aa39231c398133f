import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { folder } from '../support/workspace.ts';
import { startServer } from './harness.ts';

const flyway = {
  'db/migration/V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n',
  'db/migration/V2__rename.sql': 'ALTER TABLE users RENAME COLUMN email TO mail;\n',
};

for (const transport of ['stdio', 'ipc'] as const) {
  test(`${transport}: a request before initialize is refused with -32002`, async () => {
    const server = await startServer(transport);
    await assert.rejects(
      server.request('textDocument/hover', {
        textDocument: { uri: 'file:///a.sql' },
        position: { line: 0, character: 0 },
      }),
      { code: -32002 },
    );
    server.child.kill();
    await server.exited;
  });

  test(`${transport}: an unknown request is refused with -32601, an unknown notification ignored`, async () => {
    const server = await startServer(transport);
    await server.initialize();
    await server.connection.sendNotification('$/whatever', {});
    await server.connection.sendNotification('made/up', {});
    await assert.rejects(server.request('made/up', {}), { code: -32601 });
    assert.equal(await server.shutdown(), 0);
  });

  test(`${transport}: a change of a document that was never opened does no harm`, async () => {
    const server = await startServer(transport);
    await server.initialize();
    server.change('file:///never/opened.sql', 3, { text: 'SELECT 1' });
    server.close('file:///never/opened.sql');
    assert.deepEqual(await server.problems('file:///never/opened.sql'), []);
    assert.equal(await server.shutdown(), 0);
  });

  test(`${transport}: an edit range far outside the document is clamped`, async () => {
    const server = await startServer(transport);
    await server.initialize();
    server.open('file:///x/a.sql', 'SELECT 1;');
    server.change('file:///x/a.sql', 2, {
      range: { start: { line: 900, character: 9 }, end: { line: 1000, character: 0 } },
      text: 'SELECT 2;',
    });
    assert.deepEqual(await server.problems('file:///x/a.sql'), []);
    assert.equal(await server.shutdown(), 0);
  });

  test(`${transport}: null as configuration means the defaults`, async (context) => {
    const workspace = folder(context, flyway);
    const server = await startServer(transport, { configuration: null });
    await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
    server.open(workspace.uriOf('db/migration/V2__rename.sql'), flyway['db/migration/V2__rename.sql']);
    assert.ok((await server.problems(workspace.uriOf('db/migration/V2__rename.sql'))).length > 0);
    assert.equal(await server.shutdown(), 0);
  });

  test(`${transport}: URIs with a space, # and % find their file`, async (context) => {
    const name = 'a b/#c/100%/db/migration/V2__rename.sql';
    const workspace = folder(context, {
      'a b/#c/100%/db/migration/V1__users.sql': flyway['db/migration/V1__users.sql'],
      [name]: flyway['db/migration/V2__rename.sql'],
    });
    const server = await startServer(transport);
    await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
    server.open(workspace.uriOf(name), flyway['db/migration/V2__rename.sql']);
    assert.ok((await server.problems(workspace.uriOf(name))).some(({ code }) => code === 'schema/rename-column'));
    assert.equal(await server.shutdown(), 0);
  });

  test(`${transport}: an untitled document is answered`, async () => {
    const server = await startServer(transport);
    await server.initialize();
    server.open('untitled:Untitled-1', 'DROP TABLE users;');
    assert.deepEqual(await server.problems('untitled:Untitled-1'), []);
    assert.equal(await server.shutdown(), 0);
  });

  test(`${transport}: a request after shutdown is refused with -32600 and exit ends with 0`, async () => {
    const server = await startServer(transport);
    await server.initialize();
    await server.request('shutdown', undefined);
    await assert.rejects(
      server.request('textDocument/hover', {
        textDocument: { uri: 'file:///a.sql' },
        position: { line: 0, character: 0 },
      }),
      { code: -32600 },
    );
    await server.connection.sendNotification('exit');
    assert.equal(await server.exited, 0);
  });

  test(`${transport}: exit without shutdown ends with 1`, async () => {
    const server = await startServer(transport);
    await server.initialize();
    await server.connection.sendNotification('exit');
    assert.equal(await server.exited, 1);
  });

  test(`${transport}: one character at a time gives what opening the whole gives`, async (context) => {
    const workspace = folder(context, flyway);
    const text = 'ALTER TABLE users DROP COLUMN email; -- é 𝒳\r\nCREATE INDEX i ON users (id);\n';
    const uri = workspace.uriOf('db/migration/V2__rename.sql');
    const server = await startServer(transport);
    await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
    server.open(uri, '');
    let version = 1;
    let position = { line: 0, character: 0 };
    for (const char of text) {
      version += 1;
      server.change(uri, version, { range: { start: position, end: position }, text: char });
      position =
        char === '\n'
          ? { line: position.line + 1, character: 0 }
          : { line: position.line, character: position.character + char.length };
    }
    const typed = await server.problems(uri);
    server.close(uri);
    server.open(uri, text, version + 1);
    assert.deepEqual(await server.problems(uri), typed);
    assert.ok(typed.length >= 2);
    assert.equal(await server.shutdown(), 0);
  });
}

test('the server ends when its parent process is gone', async () => {
  const module = resolve(import.meta.dirname, '../../dist/cli.js');
  const initialize = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { processId: 'PARENT', rootUri: null, capabilities: {} },
  });
  // A parent that starts the server with its own process id, prints the child's id and dies; stdin stays open.
  const script = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, [${JSON.stringify(module)}, 'lsp', '--stdio'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    const body = ${JSON.stringify(initialize)}.replace('"PARENT"', String(process.pid));
    child.stdin.write('Content-Length: ' + Buffer.byteLength(body) + '\\r\\n\\r\\n' + body);
    process.stdout.write(String(child.pid));
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 700);`;
  const parent: ChildProcess = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  let pid = '';
  parent.stdout?.on('data', (part) => {
    pid += String(part);
  });
  await once(parent, 'exit');
  const gone = await eventually(() => !isAlive(Number(pid)), 15_000);
  if (!gone) process.kill(Number(pid), 'SIGKILL');
  assert.ok(gone);
});

test('a broken header does not hang the next server', async () => {
  const server = await startServer('stdio');
  server.child.stdin?.write('Content-Length: zero\r\n\r\n{}');
  server.child.kill();
  await server.exited;
  const next = await startServer('stdio');
  await next.initialize({ rootUri: pathToFileURL('/nowhere/at/all').href });
  assert.equal(await next.shutdown(), 0);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function eventually(check: () => boolean, limit: number): Promise<boolean> {
  const end = performance.now() + limit;
  while (performance.now() < end) {
    if (check()) return true;
    await new Promise((resume) => setTimeout(resume, 50));
  }
  return check();
}
