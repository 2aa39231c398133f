import { commands, type Event, type ExtensionContext } from 'vscode';
import { type ContractGroup, contracts } from '../../../server/src/protocol/contracts.ts';
import type { Client } from '../client.ts';
import { keepAnswer } from '../kept.ts';

/** What the server last said of the contracts. */
export interface ContractModel {
  readonly groups: readonly ContractGroup[];
  readonly onChanged: Event<void>;
  refresh(): Promise<void>;
}

export function createContractModel(context: ExtensionContext, client: Client): ContractModel {
  const kept = keepAnswer(context, client, contracts, async ({ groups }) => {
    await commands.executeCommand('setContext', 'schemaward.hasContracts', groups.length > 0);
  });
  return {
    get groups() {
      return kept.answer?.groups ?? [];
    },
    onChanged: kept.onChanged,
    refresh: kept.refresh,
  };
}
