import { commands, type Event, EventEmitter, type ExtensionContext } from 'vscode';
import { type StatusProject, status } from '../../server/src/protocol/status.ts';
import type { Client } from './client.ts';

/** What the server last said of the workspace. It stays until the next answer is complete, so that views never flicker. */
export interface Model {
  readonly projects: readonly StatusProject[];
  readonly ready: boolean;
  readonly onChanged: Event<void>;
  refresh(): Promise<void>;
}

/** Bursts of notifications become one request. */
const gather = 60;

export function createModel(context: ExtensionContext, client: Client): Model {
  const emitter = new EventEmitter<void>();
  let projects: readonly StatusProject[] = [];
  let ready = false;
  let timer: NodeJS.Timeout | undefined;
  let last = '';

  const refresh = async () => {
    const answer = await client.ask(status, null);
    if (answer === undefined || !answer.ready) return;
    const text = JSON.stringify(answer);
    if (text === last) return;
    last = text;
    ({ projects, ready } = answer);
    await commands.executeCommand('setContext', 'schemaward.hasMigrations', projects.length > 0);
    await commands.executeCommand('setContext', 'schemaward.ready', true);
    emitter.fire();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh().catch(() => undefined), gather);
  };
  context.subscriptions.push(emitter, client.onChanged(soon), { dispose: () => clearTimeout(timer) });
  void client.ready.then(soon);
  return {
    get projects() {
      return projects;
    },
    get ready() {
      return ready;
    },
    onChanged: emitter.event,
    refresh,
  };
}
