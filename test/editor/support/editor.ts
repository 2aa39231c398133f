import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { open as openFolder } from '../../support/workspace.ts';
import type { Evaluate } from './evaluate.ts';
import { until } from './until.ts';

export interface Problem {
  readonly code: string;
  readonly message: string;
  /** 0 error, 1 warning, 2 information, 3 hint: as in the API. */
  readonly severity: number;
  readonly line: number;
  readonly text: string;
  readonly link: string;
  readonly related: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

/** An entry of the lightbulb's menu. */
export interface Offer {
  readonly title: string;
  readonly kind: string;
  readonly preferred: boolean;
  /** Why it cannot be chosen. */
  readonly disabled: string;
}

/** A row of the tree Migrations as VS Code draws it. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly contextValue: string;
  readonly spoken: string;
  readonly command: string;
  readonly children: readonly Row[];
}

/** What tests do in the window, in their own words. Names of files are relative to the workspace's first folder. */
export interface Editor {
  readonly root: string;
  readonly evaluate: Evaluate;
  path(name: string): string;
  exists(name: string): boolean;
  read(name: string): string;
  list(folder: string): readonly string[];
  /** On disk, as another program would. */
  write(name: string, text: string): void;
  remove(name: string): void;
  git(...args: readonly string[]): string;
  show(name: string): Promise<void>;
  /** Puts the cursor on some words of the file in front. */
  select(words: string): Promise<void>;
  /** Replaces the text of the open document, as typing does. */
  type(name: string, text: string): Promise<void>;
  textOf(name: string): Promise<string>;
  problems(name: string): Promise<readonly Problem[]>;
  /** Waits until exactly these rules are reported. */
  problemsAre(name: string, rules: readonly string[]): Promise<readonly Problem[]>;
  offers(name: string, words: string): Promise<readonly Offer[]>;
  /** Chooses an entry of the menu on some words, exactly as a click on it does. */
  choose(name: string, words: string, title: string): Promise<void>;
  command<T>(id: string, ...args: readonly unknown[]): Promise<T>;
  tree(project?: string): Promise<readonly Row[]>;
  treeWhen(what: string, project: string, wanted: (rows: readonly Row[]) => boolean): Promise<readonly Row[]>;
  /** Leaves nothing open and nothing unsaved. */
  closeAll(): Promise<void>;
}

export function editorOf(root: string, evaluate: Evaluate): Editor {
  const folder = openFolder(root, {});
  const path = (name: string) => join(root, name);
  const editor: Editor = {
    root,
    evaluate,
    path,
    exists: (name) => existsSync(path(name)),
    read: (name) => readFileSync(path(name), 'utf8'),
    list: (name) =>
      existsSync(path(name))
        ? readdirSync(path(name), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(path(name).length + 1))
            .sort()
        : [],
    write: folder.write,
    remove: (name) => rmSync(path(name), { recursive: true, force: true }),
    git: folder.git,
    show: (name) =>
      evaluate(async (vscode, file) => {
        await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
      }, path(name)),
    select: (words) =>
      evaluate(async (vscode, wanted) => {
        const front = vscode.window.activeTextEditor;
        const at = front?.document.getText().indexOf(wanted) ?? -1;
        if (front === undefined || at < 0) throw new Error(`"${wanted}" is not in front`);
        const position = front.document.positionAt(at + 1);
        front.selection = new vscode.Selection(position, position);
      }, words),
    type: (name, text) =>
      evaluate(
        async (vscode, file, content) => {
          const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
          const edit = new vscode.WorkspaceEdit();
          edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), content);
          await vscode.workspace.applyEdit(edit);
        },
        path(name),
        text,
      ),
    textOf: (name) =>
      evaluate(
        async (vscode, file) => (await vscode.workspace.openTextDocument(vscode.Uri.file(file))).getText(),
        path(name),
      ),
    problems: (name) => evaluate(readProblems, path(name)),
    problemsAre: (name, rules) =>
      until(
        `problems ${rules.join(', ') || 'none'} in ${name}`,
        () => editor.problems(name),
        (found) => JSON.stringify(found.map(({ code }) => code).sort()) === JSON.stringify([...rules].sort()),
      ),
    offers: (name, words) => evaluate(readOffers, path(name), words),
    async choose(name, words, title) {
      await editor.show(name);
      await editor.select(words);
      const offers = await until(
        `"${title}" on "${words}"`,
        () => editor.offers(name, words),
        (all) => all.some((offer) => offer.title.includes(title)),
      );
      const chosen = offers.find((offer) => offer.title.includes(title));
      const first = offers.find(({ kind }) => kind === chosen?.kind);
      if (chosen !== first) throw new Error(`"${title}" is not the first of its kind`);
      await until(
        `"${title}" applied`,
        () => evaluate(applyFirst, path(name), chosen?.kind ?? ''),
        (applied) => applied,
      );
    },
    command: (id, ...args) =>
      evaluate(
        async (vscode, name, given) => vscode.commands.executeCommand(name, ...given) as Promise<never>,
        id,
        args,
      ),
    async tree(project) {
      const rows = await evaluate(readRows, 'tree');
      if (project === undefined) return rows;
      return rows.find(({ id }) => id === project)?.children ?? [];
    },
    treeWhen: (what, project, wanted) => until(what, () => editor.tree(project), wanted),
    closeAll: () =>
      evaluate(async (vscode) => {
        for (const document of vscode.workspace.textDocuments) {
          if (!document.isDirty) continue;
          await vscode.window.showTextDocument(document);
          await vscode.commands.executeCommand('workbench.action.files.revert');
        }
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      }),
  };
  return editor;
}

async function readProblems(vscode: typeof import('vscode'), file: string): Promise<readonly Problem[]> {
  const uri = vscode.Uri.file(file);
  const document = await vscode.workspace.openTextDocument(uri);
  return vscode.languages.getDiagnostics(uri).map((each) => ({
    code: String(typeof each.code === 'object' ? each.code.value : each.code),
    link: typeof each.code === 'object' ? each.code.target.toString() : '',
    message: each.message,
    severity: each.severity,
    line: each.range.start.line,
    text: document.getText(each.range),
    related: (each.relatedInformation ?? []).map(({ location, message }) => ({
      file: location.uri.path.slice(location.uri.path.lastIndexOf('/') + 1),
      line: location.range.start.line,
      message,
    })),
  }));
}

async function readOffers(vscode: typeof import('vscode'), file: string, words: string): Promise<readonly Offer[]> {
  const uri = vscode.Uri.file(file);
  const document = await vscode.workspace.openTextDocument(uri);
  const at = document.getText().indexOf(words);
  if (at < 0) throw new Error(`"${words}" is not in ${file}`);
  const range = new vscode.Range(document.positionAt(at + 1), document.positionAt(at + 1));
  const found = await vscode.commands.executeCommand<import('vscode').CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
  );
  return found
    .filter(({ kind }) => kind !== undefined)
    .map(({ title, kind, isPreferred, disabled }) => ({
      title,
      kind: kind?.value ?? '',
      preferred: isPreferred === true,
      disabled: disabled?.reason ?? '',
    }));
}

/**
 * The editor's own route: the first action of a kind at the cursor. Where the Refactor Preview opens, its *Apply* is
 * pressed; what it left unticked stays undone, as for a person. True once the file is another, or another file.
 */
async function applyFirst(vscode: typeof import('vscode'), file: string, kind: string): Promise<boolean> {
  const text = () => vscode.workspace.textDocuments.find(({ uri }) => uri.path === file)?.getText();
  const count = async () => (await vscode.workspace.findFiles('**/*')).length;
  const before = { text: text(), count: await count() };
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await vscode.commands.executeCommand('editor.action.codeAction', { kind, apply: 'first' });
  const end = Date.now() + 5000;
  while (Date.now() < end) {
    await vscode.commands.executeCommand('refactorPreview.apply');
    if (text() !== before.text || (await count()) !== before.count) return true;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  return false;
}

/** Rows of one of our views, with all below them. */
export async function readRows(vscode: typeof import('vscode'), view: 'tree' | 'contracts'): Promise<readonly Row[]> {
  const extension = vscode.extensions.getExtension('schemaward.schemaward');
  const api = await extension?.activate();
  const text = (value: unknown): string =>
    typeof value === 'object' && value !== null && 'value' in value ? String(value.value) : String(value ?? '');
  const rowOf = (node: unknown): Row => {
    const item = api[view].item(node);
    return {
      id: item.id,
      label: text(item.label),
      description: text(item.description),
      tooltip: text(item.tooltip),
      icon: item.iconPath?.id ?? '',
      contextValue: item.contextValue ?? '',
      spoken: item.accessibilityInformation?.label ?? '',
      command: item.command?.command ?? '',
      children: api[view].children(node).map(rowOf),
    };
  };
  return api[view].children().map(rowOf);
}
