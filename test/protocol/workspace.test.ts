import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Folder, folder } from '../support/workspace.ts';
import { type Diagnostic, type Server, startServer } from './harness.ts';

const base = {
  'db/migration/V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, note text, age int);\n',
  'db/migration/V2__drop.sql': 'ALTER TABLE users DROP COLUMN note;\nALTER TABLE users ADD COLUMN a int;\n',
};
const drop = 'db/migration/V2__drop.sql';

async function begin(context: TestContext, files: Readonly<Record<string, string>>, configuration?: unknown) {
  const workspace = folder(context, files);
  const server = await startServer('stdio', { configuration });
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  return { workspace, server };
}

const codes = async (server: Server, workspace: Folder, name: string) =>
  (await server.problems(workspace.uriOf(name))).map(({ code }) => code);

interface Status {
  readonly projects: readonly {
    readonly name: string;
    readonly targets: readonly {
      readonly entries: readonly { readonly id?: string; readonly script: string; readonly toolState: string }[];
    }[];
  }[];
}

const status = (server: Server) => server.request<Status>('schemaward/status', null);
const watched = (server: Server, uris: readonly string[], type: number) =>
  server.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: uris.map((uri) => ({ uri, type })),
  });

/** Asks until the answer is right; a wrong one in the end fails with it. */
async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const end = performance.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || performance.now() > end) return answer;
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

test('folders come and go; the problems of the others stay', async (context) => {
  const { workspace, server } = await begin(context, base);
  const second = folder(context, {
    'sql/V1__b.sql': 'CREATE TABLE b (id int, x int);\n',
    'sql/V2__b.sql': 'DROP TABLE b;\n',
  });
  assert.deepEqual(await codes(server, second, 'sql/V2__b.sql'), []);
  await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: second.uri, name: 'b' }], removed: [] },
  });
  await eventually(
    () => codes(server, second, 'sql/V2__b.sql'),
    (found) => found.length > 0,
  );
  assert.deepEqual(await codes(server, second, 'sql/V2__b.sql'), ['schema/drop-table']);
  assert.deepEqual(await codes(server, workspace, drop), ['schema/drop-column']);
  await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [{ uri: workspace.uri, name: 'w' }] },
  });
  await eventually(
    () => status(server),
    ({ projects }) => projects.length === 1,
  );
  assert.deepEqual(await codes(server, workspace, drop), []);
  assert.deepEqual(await codes(server, second, 'sql/V2__b.sql'), ['schema/drop-table']);
  assert.equal(server.logs(), '');
  assert.equal(await server.shutdown(), 0);
});

test('changed settings are asked for again and take effect; of another type they count as not given', async (context) => {
  const { workspace, server } = await begin(context, base, { dialect: '' });
  const changed = () => server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  const settle = (count: number) =>
    eventually(
      () => codes(server, workspace, drop),
      (found) => found.length === count,
    );
  assert.equal((await settle(1)).length, 1);
  server.configure({ dialect: 'mysql' });
  await changed();
  assert.deepEqual(await settle(0), []);
  server.configure({ dialect: 7, enable: 'yes', targetVersion: '16', lintTarget: null });
  await changed();
  assert.equal((await settle(1)).length, 1);
  server.configure({ enable: false });
  await changed();
  assert.deepEqual(await settle(0), []);
  server.configure(null);
  await changed();
  assert.equal((await settle(1)).length, 1);
  assert.equal(server.logs(), '');
  assert.equal(await server.shutdown(), 0);
});

test('a client that cannot be asked pushes its settings', async (context) => {
  const workspace = folder(context, base);
  const server = await startServer();
  await server.initialize({
    workspaceFolders: [{ uri: workspace.uri, name: 'w' }],
    capabilities: { textDocument: { diagnostic: {} } },
  });
  assert.equal((await codes(server, workspace, drop)).length, 1);
  await server.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { schemaward: { dialect: 'mysql' } },
  });
  assert.deepEqual(
    await eventually(
      () => codes(server, workspace, drop),
      (found) => found.length === 0,
    ),
    [],
  );
  assert.equal(await server.shutdown(), 0);
});

test('a branch switch of 5,000 files: every answer is the old state or the new one, whole', async (context) => {
  const many = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, i) => [`db/migration/V${i + 10}__t${i}.sql`, `CREATE TABLE t${i} (id int);\n`]),
  );
  const workspace = folder(context, base);
  workspace.commitAll();
  workspace.git('checkout', '--quiet', '-b', 'feature');
  for (const [name, text] of Object.entries(many)) workspace.write(name, text);
  workspace.write('db/migration/V9999__last.sql', 'DROP TABLE users;\n');
  workspace.git('add', '--all');
  workspace.git('commit', '--quiet', '-m', 'many');
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const shape = async () => {
    const { projects } = await status(server);
    const entries = projects.flatMap(({ targets }) => targets.flatMap((target) => target.entries));
    return `${entries.length} files, ${entries.filter(({ toolState }) => toolState === 'new').length} new`;
  };
  const seen: string[] = [await shape()];
  for (const branch of ['main', 'feature'] as const) {
    workspace.git('checkout', '--quiet', branch);
    const type = branch === 'main' ? 3 : 1;
    const names = [...Object.keys(many), 'db/migration/V9999__last.sql'];
    // Watchers deliver a switch in pieces.
    for (let i = 0; i < names.length; i += 900)
      await watched(
        server,
        names.slice(i, i + 900).map((name) => workspace.uriOf(name)),
        type,
      );
    await watched(server, [workspace.uriOf('.git/HEAD')], 2);
    const wanted = branch === 'main' ? '2 files, 0 new' : '5003 files, 5001 new';
    // Back to back, so that a state in between would be seen.
    const end = performance.now() + 30_000;
    do seen.push(await shape());
    while (seen.at(-1) !== wanted && performance.now() < end);
    assert.equal(seen.at(-1), wanted);
  }
  assert.deepEqual(new Set(seen), new Set(['5003 files, 5001 new', '2 files, 0 new']));
  assert.deepEqual(await codes(server, workspace, 'db/migration/V9999__last.sql'), ['schema/drop-table']);
  assert.equal(server.logs(), '');
  assert.equal(await server.shutdown(), 0);
});

test('nothing is told and nothing answered while nothing changes', async (context) => {
  const { workspace, server } = await begin(context, base);
  workspace.write('notes.txt', 'x');
  const uri = workspace.uriOf(drop);
  server.open(uri, base[drop]);
  await server.problems(uri);
  const first = await server.request<{ items: { uri: string; resultId: string }[] }>('workspace/diagnostic', {
    previousResultIds: [],
  });
  const previousResultIds = first.items.map((item) => ({ uri: item.uri, value: item.resultId }));
  let answered = false;
  const held = server
    .request('workspace/diagnostic', { previousResultIds })
    .catch(() => undefined)
    .then(() => {
      answered = true;
    });
  const quiet = async () => {
    let before = -1;
    await eventually(
      async () => {
        const now = server.heard().length;
        const isStill = now === before;
        before = now;
        await new Promise((resume) => setTimeout(resume, 200));
        return isStill;
      },
      (isStill) => isStill,
    );
    return before;
  };
  const heard = await quiet();
  // What looks like a change and is none: a save, a touched file, a build's output, a log, git's index.
  await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  await watched(
    server,
    [
      workspace.uriOf('db/migration/V1__users.sql'),
      uri,
      workspace.uriOf('notes.txt'),
      workspace.uriOf('target/x.sql'),
      workspace.uriOf('.git/index'),
    ],
    2,
  );
  await watched(
    server,
    Array.from({ length: 300 }, (_, i) => workspace.uriOf(`logs/${i}.log`)),
    1,
  );
  await server.problems(uri);
  const after = await quiet();
  assert.deepEqual(server.heard().slice(heard, after), []);
  assert.equal(answered, false);
  // And a real change is told.
  workspace.write(
    'db/migration/V1__users.sql',
    'CREATE TABLE users (id bigint PRIMARY KEY, note text, age int);\nDROP TABLE nothing;\n',
  );
  await watched(server, [workspace.uriOf('db/migration/V1__users.sql')], 2);
  await held;
  assert.ok(server.heard().length > after);
  assert.equal(await server.shutdown(), 0);
});

test('an invalid schemaward.yaml: a problem at the key, and the last good settings stay', async (context) => {
  const good = 'rules:\n  severity:\n    schema/drop-column: info\n';
  const { workspace, server } = await begin(context, { ...base, 'schemaward.yaml': good });
  const uri = workspace.uriOf('schemaward.yaml');
  const severity = async () => (await server.problems(workspace.uriOf(drop))).map((problem) => problem.severity);
  assert.deepEqual(await severity(), [3]);
  server.open(uri, good, 1, 'yaml');
  let version = 1;
  for (const [text, words] of [
    ['rules:\n  severity:\n    schema/drop-column: inf\n', 'inf'],
    ['rules:\n  severity: [\n', '['],
    ['rules:\n\tseverity: x\n', '\t'],
    ['rules: strict\n', 'strict'],
  ] as const) {
    version += 1;
    server.change(uri, version, { text });
    const problems: readonly Diagnostic[] = await server.problems(uri);
    assert.ok(problems.length > 0 && problems.every(({ code }) => code === 'config/schemaward-yaml'));
    assert.equal(problems[0]?.severity, 1);
    const { start } = problems[0]?.range ?? { start: { line: -1, character: -1 } };
    const line = text.split('\n')[start.line] ?? '';
    assert.ok(line.slice(start.character).startsWith(words) || line.includes(words) || words === '[', text);
    assert.deepEqual(await severity(), [3], text);
  }
  server.change(uri, version + 1, { text: 'rules:\n  severity:\n    schema/drop-column: warning\n' });
  assert.deepEqual(await server.problems(uri), []);
  assert.deepEqual(await severity(), [2]);
  assert.equal(await server.shutdown(), 0);
});

test('base.ref is followed when schemaward.yaml is saved', async (context) => {
  const workspace = folder(context, base);
  workspace.commitAll();
  workspace.git('branch', 'old');
  workspace.write('db/migration/V3__x.sql', 'ALTER TABLE users DROP COLUMN age;\n');
  workspace.git('add', '--all');
  workspace.git('commit', '--quiet', '-m', 'x');
  const server = await startServer();
  await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
  const problems = () => codes(server, workspace, 'db/migration/V3__x.sql');
  assert.deepEqual(await problems(), []);
  const text = 'base: { ref: old }\n';
  const uri = workspace.uriOf('schemaward.yaml');
  server.open(uri, text, 1, 'yaml');
  workspace.write('schemaward.yaml', text);
  await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  assert.deepEqual(await eventually(problems, (found) => found.length > 0), ['schema/drop-column']);
  assert.equal(await server.shutdown(), 0);
});

test('a workspace path with spaces, #, % and wide characters', async (context) => {
  const outer = folder(
    context,
    Object.fromEntries(Object.entries(base).map(([name, text]) => [`a b#c%41 é日/${name}`, text])),
  );
  const server = await startServer();
  const root = outer.uriOf('a b#c%41 é日');
  await server.initialize({ workspaceFolders: [{ uri: root, name: 'w' }] });
  const { items } = await server.request<{ items: { uri: string; items: Diagnostic[] }[] }>('workspace/diagnostic', {
    previousResultIds: [],
  });
  const [item] = items;
  assert.equal(items.length, 1);
  assert.equal(new URL(item?.uri ?? '').pathname, new URL(outer.uriOf(`a b#c%41 é日/${drop}`)).pathname);
  assert.equal(await server.shutdown(), 0);
});
