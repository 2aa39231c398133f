import {
  EventEmitter,
  type ExtensionContext,
  l10n,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from 'vscode';
import type { Client } from '../client.ts';
import { registerBaseline } from './baseline.ts';
import { contractItem } from './item.ts';
import { type ContractModel, createContractModel } from './model.ts';
import { type ContractNode, contractChildren } from './node.ts';
import { registerPromote } from './promote.ts';

export interface ContractsView {
  readonly view: TreeView<ContractNode>;
  children(node?: ContractNode): readonly ContractNode[];
  item(node: ContractNode): TreeItem;
}

/** Contracts with their verdicts, below the migrations. */
export function registerContracts(context: ExtensionContext, client: Client): ContractsView {
  const model = createContractModel(context, client);
  const emitter = new EventEmitter<undefined>();
  const children = (node?: ContractNode) => contractChildren(node, model.groups);
  const provider: TreeDataProvider<ContractNode> = {
    onDidChangeTreeData: emitter.event,
    getChildren: (node) => [...children(node)],
    getTreeItem: contractItem,
  };
  const view = window.createTreeView('schemaward.contracts', { treeDataProvider: provider, showCollapseAll: true });
  const update = () => {
    view.description = descriptionOf(model);
    view.badge = badgeOf(model);
    emitter.fire(undefined);
  };
  context.subscriptions.push(emitter, view, model.onChanged(update));
  registerBaseline(context, client, model);
  registerPromote(context, client, model);
  return { view, children, item: contractItem };
}

/** What a level of its own would say, were there more than one; else what all have in common. */
function descriptionOf({ groups }: ContractModel): string {
  const [first, second] = groups;
  const baselines = new Set(groups.map(({ baseline }) => baseline));
  const common = baselines.size === 1 && first?.baseline !== undefined ? [l10n.t('against {0}', first.baseline)] : [];
  const only = first !== undefined && second === undefined ? [first.format, first.profile] : [];
  return [...only, ...common].join(', ');
}

function badgeOf({ groups }: ContractModel) {
  const broken = groups.flatMap(({ contracts }) => contracts).filter(({ breaking }) => breaking > 0).length;
  if (broken === 0) return undefined;
  const tooltip =
    broken === 1 ? l10n.t('1 contract would break someone') : l10n.t('{0} contracts would break someone', broken);
  return { value: broken, tooltip };
}
