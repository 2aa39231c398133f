import { commands, type ExtensionContext, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { baselines, baselineText, type ContractGroup } from '../../../server/src/protocol/contracts.ts';
import type { Client } from '../client.ts';
import { proposeAndApply } from '../commands/edits.ts';
import type { ContractModel } from './model.ts';
import type { ContractNode } from './node.ts';

/** The server's links into old texts have it too (`lsp/baseline.ts`); the path is the file's own. */
const scheme = 'schemaward-baseline';

export function registerBaseline(context: ExtensionContext, client: Client, model: ContractModel): void {
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(scheme, {
      async provideTextDocumentContent(uri) {
        const answer = await client.ask(baselineText, { uri: uri.with({ scheme: 'file' }).toString() });
        return answer?.text ?? '';
      },
    }),
    commands.registerCommand('schemaward.showBaseline', (from?: Uri | { readonly uri: string }) =>
      showBaseline(client, from),
    ),
    commands.registerCommand('schemaward.changeBaseline', (node?: ContractNode) => changeBaseline(client, model, node)),
  );
}

/** A diff of a contract as it was and as it is, opened where the person stands. */
async function showBaseline(client: Client, from: Uri | { readonly uri: string } | undefined): Promise<void> {
  const editor = window.activeTextEditor;
  const file = from instanceof Uri ? from : from === undefined ? editor?.document.uri : Uri.parse(from.uri);
  if (file === undefined) return;
  const answer = await client.ask(baselineText, { uri: file.toString() });
  if (answer === null || answer === undefined)
    return void window.showInformationMessage(l10n.t('This file has no earlier state to compare with.'));
  const old = file.with({ scheme });
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const isThere = await workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return void (await window.showTextDocument(old, { preview: true }));
  const selection = editor?.document.uri.toString() === file.toString() ? { selection: editor.selection } : {};
  await commands.executeCommand('vscode.diff', old, file, l10n.t('{0}: baseline and now', name), selection);
}

interface Choice extends QuickPickItem {
  readonly words?: string;
  readonly pattern?: true;
}

async function changeBaseline(client: Client, model: ContractModel, node: ContractNode | undefined): Promise<void> {
  const group = node !== undefined && 'group' in node ? node.group : model.groups[0];
  if (group === undefined) return void window.showInformationMessage(l10n.t('No contracts were found here.'));
  const picked = await window.showQuickPick(choices(client, group), {
    title: l10n.t('Compare contracts with'),
    placeHolder: group.baseline === undefined ? '' : l10n.t('Now: {0}', group.baseline),
    matchOnDescription: true,
  });
  const words = picked?.pattern === true ? await askPattern() : picked?.words;
  if (words !== undefined) await proposeAndApply(client, { kind: 'baseline', rootUri: group.rootUri, words });
}

async function choices(client: Client, { rootUri }: ContractGroup): Promise<readonly Choice[]> {
  const known = (await client.ask(baselines, { rootUri })) ?? [];
  return [
    {
      label: l10n.t('Where this branch began'),
      description: l10n.t('the merge base with the base branch'),
      words: 'merge-base',
    },
    { label: l10n.t('The last release...'), description: l10n.t('the newest tag of a pattern'), pattern: true },
    ...known.map(({ words, description }) => ({ label: words.replace(/^ref:/, ''), description, words })),
  ];
}

async function askPattern(): Promise<string | undefined> {
  const pattern = await window.showInputBox({
    title: l10n.t('Tags that are releases'),
    value: 'v*',
    validateInput: (text) => (text.trim() === '' ? l10n.t('A pattern is needed, such as v*.') : undefined),
  });
  return pattern === undefined ? undefined : `tag:${pattern.trim()}`;
}
