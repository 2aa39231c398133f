import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { configName } from '#core/config/config.ts';
import type { FilePath } from '#core/model/text.ts';
import type { Service } from '#core/service.ts';
import { fromNative, fromUri } from '#host/paths.ts';
import { version } from '#host/version.ts';
import { createWorkspace } from '#host/workspace.ts';
import { changed } from '#protocol/changed.ts';
import { defaultSettings, type Settings } from '#protocol/settings.ts';
import { abilitiesOf } from './abilities.ts';
import { createBackground } from './background.ts';
import { FIX_ALL } from './convert.ts';
import { syncKind, trackDocuments } from './documents.ts';
import { readFiles } from './features/connections.ts';
import { features } from './features/index.ts';
import { pushDiagnostics } from './features/push.ts';
import { legend } from './features/semantic-tokens.ts';
import { logFailure } from './guard.ts';
import type { Session } from './session.ts';

/** Wires one client to one engine. */
export function serve(connection: Connection, service: Promise<Service>): void {
  connection.onInitialize(async (params): Promise<InitializeResult> => {
    startSession(connection, await service, params);
    return { capabilities: capabilities(), serverInfo: { name: 'schemaward', version } };
  });
  connection.listen();
}

function capabilities(): InitializeResult['capabilities'] {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: syncKind, save: { includeText: false } },
    diagnosticProvider: { identifier: 'schemaward', interFileDependencies: true, workspaceDiagnostics: true },
    codeActionProvider: {
      codeActionKinds: ['quickfix', 'refactor.rewrite', FIX_ALL],
      resolveProvider: true,
    },
    hoverProvider: true,
    definitionProvider: true,
    documentSymbolProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    semanticTokensProvider: { legend, full: true },
    inlayHintProvider: true,
    completionProvider: { triggerCharacters: [':', ' ', '-', '"', '.', '@', '<', '(', '['] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

function startSession(connection: Connection, service: Service, params: InitializeParams): void {
  const abilities = abilitiesOf(params.capabilities, params.initializationOptions);
  const workspace = createWorkspace(service, {
    roots: rootsOf(params),
    trusted: isTrusted(params.initializationOptions),
    overrides: {},
    env: process.env,
    now: () => new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  const waiting = new Set<() => void>();
  const background = createBackground(
    service,
    workspace,
    (paths) => {
      pushDiagnostics(session, [...paths, ...session.documents.all.keys()]);
      if (paths.size > 0 && abilities.refreshDiagnostics) void connection.languages.diagnostics.refresh();
      for (const wake of waiting) wake();
      void connection.sendNotification(changed.method, { scopes: ['status'] });
    },
    (error) => logFailure({ connection }, 'background check', error),
  );
  let begin: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const session: Session = {
    connection,
    service,
    workspace,
    abilities,
    background,
    ready,
    settings: defaultSettings,
    isReady: false,
    documents: trackDocuments(connection, {
      opened: ({ path, document }) => onText(session, path, document.getText()),
      changed: ({ path, document }) => onText(session, path, document.getText()),
      closed: ({ path }) => onClosed(session, path),
      saved: ({ path }) => onSaved(session, path),
    }),
    nextChange: (token) => nextChange(waiting, token),
    invalidated: (scopes) => {
      background.start();
      if (abilities.inlayRefresh) void connection.languages.inlayHint.refresh();
      if (abilities.refreshDiagnostics) void connection.languages.diagnostics.refresh();
      void connection.sendNotification(changed.method, { scopes });
    },
  };
  for (const feature of features) feature(session);
  watch(session);
  connection.onInitialized(() => {
    void initialised(session)
      .catch((error) => logFailure(session, 'start', error))
      .finally(begin);
  });
}

function rootsOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly FilePath[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null || rootUri === undefined ? [] : [rootUri]);
  const roots = uris.flatMap((uri) => fromUri(uri) ?? []);
  return roots.length > 0 || rootPath === null || rootPath === undefined ? roots : [fromNative(rootPath)];
}

/** Other editors have no notion of trust: opening a folder there is the consent. */
function isTrusted(options: unknown): boolean {
  return !(typeof options === 'object' && options !== null && 'trusted' in options && options.trusted === false);
}

async function initialised(session: Session): Promise<void> {
  const { connection, abilities, workspace } = session;
  if (abilities.configuration)
    void connection.client.register(DidChangeConfigurationNotification.type, { section: 'schemaward' });
  if (abilities.watchFiles)
    void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
  await readSettings(session);
  await workspace.load();
  await readFiles(session);
  session.isReady = true;
  session.invalidated(['status', 'file-info']);
}

/** @param pushed what a client sends that cannot be asked */
async function readSettings(session: Session, pushed?: unknown): Promise<void> {
  const { connection, abilities, workspace } = session;
  const answer: unknown = abilities.configuration
    ? await connection.workspace.getConfiguration('schemaward').catch(() => null)
    : isRecord(pushed)
      ? pushed.schemaward
      : null;
  const settings = settingsFrom(answer);
  session.settings = settings;
  const { dialect, lintTarget, targetVersion } = settings;
  workspace.configure({
    overrides: {
      ...(dialect === '' ? {} : { dialect }),
      ...(lintTarget === '' ? {} : { lintTarget }),
      ...(targetVersion > 0 ? { targetVersion } : {}),
    },
  });
}

/** Whatever a client answers: a value of another type counts as not given. */
function settingsFrom(answer: unknown): Settings {
  if (!isRecord(answer)) return defaultSettings;
  const given = Object.entries(defaultSettings).filter(([key, usual]) => typeof answer[key] === typeof usual);
  return { ...defaultSettings, ...Object.fromEntries(given.map(([key]) => [key, answer[key]])) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function onText(session: Session, path: FilePath, text: string | undefined): void {
  session.workspace.overlay(path, text);
  if (!session.isReady) return;
  pushDiagnostics(session, [path]);
  session.background.start();
}

/** The disk counts again: what another program wrote there meanwhile was not looked at while the document was open. */
function onClosed(session: Session, path: FilePath): void {
  session.workspace.refresh([path]);
  onText(session, path, undefined);
}

/** The text was in the overlay already; only what the settings say of git and targets is read when they are saved. */
function onSaved(session: Session, path: FilePath): void {
  const { workspace } = session;
  void followed(session, async () => {
    workspace.refresh([path]);
    if (path.endsWith(`/${configName}`)) await workspace.readBases();
  }).catch((error) => logFailure(session, 'saved', error));
}

/** Tells the client that answers may differ, and only where something does. */
async function followed(session: Session, change: () => void | Promise<void>): Promise<void> {
  const before = session.workspace.snapshot;
  await change();
  await readFiles(session);
  if (session.workspace.snapshot !== before) session.invalidated(['status', 'file-info']);
}

function nextChange(waiting: Set<() => void>, token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      waiting.delete(wake);
      resolve();
    };
    waiting.add(wake);
    token.onCancellationRequested(wake);
  });
}

/** Milliseconds in which a burst of file events (a branch switch) is gathered. */
const burst = 50;

function watch(session: Session): void {
  const { connection, workspace } = session;
  let paths = new Set<FilePath>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  const flush = () => {
    timer = undefined;
    const mine = paths;
    paths = new Set();
    flushing = flushing
      .then(() =>
        followed(session, async () => {
          const git = [...mine].some((path) => /\/\.git\/(HEAD|refs\/|packed-refs|index$)/.test(path));
          if (git || mine.size > 100) await workspace.load();
          else workspace.refresh([...mine]);
          if ([...mine].some((path) => path.endsWith(`/${configName}`))) await workspace.readBases();
        }),
      )
      .catch((error) => logFailure(session, 'watch', error));
  };
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      const path = fromUri(uri);
      if (path === undefined || (type === FileChangeType.Changed && session.documents.all.has(path))) continue;
      if (!isInteresting(path)) continue;
      paths.add(path);
    }
    if (paths.size > 0) timer ??= setTimeout(flush, burst);
  });
  connection.onDidChangeConfiguration((params) => {
    void readSettings(session, params?.settings)
      .then(() => session.invalidated(['status', 'file-info']))
      .catch((error) => logFailure(session, 'settings', error));
  });
  if (session.abilities.workspaceFolders)
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => fromUri(uri)));
      const roots = [
        ...workspace.options.roots.filter((root) => !gone.has(root)),
        ...added.flatMap(({ uri }) => fromUri(uri) ?? []),
      ];
      workspace.configure({ roots });
      void followed(session, () => workspace.load()).catch((error) => logFailure(session, 'folders', error));
    });
  connection.onShutdown(() => {
    clearTimeout(timer);
    session.background.stop();
  });
}

function isInteresting(path: FilePath): boolean {
  return (
    !/\/(node_modules|target|\.gradle)\//.test(path) &&
    (!path.includes('/.git/') || /\/\.git\/(HEAD|refs\/.*|packed-refs)$/.test(path))
  );
}
