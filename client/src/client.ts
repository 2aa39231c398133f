import { type Event, EventEmitter, type ExtensionContext, l10n, window, workspace } from 'vscode';
import {
  type CodeAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { changed } from '../../server/src/protocol/changed.ts';
import type { Method } from '../../server/src/protocol/method.ts';
import { besideOthers } from './contracts/beside.ts';
import { createOutput } from './output.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

/** The running server, as the rest of the client sees it. */
export interface Client {
  /** Resolves when the server runs; also when it could not be started, because the views then say so. */
  readonly ready: Promise<void>;
  readonly running: boolean;
  /** Something that views show has become stale. */
  readonly onChanged: Event<void>;
  /** `undefined` while there is no server. */
  ask<P, R>(method: Method<P, R>, params: P): Promise<R | undefined>;
  protocol(): LanguageClient;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** What the edit that was chosen last leaves to do. */
export interface AfterEdit {
  readonly notes: readonly string[];
  readonly creates: readonly string[];
}

let lastEdit: AfterEdit | undefined;

export function takeLastEdit(): AfterEdit | undefined {
  const taken = lastEdit;
  lastEdit = undefined;
  return taken;
}

function afterOf(action: object): AfterEdit | undefined {
  const data = 'data' in action ? (action.data as { readonly after?: AfterEdit } | undefined) : undefined;
  return data?.after;
}

const selector = [
  { language: 'sql' },
  { pattern: '**/*.sql' },
  { pattern: '**/schemaward.yaml' },
  { pattern: '**/*.{proto,avsc,avpr,avdl}' },
];

export function startClient(context: ExtensionContext): Client {
  const emitter = new EventEmitter<void>();
  const output = createOutput();
  const module = context.asAbsolutePath('dist/cli.js');
  const server: ServerOptions = {
    run: { module, args: ['lsp'], transport: TransportKind.ipc },
    debug: {
      module,
      args: ['lsp'],
      transport: TransportKind.ipc,
      options: { execArgv: ['--nolazy', '--inspect=6019'] },
    },
  };
  const options = (): LanguageClientOptions => ({
    documentSelector: selector,
    outputChannel: output.log,
    traceOutputChannel: output.trace,
    initializationOptions: { schemaward: true, trusted: workspace.isTrusted },
    // Since version 10 of the client nothing is linted while typing unless this says so.
    diagnosticPullOptions: { onChange: true, onSave: true, onTabs: true },
    markdown: { isTrusted: { enabledCommands: ['schemaward.explain'] }, supportHtml: false },
    initializationFailedHandler: () => false,
    // What fails inside the protocol is logged; a person is told by the views, never by a notification.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    middleware: {
      ...besideOthers(ask),
      resolveCodeAction: async (action, token, next) => {
        const { data } = action as { readonly data?: unknown };
        if (data === undefined) return next(action, token);
        const resolved = await client.sendRequest<CodeAction>(
          'codeAction/resolve',
          { title: action.title, data },
          token,
        );
        lastEdit = afterOf(resolved);
        if (resolved.edit !== undefined) action.edit = toWorkspaceEdit(resolved.edit);
        if (resolved.command !== undefined) action.command = client.protocol2CodeConverter.asCommand(resolved.command);
        return action;
      },
    },
  });
  let client = new LanguageClient('schemaward', 'Schemaward', server, options());
  const listen = () => {
    client.onNotification(changed.method, () => emitter.fire());
    client.onDidChangeState(({ newState }) => newState === State.Stopped && emitter.fire());
  };
  listen();
  const begin = () =>
    client
      .start()
      .catch(
        () => void window.setStatusBarMessage(l10n.t('Schemaward could not start its server; see its output.'), 10_000),
      );
  let starting: Promise<unknown> = begin();
  async function ask<P, R>({ method }: Method<P, R>, params: P): Promise<R | undefined> {
    await starting;
    if (client.state !== State.Running) return undefined;
    return client.sendRequest<R>(method, params);
  }
  const halt = async () => {
    await starting;
    if (client.state === State.Running) await client.stop().catch(() => undefined);
  };
  const replace = async () => {
    await halt();
    await client.dispose().catch(() => undefined);
    client = new LanguageClient('schemaward', 'Schemaward', server, options());
    listen();
    starting = begin();
    await starting;
    emitter.fire();
  };
  // One restart after the other: two at once would leave a server that nobody stops.
  let turn: Promise<void> = Promise.resolve();
  context.subscriptions.push(emitter, { dispose: () => void halt().finally(() => output.log.dispose()) });
  return {
    ready: starting.then(() => undefined),
    get running() {
      return client.state === State.Running;
    },
    onChanged: emitter.event,
    protocol: () => client,
    ask,
    restart() {
      turn = turn.then(replace);
      return turn;
    },
    stop: halt,
  };
}
