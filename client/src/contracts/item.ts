import {
  type Command,
  l10n,
  MarkdownString,
  Range,
  type TextDocumentShowOptions,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type { Contract, ContractGroup, ContractRange } from '../../../server/src/protocol/contracts.ts';
import { evolutionItem, spokenEvolution } from './evolution-item.ts';
import type { ContractNode, FileNode, GroupNode } from './node.ts';
import {
  contractName,
  gist,
  isDue,
  nameWithin,
  profileWords,
  removalWords,
  shortVerdict,
  verdictWords,
} from './words.ts';

/** A row as VS Code draws it. The verdict is told in words, never by colour alone. */
export function contractItem(node: ContractNode): TreeItem {
  const item = draw(node);
  item.id = node.id;
  item.accessibilityInformation = { label: spoken(node, item).filter(isSaid).join(', ') };
  return item;
}

function spoken(node: ContractNode, { label, description, resourceUri }: TreeItem): readonly unknown[] {
  switch (node.kind) {
    case 'contract':
      return [label, node.group.baseline === undefined ? description : verdictWords(node.contract)];
    case 'change':
      return [label, gist(node.change.message)];
    case 'evolution':
      return spokenEvolution(node.evolution);
    case 'deprecation':
      return [nameWithin(node.deprecation.object, node.contract), removalWords(node.deprecation, today())];
    default:
      return [label ?? resourceUri?.path.split('/').at(-1), description];
  }
}

function isSaid(part: unknown): part is string {
  return typeof part === 'string' && part !== '';
}

function draw(node: ContractNode): TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node);
    case 'problem': {
      const item = row(l10n.t('No baseline'), node.text, 'contracts+problem', new ThemeIcon('info'));
      item.command = {
        command: 'schemaward.changeBaseline',
        title: l10n.t('Change the Baseline...'),
        arguments: [node],
      };
      return item;
    }
    case 'contract':
      return verdictItem(node.contract, node.group);
    case 'change':
      return changeItem(node.change, node.contract);
    case 'file':
      return fileItem(node);
    case 'deprecations': {
      const { deprecated } = node.contract;
      const due = deprecated.filter((each) => isDue(each, today())).length;
      const words = due === 0 ? String(deprecated.length) : l10n.t('{0}, {1} due', deprecated.length, due);
      return branch(row(l10n.t('Deprecated'), words, 'contracts+deprecated', new ThemeIcon('history')));
    }
    case 'deprecation':
      return deprecationItem(node.deprecation, node.contract);
    case 'evolutions':
      return branch(
        row(
          l10n.t('Evolutions'),
          String(node.group.evolutions.length),
          'contracts+evolutions',
          new ThemeIcon('git-compare'),
        ),
        TreeItemCollapsibleState.Expanded,
      );
    case 'evolution':
      return evolutionItem(node.evolution);
    case 'files':
      return branch(
        row(l10n.t('Files'), String(node.contract.files.length), 'contracts+files', new ThemeIcon('files')),
      );
    default: {
      const never: never = node;
      return never;
    }
  }
}

function row(label: string, description: string, contextValue: string, iconPath: ThemeIcon): TreeItem {
  const item = new TreeItem(label);
  return Object.assign(item, { description, contextValue, iconPath, tooltip: `${label}: ${description}` });
}

function branch(item: TreeItem, state = TreeItemCollapsibleState.Collapsed): TreeItem {
  item.collapsibleState = state;
  return item;
}

function groupItem({ group: { format, profile }, folder, baseline }: GroupNode): TreeItem {
  const words = [folder, profile, baseline === undefined ? undefined : l10n.t('against {0}', baseline)];
  const item = row(format, words.filter(Boolean).join(', '), 'contracts', new ThemeIcon('file-code'));
  item.tooltip = l10n.t('{0}: {1}', format, profileWords(profile));
  return branch(item, TreeItemCollapsibleState.Expanded);
}

function verdictItem(contract: Contract, group: ContractGroup): TreeItem {
  const isCompared = group.baseline !== undefined;
  const words = isCompared ? shortVerdict(contract) : l10n.t('not compared');
  const state = contract.breaking > 0 ? 'contract+breaking' : 'contract';
  const item = row(contractName(contract, group), words, state, verdictIcon(contract, isCompared));
  item.tooltip = `${contract.name}: ${isCompared ? verdictWords(contract) : words}`;
  return branch(item);
}

function verdictIcon({ breaking, bump }: Contract, isCompared: boolean): ThemeIcon {
  if (breaking > 0) return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  if (!isCompared || bump === 'none') return new ThemeIcon('circle-outline');
  return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
}

/** Short where it is read among others; it is spoken in words. */
function changeItem(
  { object, rule, message, uri, gone, range }: Contract['changes'][number],
  contract: string,
): TreeItem {
  const icon = new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  const item = row(nameWithin(object, contract), rule.slice(rule.indexOf('/') + 1), 'contract-change', icon);
  item.tooltip = new MarkdownString(message);
  item.command = gone ? oldText(uri) : open(uri, range);
  return item;
}

/** By its date, as migrations are by their version. */
function deprecationItem(deprecation: Contract['deprecated'][number], contract: string): TreeItem {
  const { object, uri, range, removeAfter } = deprecation;
  const isLate = isDue(deprecation, today());
  const icon = isLate
    ? new ThemeIcon('warning', new ThemeColor('list.warningForeground'))
    : new ThemeIcon('circle-slash');
  const name = nameWithin(object, contract);
  const label = removeAfter === undefined ? name : `${removeAfter}  ${name}`;
  const words = removeAfter === undefined ? l10n.t('no date') : isLate ? l10n.t('due') : '';
  const item = row(label, words, 'contracts+deprecation', icon);
  item.tooltip = `${object}: ${removalWords(deprecation, today())}`;
  item.command = open(uri, range);
  return item;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function fileItem({ uri, gone, folder }: FileNode): TreeItem {
  const item = new TreeItem(Uri.parse(uri), TreeItemCollapsibleState.None);
  item.contextValue = gone ? 'contract-file+gone' : 'contract-file';
  item.description = gone ? l10n.t('deleted') : folder;
  if (gone) item.iconPath = new ThemeIcon('trash');
  item.command = gone ? oldText(uri) : open(uri);
  return item;
}

function open(uri: string, range?: ContractRange): Command {
  const options: TextDocumentShowOptions =
    range === undefined
      ? {}
      : { selection: new Range(range.start.line, range.start.character, range.end.line, range.end.character) };
  return { command: 'vscode.open', title: l10n.t('Open'), arguments: [Uri.parse(uri), options] };
}

function oldText(uri: string): Command {
  return { command: 'schemaward.showBaseline', title: l10n.t('Show Baseline'), arguments: [{ uri }] };
}
