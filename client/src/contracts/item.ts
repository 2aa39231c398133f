import { l10n, Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { Contract } from '../../../server/src/protocol/contracts.ts';
import { evolutionItem } from './evolution-item.ts';
import type { ContractNode } from './node.ts';

/** A row as VS Code draws it. The verdict is told in words, never by colour alone. */
export function contractItem(node: ContractNode): TreeItem {
  const item = draw(node);
  item.id = node.id;
  const described = typeof item.description === 'string' ? item.description : '';
  const label = typeof item.label === 'string' ? item.label : '';
  item.accessibilityInformation = { label: described === '' ? label : `${label}, ${described}` };
  return item;
}

function draw(node: ContractNode): TreeItem {
  switch (node.kind) {
    case 'group': {
      const { format, baseline, profile } = node.group;
      const item = new TreeItem(format, TreeItemCollapsibleState.Expanded);
      item.description = baseline === undefined ? profile : l10n.t('{0}, against {1}', profile, baseline);
      item.iconPath = new ThemeIcon('file-code');
      item.contextValue = 'contracts';
      return item;
    }
    case 'problem': {
      const item = new TreeItem(l10n.t('No baseline'));
      item.description = node.text;
      item.tooltip = node.text;
      item.iconPath = new ThemeIcon('info');
      item.contextValue = 'contracts+problem';
      item.command = {
        command: 'schemaward.changeBaseline',
        title: l10n.t('Change the Baseline...'),
        arguments: [node],
      };
      return item;
    }
    case 'contract':
      return verdictItem(node.contract);
    case 'file':
      return fileItem(node);
    case 'deprecations': {
      const item = new TreeItem(l10n.t('Deprecated'), TreeItemCollapsibleState.Collapsed);
      item.description = String(node.contract.deprecated.length);
      item.iconPath = new ThemeIcon('history');
      item.contextValue = 'contracts+deprecated';
      return item;
    }
    case 'deprecation': {
      const { object, uri, range, removeAfter } = node.deprecation;
      const item = new TreeItem(object);
      item.description = removeAfter === undefined ? l10n.t('no date') : l10n.t('removed after {0}', removeAfter);
      item.iconPath = new ThemeIcon('circle-slash');
      const selection = new Range(range.start.line, range.start.character, range.end.line, range.end.character);
      item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(uri), { selection }] };
      item.contextValue = 'contracts+deprecation';
      return item;
    }
    case 'evolutions': {
      const item = new TreeItem(l10n.t('Evolutions'), TreeItemCollapsibleState.Expanded);
      item.description = String(node.group.evolutions.length);
      item.iconPath = new ThemeIcon('git-compare');
      item.contextValue = 'contracts+evolutions';
      return item;
    }
    case 'evolution':
      return evolutionItem(node.evolution);
    default: {
      const never: never = node;
      return never;
    }
  }
}

function verdictItem(contract: Contract): TreeItem {
  const item = new TreeItem(contract.name, TreeItemCollapsibleState.Collapsed);
  const words = verdictWords(contract);
  item.description = words;
  item.tooltip = `${contract.name}: ${words}`;
  item.iconPath =
    contract.breaking > 0
      ? new ThemeIcon('error', new ThemeColor('list.errorForeground'))
      : new ThemeIcon(contract.bump === 'none' ? 'pass' : 'diff-added');
  item.contextValue = contract.breaking > 0 ? 'contract+breaking' : 'contract';
  return item;
}

export function verdictWords({ breaking, bump }: Contract): string {
  const version = bumpWords(bump);
  if (breaking === 0) return bump === 'none' ? l10n.t('unchanged') : l10n.t('compatible, {0}', version);
  return breaking === 1
    ? l10n.t('1 breaking change, {0}', version)
    : l10n.t('{0} breaking changes, {1}', breaking, version);
}

function bumpWords(bump: Contract['bump']): string {
  switch (bump) {
    case 'major':
      return l10n.t('a major version');
    case 'minor':
      return l10n.t('a minor version');
    case 'patch':
      return l10n.t('a patch version');
    case 'none':
      return l10n.t('no new version');
    default: {
      const never: never = bump;
      return never;
    }
  }
}

function fileItem({ uri, gone }: Extract<ContractNode, { kind: 'file' }>): TreeItem {
  const file = Uri.parse(uri);
  const item = new TreeItem(file, TreeItemCollapsibleState.None);
  item.contextValue = gone ? 'contract-file+gone' : 'contract-file';
  if (gone) {
    item.description = l10n.t('deleted');
    item.iconPath = new ThemeIcon('trash');
    item.command = { command: 'schemaward.showBaseline', title: l10n.t('Show Baseline'), arguments: [{ uri }] };
  } else {
    item.description = true;
    item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [file] };
  }
  return item;
}
