import { commands, type ExtensionContext, workspace } from 'vscode';
import { type Client, startClient } from './client.ts';
import { registerCommands } from './commands/index.ts';
import { registerConnect } from './connect.ts';
import { type ContractsView, registerContracts } from './contracts/index.ts';
import { registerEvolutionDocuments } from './documents.ts';
import { registerLanguageStatus } from './language-status.ts';
import { createModel } from './model.ts';
import { registerTree } from './tree/index.ts';

let stop: (() => Promise<void>) | undefined;

/** What tests reach through `extension.exports`: the same objects that the views use. */
export interface Api {
  readonly ready: Promise<void>;
  readonly client: Client;
  readonly tree: ReturnType<typeof registerTree>;
  readonly contracts: ContractsView;
}

export function activate(context: ExtensionContext): Api {
  const client = startClient(context);
  const model = createModel(context, client);
  const tree = registerTree(context, model);
  registerDocumentsAndStatus(context, client, model);
  const contracts = registerContracts(context, client);
  registerCommands(context, client, model, tree);
  registerConnect(context, client, model);
  stop = client.stop;
  context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => void client.restart()));
  void commands.executeCommand('setContext', 'schemaward.started', true);
  return { ready: client.ready, client, tree, contracts };
}

function registerDocumentsAndStatus(
  context: ExtensionContext,
  client: ReturnType<typeof startClient>,
  model: ReturnType<typeof createModel>,
): void {
  registerEvolutionDocuments(context, client);
  registerLanguageStatus(context, client, model);
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
