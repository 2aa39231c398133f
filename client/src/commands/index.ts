import { commands, type ExtensionContext, env, l10n, Position, Uri, window, workspace } from 'vscode';
import { appliedText } from '../../../server/src/protocol/applied-text.ts';
import { checkHistory } from '../../../server/src/protocol/check-history.ts';
import { refresh } from '../../../server/src/protocol/connect.ts';
import { type Client, takeLastEdit } from '../client.ts';
import { appliedUri, ruleUri } from '../documents.ts';
import type { Model } from '../model.ts';
import type { Tree } from '../tree/index.ts';
import type { Node } from '../tree/node.ts';
import { afterEdit, proposeAndApply } from './edits.ts';

type EntryNode = Extract<Node, { kind: 'entry' }>;

/** Palette and menu commands. Each explains itself while the server is not there. */
export function registerCommands(context: ExtensionContext, client: Client, model: Model, tree: Tree): void {
  const register = (name: string, run: (...args: never[]) => unknown) =>
    context.subscriptions.push(commands.registerCommand(`schemaward.${name}`, run));
  register('refresh', async () => {
    await client.ask(refresh, null);
    await model.refresh();
  });
  register('restart', () => client.restart());
  register('explain', (rule: string) => commands.executeCommand('markdown.showPreview', ruleUri(rule)));
  register('afterEdit', () => {
    const last = takeLastEdit();
    return last === undefined ? undefined : afterEdit(last);
  });
  register('open', async () => {
    await commands.executeCommand('setContext', 'schemaward.wanted', true);
    await commands.executeCommand('schemaward.migrations.focus');
  });
  register('newSettings', newSettings);
  register('newMigration', (node?: Node) => newMigration(client, model, node));
  register('promote', (node?: Node) => promote(client, model, node));
  register(
    'copyVersion',
    (node?: EntryNode) => node?.entry.version !== undefined && env.clipboard.writeText(node.entry.version),
  );
  register(
    'reveal',
    (node?: EntryNode) =>
      node?.entry.uri !== undefined && commands.executeCommand('revealInExplorer', Uri.parse(node.entry.uri)),
  );
  register(
    'revealInTree',
    () => window.activeTextEditor !== undefined && tree.reveal(window.activeTextEditor.document.uri.toString()),
  );
  register('compareApplied', (node?: EntryNode) => compareApplied(client, node));
  register('search', async () => {
    const text = await window.showInputBox({
      title: l10n.t('Find a migration'),
      prompt: l10n.t('Part of a version, description or file name; empty shows all'),
    });
    if (text === undefined) return;
    tree.filter(text);
    await commands.executeCommand('setContext', 'schemaward.filtered', text.trim() !== '');
  });
  register('clearSearch', async () => {
    tree.filter('');
    await commands.executeCommand('setContext', 'schemaward.filtered', false);
  });
  register('checkHistory', () => toggleHistory(client, true));
  register('stopCheckHistory', () => toggleHistory(client, false));
  register('chooseDialect', () => chooseDialect());
  register('showProblems', () => commands.executeCommand('workbench.actions.view.problems'));
}

/** Opened unsaved: nothing is written until the person saves. An existing file is opened as it is. */
async function newSettings(): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (folder === undefined) return;
  const file = Uri.joinPath(folder.uri, 'schemaward.yaml');
  const exists = await workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  const document = await workspace.openTextDocument(exists ? file : file.with({ scheme: 'untitled' }));
  const editor = await window.showTextDocument(document);
  if (!exists) await editor.edit((edit) => edit.insert(new Position(0, 0), settingsStart));
}

const settingsStart = `version: 1
projects:
  - root: .
    locations: [db/migration]
`;

async function newMigration(client: Client, model: Model, node: Node | undefined): Promise<void> {
  const project = node !== undefined && 'project' in node ? node.project.name : await pickProject(model);
  if (project === undefined) return sayNothingThere(model);
  const description = await window.showInputBox({
    title: l10n.t('New migration in {0}', project),
    prompt: l10n.t('What it does, in a few words'),
    validateInput: (text) => (text.trim() === '' ? l10n.t('A description is needed.') : undefined),
  });
  if (description !== undefined)
    await proposeAndApply(client, { kind: 'new-migration', project, description: description.trim() });
}

async function pickProject(model: Model): Promise<string | undefined> {
  if (model.projects.length <= 1) return model.projects[0]?.name;
  return window.showQuickPick(
    model.projects.map(({ name }) => name),
    { title: l10n.t('In which project?') },
  );
}

function sayNothingThere(model: Model): void {
  if (model.projects.length === 0)
    void window.showInformationMessage(l10n.t('No migration history was found in this workspace.'));
}

async function promote(client: Client, model: Model, node: Node | undefined): Promise<void> {
  const id = node?.kind === 'evolution' ? node.evolution.id : await pickEvolution(model);
  if (id !== undefined) await proposeAndApply(client, { kind: 'promote', id });
}

async function pickEvolution(model: Model): Promise<string | undefined> {
  const open = model.projects.flatMap(({ evolutions }) => evolutions).filter(({ phase }) => phase !== 'done');
  if (open.length === 0) void window.showInformationMessage(l10n.t('No evolution has a contract that waits.'));
  const picked = await window.showQuickPick(
    open.map(({ id, table, next }) => ({ label: id, description: table, detail: next })),
    { title: l10n.t('Promote which contract?') },
  );
  return picked?.label;
}

async function compareApplied(client: Client, node: EntryNode | undefined): Promise<void> {
  if (node?.entry.uri === undefined) return;
  const params = { uri: node.entry.uri, project: node.project.name, target: node.target.name };
  const answer = await client.ask(appliedText, params);
  if (answer?.kind !== 'found') {
    void window.showInformationMessage(answer?.reason ?? l10n.t('The server is not running.'));
    return;
  }
  const file = Uri.parse(node.entry.uri);
  const title = l10n.t('{0}: as applied ({1}) and now', node.entry.script, answer.from);
  await commands.executeCommand('vscode.diff', appliedUri(file, params.project, params.target), file, title);
}

async function toggleHistory(client: Client, on: boolean): Promise<void> {
  await commands.executeCommand('setContext', 'schemaward.checkingHistory', on);
  const answer = await window.withProgress({ location: { viewId: 'schemaward.migrations' } }, () =>
    Promise.resolve(client.ask(checkHistory, { on })),
  );
  if (on && answer !== undefined) {
    await commands.executeCommand('workbench.actions.view.problems');
    window.setStatusBarMessage(
      l10n.t('{0} findings in {1} files of the whole history', answer.findings, answer.files),
      8000,
    );
  }
}

async function chooseDialect(): Promise<void> {
  const names = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'sqlserver', 'oracle'];
  const picked = await window.showQuickPick(names, { title: l10n.t('Which database do these migrations run on?') });
  if (picked !== undefined) await workspace.getConfiguration('schemaward').update('dialect', picked, false);
}
