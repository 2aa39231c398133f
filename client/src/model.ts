import { commands, type Event, type ExtensionContext } from 'vscode';
import { type StatusProject, status } from '../../server/src/protocol/status.ts';
import type { Client } from './client.ts';
import { keepAnswer } from './kept.ts';

/** What the server last said of the migrations. */
export interface Model {
  readonly projects: readonly StatusProject[];
  readonly ready: boolean;
  readonly onChanged: Event<void>;
  refresh(): Promise<void>;
}

export function createModel(context: ExtensionContext, client: Client): Model {
  const kept = keepAnswer(context, client, status, async ({ projects }) => {
    await commands.executeCommand('setContext', 'schemaward.hasMigrations', projects.length > 0);
    await commands.executeCommand('setContext', 'schemaward.ready', true);
  });
  return {
    get projects() {
      return kept.answer?.projects ?? [];
    },
    get ready() {
      return kept.answer !== undefined;
    },
    onChanged: kept.onChanged,
    refresh: kept.refresh,
  };
}
