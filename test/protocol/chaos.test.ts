import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Position, TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { generator } from '../../scripts/bench-project.ts';
import { mutated, type Random, script } from '../support/mutations.ts';
import { folder } from '../support/workspace.ts';
import { type Diagnostic, type Range, type Server, startServer } from './harness.ts';

/**
 * What a server says depends on what it was told, not on how. Sessions of everything that an editor does in any order,
 * and then a fresh server that is shown only how they ended.
 */
interface Session {
  readonly random: Random;
  /** URIs of the migrations, there or not. */
  readonly uris: readonly string[];
  /** What the editor has open. */
  readonly open: Map<string, TextDocument>;
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

function write(uri: string, text: string | undefined): void {
  const path = fileURLToPath(uri);
  mkdirSync(dirname(path), { recursive: true });
  if (text === undefined) rmSync(path, { force: true });
  else writeFileSync(path, text);
}

/** One thing that a person, an editor or another program does. */
async function act(server: Server, { random, uris, open }: Session): Promise<void> {
  const uri = pick(random, uris);
  const document = open.get(uri);
  const roll = random();
  const event = (type: number) =>
    server.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  const ask = (method: string, params: object) => void server.request(method, params).catch(() => undefined);
  if (roll < 0.12) {
    write(uri, script(random));
    return event(2);
  }
  if (roll < 0.16) {
    write(uri, undefined);
    return event(3);
  }
  if (document === undefined) {
    const text = script(random);
    open.set(uri, TextDocument.create(uri, 'sql', 1, text));
    return server.open(uri, text);
  }
  if (roll < 0.22) {
    open.delete(uri);
    return server.close(uri);
  }
  if (roll < 0.28) {
    write(uri, document.getText());
    await server.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    return event(2);
  }
  const at = document.positionAt(Math.floor(random() * (document.getText().length + 1)));
  if (roll < 0.34) return ask('textDocument/hover', { textDocument: { uri }, position: at });
  if (roll < 0.4)
    return ask('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    });
  if (roll < 0.45) return ask('textDocument/diagnostic', { textDocument: { uri } });
  // What was judged is what an edit elsewhere may make wrong.
  if (roll < 0.65) return void (await server.problems(pick(random, uris)));
  const change = changeOf(document, at, random);
  const version = document.version + 1;
  TextDocument.update(document, [change], version);
  return server.change(uri, version, change);
}

function changeOf(document: TextDocument, at: Position, random: Random): TextDocumentContentChangeEvent {
  const roll = random();
  if (roll < 0.4) return { text: script(random) };
  if (roll < 0.7) return { text: mutated(document.getText(), random) };
  return { range: { start: at, end: at }, text: script(random) };
}

interface Answers {
  readonly [uri: string]: readonly string[];
}

async function answers(server: Server, sessions: readonly Session[]): Promise<Answers> {
  const found: Record<string, readonly string[]> = {};
  for (const { uris } of sessions) for (const uri of uris) found[uri] = (await server.problems(uri)).map(words);
  return found;
}

function words({ range, severity, code, message }: Diagnostic): string {
  return `${place(range)} ${severity} ${code} ${message}`;
}

function place({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

const rounds = 10;
const together = 20;

for (let round = 0; round < rounds; round += 1)
  test(`sessions ${round * together + 1} to ${(round + 1) * together} end in what a fresh server says`, async (context) => {
    const released: Record<string, string> = {};
    const sessions = Array.from({ length: together }, (_, index): Session & { readonly names: readonly string[] } => {
      const random = generator(1000 * (round + 1) + index);
      const names = Array.from(
        { length: 3 + Math.floor(random() * 4) },
        (_, nth) => `s${index}/db/migration/V${nth + 1}__m.sql`,
      );
      for (const name of names.slice(0, 2)) released[name] = script(random);
      return { random, names, uris: [], open: new Map() };
    });
    const workspace = folder(context, released);
    workspace.commitAll();
    const located = sessions.map(({ names, ...session }) => ({
      ...session,
      uris: names.map((name) => workspace.uriOf(name)),
    }));
    const start = async () => {
      const server = await startServer(round % 2 === 0 ? 'stdio' : 'ipc');
      await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
      return server;
    };
    const server = await start();
    for (let step = 0; step < 40; step += 1) for (const session of located) await act(server, session);
    const fresh = await start();
    for (const { open } of located) for (const [uri, document] of open) fresh.open(uri, document.getText());
    const expected = await answers(fresh, located);
    let actual = await answers(server, located);
    // File events are gathered for a moment before they count.
    for (const end = Date.now() + 10_000; Date.now() < end && !same(actual, expected); )
      actual = await answers(server, located);
    assert.deepEqual(actual, expected);
    assert.ok(Object.values(expected).some((problems) => problems.length > 0));
    assert.deepEqual([await server.shutdown(), await fresh.shutdown()], [0, 0]);
  });

function same(a: Answers, b: Answers): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

test('10,000 mutated inputs are answered within the document, the last one as a fresh server does', async (context) => {
  const workspace = folder(context, {
    'db/migration/V1__a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, x int, y text NOT NULL);\n',
  });
  workspace.commitAll();
  const uri = workspace.uriOf('db/migration/V2__b.sql');
  const start = async () => {
    const server = await startServer();
    await server.initialize({ workspaceFolders: [{ uri: workspace.uri, name: 'w' }] });
    return server;
  };
  const server = await start();
  const random = generator(815);
  let text = script(random);
  server.open(uri, text);
  for (let version = 2; version <= 10_001; version += 1) {
    text = random() < 0.1 || text.length > 2000 ? script(random) : mutated(text, random);
    server.change(uri, version, { text });
    const document = TextDocument.create(uri, 'sql', version, text);
    for (const { range } of await server.problems(uri)) {
      const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      assert.ok(from <= to && to <= text.length, JSON.stringify({ text, range }));
      assert.deepEqual([document.positionAt(from), document.positionAt(to)], [range.start, range.end]);
    }
  }
  const fresh = await start();
  fresh.open(uri, text);
  assert.deepEqual(await server.problems(uri), await fresh.problems(uri));
  assert.deepEqual([await server.shutdown(), await fresh.shutdown()], [0, 0]);
});
