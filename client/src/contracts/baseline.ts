import {
  commands,
  type ExtensionContext,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  Uri,
  window,
  workspace,
} from 'vscode';
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
      showBaseline(client, model, from),
    ),
    commands.registerCommand('schemaward.changeBaseline', (node?: ContractNode) => changeBaseline(client, model, node)),
  );
}

/** A diff of a contract as it was and as it is, opened where the person stands. */
async function showBaseline(
  client: Client,
  model: ContractModel,
  from: Uri | { readonly uri: string } | undefined,
): Promise<void> {
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
  const was = baselineOf(model, file);
  if (!isThere) return void (await commands.executeCommand('vscode.open', old, { preview: true }, `${name} (${was})`));
  const selection = editor?.document.uri.toString() === file.toString() ? { selection: editor.selection } : {};
  await commands.executeCommand('vscode.diff', old, file, l10n.t('{0}: {1} and now', name, was), selection);
}

/** As the view calls it. */
function baselineOf({ groups }: ContractModel, file: Uri): string {
  const uri = file.toString();
  const group = groups.find(({ contracts }) => contracts.some(({ files }) => files.some((each) => each.uri === uri)));
  return group?.baseline ?? l10n.t('baseline');
}

interface Choice extends QuickPickItem {
  /** As `contracts.baseline` takes it, or where it comes from. */
  readonly words?: string | (() => Promise<string | undefined>);
}

async function changeBaseline(client: Client, model: ContractModel, node: ContractNode | undefined): Promise<void> {
  const group = node !== undefined && 'group' in node ? node.group : await pickFolder(model);
  if (group === undefined) return;
  const files = model.groups
    .filter(({ rootUri }) => rootUri === group.rootUri)
    .flatMap(({ contracts }) => contracts.flatMap((contract) => contract.files.map(({ uri }) => uri)));
  const picked = await window.showQuickPick(choices(client, group, files), {
    title: l10n.t('Compare contracts with'),
    placeHolder: group.baseline === undefined ? (group.problem ?? '') : l10n.t('Now: {0}', group.baseline),
    matchOnDescription: true,
  });
  const words = typeof picked?.words === 'function' ? await picked.words() : picked?.words;
  if (words !== undefined) await setBaseline(client, group.rootUri, words);
}

/** Saved, because only what is saved counts; what a person has typed there and not saved stays for them to save. */
async function setBaseline(client: Client, rootUri: string, words: string): Promise<void> {
  const settings = Uri.joinPath(Uri.parse(rootUri), 'schemaward.yaml');
  const isDirty = workspace.textDocuments.some(({ uri, isDirty: dirty }) => dirty && uri.path === settings.path);
  await proposeAndApply(client, { kind: 'baseline', rootUri, words });
  if (isDirty) return;
  await Promise.resolve(workspace.openTextDocument(settings))
    .then((document) => document.save())
    .catch(() => undefined);
}

/** One group of each folder stands for all: the baseline is the folder's. */
async function pickFolder({ groups }: ContractModel): Promise<ContractGroup | undefined> {
  const folders = [...new Map(groups.map((group) => [group.rootUri, group] as const)).values()];
  if (folders.length === 0) void window.showInformationMessage(l10n.t('No contracts were found here.'));
  if (folders.length <= 1) return folders[0];
  const picked = await window.showQuickPick(
    folders.map((group) => ({
      label: workspace.asRelativePath(Uri.parse(group.rootUri)),
      description: group.baseline ?? '',
      group,
    })),
    { title: l10n.t('Contracts of which folder?') },
  );
  return picked?.group;
}

async function choices(
  client: Client,
  { rootUri, wanted }: ContractGroup,
  files: readonly string[],
): Promise<readonly Choice[]> {
  const known = (await client.ask(baselines, { rootUri })) ?? [];
  const named = known.map(({ words, description }) => ({
    label: words.replace(/^ref:/, ''),
    description,
    words,
    iconPath: new ThemeIcon(description.startsWith('tag') ? 'tag' : 'git-branch'),
  }));
  const all: readonly Choice[] = [
    {
      label: l10n.t('Where this branch began'),
      description: l10n.t('the merge base with the base branch'),
      words: 'merge-base',
      iconPath: new ThemeIcon('git-merge'),
    },
    {
      label: l10n.t('The last release...'),
      description: l10n.t('the newest tag of a pattern'),
      words: askPattern,
      iconPath: new ThemeIcon('tag'),
    },
    {
      label: l10n.t('A folder...'),
      description: l10n.t('old files, under the paths of the new ones'),
      words: () => askFolder(Uri.parse(rootUri), files),
      iconPath: new ThemeIcon('folder'),
    },
    ...(named.length === 0
      ? []
      : [{ label: l10n.t('tags and branches'), kind: QuickPickItemKind.Separator }, ...named]),
  ];
  return all.map((each) => (isWanted(each, wanted) ? { ...each, description: now(each.description, wanted) } : each));
}

/** The choice that stands in the settings; of those that ask further, the one that asks for such. */
function isWanted({ words }: Choice, wanted: string): boolean {
  if (typeof words !== 'function') return words === wanted;
  return words === askPattern ? wanted.startsWith('tag:') : wanted.startsWith('folder:');
}

function now(description: string | undefined, wanted: string): string {
  return wanted.includes(':') && !wanted.startsWith('ref:')
    ? l10n.t('{0}; now {1}', description ?? '', wanted.slice(wanted.indexOf(':') + 1))
    : l10n.t('{0}; now', description ?? '');
}

async function askPattern(): Promise<string | undefined> {
  const pattern = await window.showInputBox({
    title: l10n.t('Tags that are releases'),
    value: 'v*',
    validateInput: (text) => (text.trim() === '' ? l10n.t('A pattern is needed, such as v*.') : undefined),
  });
  return pattern === undefined ? undefined : `tag:${pattern.trim()}`;
}

/** Relative to the settings, where the folder lies below them; then what it is the older state of. */
async function askFolder(root: Uri, files: readonly string[]): Promise<string | undefined> {
  const [folder] =
    (await window.showOpenDialog({
      title: l10n.t('Folder with the old contracts'),
      openLabel: l10n.t('Compare'),
      defaultUri: root,
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return undefined;
  const below = `${root.path.replace(/\/$/, '')}/`;
  if (!folder.path.startsWith(below)) return `folder:${folder.fsPath}`;
  const old = folder.path.slice(below.length);
  const beside = foldersBeside(below, files, old);
  if (beside.length === 0) return `folder:${old}`;
  const picked = await window.showQuickPick(
    [
      ...beside.map((name) => ({ label: name, description: l10n.t('its files are those of {0} now', old), of: name })),
      { label: workspace.name ?? root.path, description: l10n.t('old files, under the paths of the new ones'), of: '' },
    ],
    { title: l10n.t('{0} is the older state of', old) },
  );
  if (picked === undefined) return undefined;
  return picked.of === '' ? `folder:${old}` : `folder:${old}=${picked.of}`;
}

/** Of `v1` the folders with contracts that stand next to it: `v2`. */
function foldersBeside(root: string, files: readonly string[], old: string): readonly string[] {
  const parent = old.slice(0, old.lastIndexOf('/') + 1);
  const names = files.flatMap((uri) => {
    const { path } = Uri.parse(uri);
    const rest = path.startsWith(root + parent) ? path.slice(root.length + parent.length) : '';
    return rest.includes('/') ? [`${parent}${rest.slice(0, rest.indexOf('/'))}`] : [];
  });
  return [...new Set(names)].filter((name) => name !== old).sort();
}
