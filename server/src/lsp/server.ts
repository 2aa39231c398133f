import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
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
import { type Watch, watchFiles } from './watch.ts';

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
      opened: ({ path, document }) => onText(session, watch, path, document.getText()),
      changed: ({ path, document }) => onText(session, watch, path, document.getText()),
      closed: ({ path }) => onClosed(session, watch, path),
      saved: ({ path }) => watch.saved(path),
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
  const watch = watchFiles(session);
  followSettings(session, watch);
  connection.onInitialized(() => {
    void initialised(session, watch)
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

async function initialised(session: Session, watch: Watch): Promise<void> {
  const { connection, abilities, workspace } = session;
  if (abilities.configuration)
    void connection.client.register(DidChangeConfigurationNotification.type, { section: 'schemaward' });
  watch.begin();
  await readSettings(session);
  await workspace.load();
  await readFiles(session);
  watch.begunElsewhere();
  session.isReady = true;
  for (const path of session.documents.all.keys()) watch.edited(path);
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

function onText(session: Session, watch: Watch, path: FilePath, text: string | undefined): void {
  session.workspace.overlay(path, text);
  if (!session.isReady) return;
  watch.edited(path);
  pushDiagnostics(session, [path]);
  session.background.start();
}

/** The disk counts again: what another program wrote there meanwhile was not looked at while the document was open. */
function onClosed(session: Session, watch: Watch, path: FilePath): void {
  session.workspace.refresh([path]);
  onText(session, watch, path, undefined);
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

function followSettings(session: Session, watch: Watch): void {
  const { connection, workspace } = session;
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
      void watch.followed(() => workspace.load()).catch((error) => logFailure(session, 'folders', error));
    });
  connection.onShutdown(() => session.background.stop());
}
