import {
  EventEmitter,
  type ExtensionContext,
  l10n,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import type { StatusEntry, StatusEvolution } from '../../../server/src/protocol/status.ts';
import type { Model } from '../model.ts';
import { childrenOf } from './children.ts';
import { itemOf } from './item.ts';
import type { Node } from './node.ts';

export interface Tree {
  readonly view: TreeView<Node>;
  /** Rows as they are now; `undefined` for the top. */
  children(node?: Node): readonly Node[];
  /** A row as VS Code draws it. */
  item(node: Node): TreeItem;
  /** Shows the migration of a file, when the tree has it. */
  reveal(uri: string): Promise<void>;
  filter(text: string): void;
}

export function registerTree(context: ExtensionContext, model: Model): Tree {
  const emitter = new EventEmitter<undefined>();
  const parents = new Map<string, Node>();
  let wanted = '';
  const children = (node?: Node): readonly Node[] => {
    const all = childrenOf(node, model.projects).filter((child) => matches(child, wanted));
    if (node !== undefined) for (const child of all) parents.set(child.id, node);
    return all;
  };
  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: emitter.event,
    getChildren: (node) => [...children(node)],
    getTreeItem: itemOf,
    getParent: (node) => parents.get(node.id),
  };
  const view = window.createTreeView('schemaward.migrations', { treeDataProvider: provider, showCollapseAll: true });
  const update = () => {
    view.badge = badgeOf(model);
    view.description = descriptionOf(model);
    if (model.ready) view.message = wanted === '' ? '' : l10n.t('Only what matches "{0}"', wanted);
    emitter.fire(undefined);
  };
  context.subscriptions.push(emitter, view, model.onChanged(update));
  return {
    view,
    children,
    item: itemOf,
    async reveal(uri) {
      const found = find(children, (node) => node.kind === 'entry' && node.entry.uri === uri);
      if (found !== undefined) await view.reveal(found, { select: true, focus: false, expand: true });
    },
    filter(text) {
      wanted = text.trim().toLowerCase();
      update();
    },
  };
}

function find(
  children: (node?: Node) => readonly Node[],
  test: (node: Node) => boolean,
  below?: Node,
): Node | undefined {
  for (const node of children(below)) {
    const found = test(node) ? node : find(children, test, node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function matches(node: Node, wanted: string): boolean {
  if (wanted === '') return true;
  const has = (...texts: readonly (string | undefined)[]) => texts.join(' ').toLowerCase().includes(wanted);
  const entry = ({ version, description, script }: StatusEntry) => has(version, description, script);
  const evolution = ({ id, table }: StatusEvolution) => has(id, table);
  switch (node.kind) {
    case 'entry':
      return entry(node.entry);
    case 'group':
      return node.entries.some(entry);
    case 'target':
      return node.target.entries.some(entry);
    case 'project':
      return node.project.targets.some(({ entries }) => entries.some(entry)) || node.project.evolutions.some(evolution);
    case 'evolutions':
      return node.project.evolutions.some(evolution);
    case 'evolution':
      return evolution(node.evolution);
    case 'evolution-file':
    case 'problem':
    case 'notice':
      return true;
    default: {
      const never: never = node;
      return never;
    }
  }
}

/** What a level of its own would say, were there more than one: the project, and whose history is shown. */
function descriptionOf({ projects }: Model): string {
  const [only, second] = projects;
  if (only === undefined || second !== undefined) return '';
  const targets = only.targets.filter(({ kind, reachable }) => kind !== 'git' && reachable);
  const [target] = targets.length === 0 ? only.targets : targets;
  return targets.length > 1 || target === undefined ? only.name : `${only.name}, ${target.name}`;
}

/** Pending versions that would break, block or lose something. */
function badgeOf(model: Model) {
  const unsafe = new Set<string>();
  for (const project of model.projects) {
    for (const { entries } of project.targets) {
      for (const entry of entries)
        if (entry.state === 'pending' && (entry.worst === 'error' || entry.worst === 'warning'))
          unsafe.add(`${project.name} ${entry.id}`);
    }
  }
  return unsafe.size === 0
    ? undefined
    : { value: unsafe.size, tooltip: l10n.t('{0} pending migrations have problems', unsafe.size) };
}
