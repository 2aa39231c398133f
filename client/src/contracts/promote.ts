import { commands, type ExtensionContext, l10n, window } from 'vscode';
import type { Client } from '../client.ts';
import { proposeAndApply } from '../commands/edits.ts';
import { phaseWords } from './evolution-item.ts';
import type { ContractModel } from './model.ts';
import type { ContractNode } from './node.ts';

/** The last step of a field that gives way: it goes, and what it was is reserved. */
export function registerPromote(context: ExtensionContext, client: Client, model: ContractModel): void {
  context.subscriptions.push(
    commands.registerCommand('schemaward.promoteRemoval', async (node?: ContractNode) => {
      const id = node?.kind === 'evolution' ? node.evolution.id : await pick(model);
      if (id !== undefined) await proposeAndApply(client, { kind: 'promote', id });
    }),
  );
}

async function pick({ groups }: ContractModel): Promise<string | undefined> {
  const all = groups.flatMap(({ evolutions }) => evolutions);
  if (all.length === 0) return void window.showInformationMessage(l10n.t('No field of a contract is being evolved.'));
  const picked = await window.showQuickPick(
    all.map((evolution) => ({
      label: evolution.element,
      description: phaseWords(evolution),
      detail: evolution.next,
      id: evolution.id,
    })),
    { title: l10n.t('Promote which removal?') },
  );
  return picked?.id;
}
