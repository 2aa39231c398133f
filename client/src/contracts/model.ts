import { commands, type Event, EventEmitter, type ExtensionContext } from 'vscode';
import { type ContractGroup, contracts } from '../../../server/src/protocol/contracts.ts';
import type { Client } from '../client.ts';

/** What the server last said of the contracts. It stays until the next answer is complete. */
export interface ContractModel {
  readonly groups: readonly ContractGroup[];
  readonly onChanged: Event<void>;
  refresh(): Promise<void>;
}

/** Bursts of notifications become one request. */
const gather = 60;

export function createContractModel(context: ExtensionContext, client: Client): ContractModel {
  const emitter = new EventEmitter<void>();
  let groups: readonly ContractGroup[] = [];
  let timer: NodeJS.Timeout | undefined;
  let last = '';
  const refresh = async () => {
    const answer = await client.ask(contracts, null);
    if (answer === undefined || !answer.ready) return;
    const text = JSON.stringify(answer);
    if (text === last) return;
    last = text;
    groups = answer.groups;
    await commands.executeCommand('setContext', 'schemaward.hasContracts', groups.length > 0);
    emitter.fire();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh().catch(() => undefined), gather);
  };
  context.subscriptions.push(emitter, client.onChanged(soon), { dispose: () => clearTimeout(timer) });
  void client.ready.then(soon);
  return {
    get groups() {
      return groups;
    },
    onChanged: emitter.event,
    refresh,
  };
}
