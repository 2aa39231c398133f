import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const cli = join(import.meta.dirname, '../../dist/cli.js');

/** One fresh language server, as an editor starts it. Times are in milliseconds from the start of the process. */
export interface BenchServer {
  readonly connection: MessageConnection;
  readonly initialized: number;
  sinceStart(): number;
  /** Opens a document with a text of the bench's own. */
  open(uri: string, text: string, languageId?: string): void;
  /** Replaces a range (or the whole) and answers the milliseconds until the problems of that document are there. */
  edit(uri: string, change: object): Promise<number>;
  request<T>(method: string, params: object): Promise<T>;
  /** Messages that the server sent since it was asked last. */
  messages(): number;
  megabytes(which: 'now' | 'peak'): number;
  /** Seconds of processor time so far. */
  processorTime(): number;
  stop(): Promise<void>;
}

export function uriOf(project: string, name: string): string {
  return pathToFileURL(join(project, 'db', 'migration', name)).href;
}

export async function startServer(project: string): Promise<BenchServer> {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const reader = new StreamMessageReader(child.stdout);
  const connection = createMessageConnection(reader, new StreamMessageWriter(child.stdin));
  let received = 0;
  child.stdout.on('data', () => {
    received += 1;
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(project).href, name: 'bench' }],
    capabilities: {
      textDocument: {
        diagnostic: {},
        codeAction: { dataSupport: true, resolveSupport: { properties: ['edit', 'command'] } },
      },
      workspace: {
        workspaceFolders: true,
        workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      },
    },
  });
  const initialized = performance.now() - started;
  await connection.sendNotification('initialized', {});
  const versions = new Map<string, number>();
  const request = <T>(method: string, params: object): Promise<T> => connection.sendRequest(method, params);
  return {
    connection,
    initialized,
    sinceStart: () => performance.now() - started,
    open(uri, text, languageId = 'sql') {
      versions.set(uri, 1);
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      });
    },
    async edit(uri, change) {
      const version = (versions.get(uri) ?? 1) + 1;
      versions.set(uri, version);
      const before = performance.now();
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [change],
      });
      await request('textDocument/diagnostic', { textDocument: { uri } });
      return performance.now() - before;
    },
    request,
    messages() {
      const count = received;
      received = 0;
      return count;
    },
    megabytes: (which) => memory(child, which === 'now' ? 'VmRSS' : 'VmHWM'),
    processorTime: () => processorTime(child),
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

function memory({ pid }: ChildProcess, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}

/** Fields 14 and 15 of /proc/PID/stat, in ticks of 10 ms. */
function processorTime({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
