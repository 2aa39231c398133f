import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { after } from 'node:test';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const module = resolve(import.meta.dirname, '../../dist/cli.js');

export interface Diagnostic {
  readonly range: Range;
  readonly severity: number;
  readonly code: string;
  readonly message: string;
}

export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** One fresh server process, the bundled one that users get. */
export interface Server {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly exited: Promise<number | null>;
  /** Everything that the server wrote to stderr or logged through the protocol. */
  readonly logs: () => string;
  /** Methods of everything that the server asked for or told, in order. */
  readonly heard: () => readonly string[];
  /** What the next `workspace/configuration` is answered with. */
  configure(settings: unknown): void;
  initialize(over?: object): Promise<{ readonly capabilities: Record<string, unknown> }>;
  open(uri: string, text: string, version?: number, languageId?: string): void;
  change(uri: string, version: number, ...contentChanges: readonly object[]): void;
  close(uri: string): void;
  problems(uri: string, previousResultId?: string): Promise<readonly Diagnostic[]>;
  request<T>(method: string, params: unknown): Promise<T>;
  shutdown(): Promise<number | null>;
}

const running = new Set<ChildProcess>();

/** A failed test leaves its server behind, which would keep this process alive. */
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

export async function startServer(
  transport: 'stdio' | 'ipc' = 'stdio',
  options: { readonly configuration?: unknown; readonly env?: object } = {},
): Promise<Server> {
  if (!existsSync(module)) throw new Error('dist/cli.js is missing: run npm run build first');
  const isIpc = transport === 'ipc';
  const child = spawn(process.execPath, [module, 'lsp', isIpc ? '--node-ipc' : '--stdio'], {
    stdio: isIpc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  }) as ChildProcess;
  running.add(child);
  child.on('exit', () => running.delete(child));
  const logs: string[] = [];
  child.stderr?.on('data', (part) => logs.push(String(part)));
  const connection = connect(child, isIpc);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const heard: string[] = [];
  let configuration: unknown = options.configuration ?? null;
  connection.onRequest((method, params) => {
    heard.push(method);
    if (method !== 'workspace/configuration') return null;
    return (params as { items: unknown[] }).items.map(() => configuration as object | null);
  });
  connection.onNotification((method, params) => {
    heard.push(method);
    if (method === 'window/logMessage') logs.push((params as { message: string }).message);
  });
  connection.listen();
  const server: Server = {
    child,
    connection,
    exited,
    logs: () => logs.join('\n'),
    heard: () => [...heard],
    configure: (settings) => {
      configuration = settings;
    },
    async initialize(over = {}) {
      const result = await connection.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
        processId: process.pid,
        rootUri: null,
        capabilities: clientCapabilities,
        ...over,
      });
      await connection.sendNotification('initialized', {});
      return result;
    },
    open: (uri, text, version = 1, languageId = 'sql') =>
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version, text } }),
    change: (uri, version, ...contentChanges) =>
      void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    close: (uri) => void connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    async problems(uri, previousResultId) {
      const report = await connection.sendRequest<{ items?: readonly Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId === undefined ? {} : { previousResultId }),
      });
      return report.items ?? [];
    },
    request: (method, params) => connection.sendRequest(method, params),
    async shutdown() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return exited;
    },
  };
  return server;
}

function connect(child: ChildProcess, isIpc: boolean): MessageConnection {
  if (isIpc) return createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  if (child.stdout === null || child.stdin === null) throw new Error('no pipes');
  return createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
}

/** What VS Code's client says of itself, as far as a server could care (vscode-languageclient 11). */
export const clientCapabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create', 'rename', 'delete'],
      failureHandling: 'textOnlyTransactional',
      normalizesLineEndings: true,
      changeAnnotationSupport: { groupsOnLabel: true },
    },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true, didSave: true },
    diagnostic: {
      dynamicRegistration: true,
      relatedDocumentSupport: true,
      relatedInformation: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: {
      dynamicRegistration: true,
      isPreferredSupport: true,
      disabledSupport: true,
      dataSupport: true,
      honorsChangeAnnotations: true,
      resolveSupport: { properties: ['edit', 'command'] },
      codeActionLiteralSupport: {
        codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'refactor.rewrite', 'source'] },
      },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    completion: { completionItem: { snippetSupport: true } },
    inlayHint: { dynamicRegistration: true, resolveSupport: { properties: ['tooltip'] } },
  },
  window: { workDoneProgress: true },
  general: { positionEncodings: ['utf-16'], staleRequestSupport: { cancel: true, retryOnContentModified: [] } },
};
