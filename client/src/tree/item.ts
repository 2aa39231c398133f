import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { StatusEntry, StatusProject, StatusTarget } from '../../../server/src/protocol/status.ts';
import type { Group, Node } from './node.ts';
import { operationWords, phaseWords, stateWords } from './words.ts';

/** A row as VS Code draws it. State is told in words, never by colour alone. */
export function itemOf(node: Node): TreeItem {
  const item = draw(node);
  item.id = node.id;
  const state = node.kind === 'entry' ? stateWords(node.entry.state) : '';
  const described = typeof item.description === 'string' ? item.description : '';
  const spoken = [String(item.label), described.startsWith(state) ? '' : state, described].filter(isSaid);
  item.accessibilityInformation = { label: spoken.join(', ') };
  return item;
}

function draw(node: Node): TreeItem {
  switch (node.kind) {
    case 'project':
      return projectItem(node.project);
    case 'target':
      return targetItem(node.target);
    case 'group':
      return groupItem(node.group, node.entries);
    case 'entry':
      return entryItem(node.entry, node.target);
    case 'problem':
      return problemItem(node.text, node.target);
    case 'notice':
      return noticeItem(node.text);
    case 'evolutions':
      return described(
        branch(l10n.t('Evolutions'), true),
        String(node.project.evolutions.length),
        'evolutions',
        new ThemeIcon('git-compare'),
      );
    case 'evolution':
      return evolutionItem(node);
    case 'evolution-file':
      return evolutionFileItem(node);
    default: {
      const never: never = node;
      return never;
    }
  }
}

function branch(label: string, open: boolean): TreeItem {
  return new TreeItem(label, open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
}

function described(item: TreeItem, description: string, contextValue: string, iconPath: ThemeIcon): TreeItem {
  return Object.assign(item, { description, contextValue, iconPath });
}

function projectItem({ name, words }: StatusProject): TreeItem {
  const item = described(branch(name, true), words, 'project', new ThemeIcon('database'));
  item.tooltip = `${name}: ${words}`;
  return item;
}

function targetItem(target: StatusTarget): TreeItem {
  const role = target.role === undefined || target.role === target.name ? '' : ` (${target.role})`;
  const words =
    target.kind === 'git'
      ? l10n.t('base branch')
      : target.reachable
        ? l10n.t('as of {0}', shortTime(target.asOf))
        : l10n.t('not reachable');
  const icon = target.kind === 'git' ? 'git-branch' : target.kind === 'file' ? 'file' : 'server-environment';
  return described(branch(`${target.name}${role}`, true), words, `target+${target.kind}`, new ThemeIcon(icon));
}

const groupLooks: Readonly<
  Record<
    Group,
    {
      readonly icon: string;
      readonly color?: string;
      readonly open: boolean;
      readonly label: () => string;
      readonly tooltip: () => string;
    }
  >
> = {
  pending: {
    icon: 'clock',
    open: true,
    label: () => l10n.t('Pending'),
    tooltip: () => l10n.t('These have not run yet.'),
  },
  'out-of-order': {
    icon: 'warning',
    color: 'list.warningForeground',
    open: true,
    label: () => l10n.t('Out of order'),
    tooltip: () => l10n.t('A higher version ran before these.'),
  },
  failed: {
    icon: 'error',
    color: 'list.errorForeground',
    open: true,
    label: () => l10n.t('Failed'),
    tooltip: () => l10n.t('These ran and failed: repair the history before the next run.'),
  },
  missing: {
    icon: 'question',
    color: 'list.errorForeground',
    open: true,
    label: () => l10n.t('Missing'),
    tooltip: () => l10n.t('These have run, and no file of theirs is here.'),
  },
  changed: {
    icon: 'diff-modified',
    color: 'list.warningForeground',
    open: true,
    label: () => l10n.t('Changed after apply'),
    tooltip: () => l10n.t('These have run, and their files were edited afterwards.'),
  },
  repeatable: {
    icon: 'sync',
    open: false,
    label: () => l10n.t('Repeatable'),
    tooltip: () => l10n.t('These run again whenever they change.'),
  },
  applied: { icon: 'pass', open: false, label: () => l10n.t('Applied'), tooltip: () => l10n.t('These have run.') },
};

function groupItem(group: Group, entries: readonly StatusEntry[]): TreeItem {
  const look = groupLooks[group];
  const onBase = group === 'applied' && entries.every(({ state }) => state === 'on-base');
  const unsafe = entries.filter(({ worst }) => worst === 'error' || worst === 'warning').length;
  const count =
    unsafe === 0 || group === 'applied'
      ? String(entries.length)
      : l10n.t('{0}, {1} with problems', entries.length, unsafe);
  const icon =
    look.color === undefined ? new ThemeIcon(look.icon) : new ThemeIcon(look.icon, new ThemeColor(look.color));
  const item = branch(onBase ? l10n.t('On the base branch') : look.label(), look.open);
  item.tooltip = onBase ? l10n.t('These stand on the base branch, so they count as released.') : look.tooltip();
  return described(item, count, `group+${group}`, icon);
}

function entryItem(entry: StatusEntry, target: StatusTarget): TreeItem {
  const label =
    entry.version === undefined ? entry.description || entry.script : `${entry.version}  ${entry.description}`;
  const item = new TreeItem(label);
  item.description = entryWords(entry);
  item.tooltip = entryTooltip(entry, target);
  item.contextValue = [
    'entry',
    entry.state,
    entry.changed ? 'changed' : '',
    entry.uri === undefined ? 'nofile' : 'file',
    entry.version === undefined ? '' : 'versioned',
  ]
    .filter((word) => word !== '')
    .join('+');
  item.iconPath = entryIcon(entry);
  if (entry.uri !== undefined) {
    item.resourceUri = Uri.parse(entry.uri);
    item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [item.resourceUri] };
  }
  return item;
}

/** States that the group says already; a screen reader hears them all the same. */
const plainStates: ReadonlySet<string> = new Set(['pending', 'applied', 'on-base']);

function entryWords(entry: StatusEntry): string {
  const state = plainStates.has(entry.state) ? '' : stateWords(entry.state);
  const when =
    entry.installedOn === undefined
      ? ''
      : `${shortTime(entry.installedOn)}${entry.installedBy ? ` ${l10n.t('by {0}', entry.installedBy)}` : ''}`;
  const long = entry.executionTime === undefined || entry.executionTime < 0 ? '' : duration(entry.executionTime);
  const changed = entry.changed ? l10n.t('file differs from what ran') : '';
  const worst =
    entry.worst === 'error' ? l10n.t('has errors') : entry.worst === 'warning' ? l10n.t('has warnings') : '';
  return [state, changed, worst, when, long].filter((part) => part !== '').join(', ');
}

function entryTooltip(entry: StatusEntry, target: StatusTarget): MarkdownString {
  const text = new MarkdownString(undefined, true);
  const lines = [
    `**${escaped(entry.script)}**\n`,
    `${escaped(target.name)}: ${[entry.toolState, entry.type, rankWords(entry)].filter(isSaid).map(escaped).join(', ')}`,
    installedWords(entry),
    entry.changed ? `$(diff-modified) ${l10n.t('The file differs from what ran.')}` : '',
    entry.worst === 'error' ? `$(error) ${l10n.t('Has errors; see Problems.')}` : '',
    entry.worst === 'warning' ? `$(warning) ${l10n.t('Has warnings; see Problems.')}` : '',
    entry.uri === undefined ? `$(question) ${l10n.t('There is no file of it in this workspace.')}` : '',
  ];
  return text.appendMarkdown(lines.filter(isSaid).join('  \n'));
}

function isSaid(text: string): boolean {
  return text !== '';
}

/** `appendText` would make every space one that does not break. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~$]/g, '\\$&');
}

function rankWords({ rank }: StatusEntry): string {
  return rank === undefined ? '' : l10n.t('rank {0}', rank);
}

function installedWords({ installedOn, installedBy, executionTime }: StatusEntry): string {
  if (installedOn === undefined || installedOn === '') return '';
  const by = installedBy ? ` ${l10n.t('by {0}', escaped(installedBy))}` : '';
  const took =
    executionTime === undefined || executionTime < 0 ? '' : `, ${l10n.t('took {0}', duration(executionTime))}`;
  return `${l10n.t('Installed {0}', escaped(shortTime(installedOn)))}${by}${took}`;
}

function entryIcon(entry: StatusEntry): ThemeIcon {
  if (entry.worst === 'error') return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  if (entry.worst === 'warning') return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  if (entry.state.startsWith('failed')) return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  if (entry.state === 'missing' || entry.state === 'future') return new ThemeIcon('question');
  if (entry.changed) return new ThemeIcon('diff-modified', new ThemeColor('list.warningForeground'));
  if (entry.state === 'out-of-order' || entry.state === 'ignored')
    return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  return entry.state === 'pending' ? new ThemeIcon('circle-outline') : new ThemeIcon('pass');
}

/** What is wrong in two words, then the whole of it. A click on a database's row tries again. */
function problemItem(text: string, target: StatusTarget): TreeItem {
  const isGit = target.kind === 'git';
  const short = isGit
    ? l10n.t('Base branch not known')
    : target.reachable
      ? l10n.t('{0}: no history', target.name)
      : l10n.t('{0}: not reachable', target.name);
  const item = new TreeItem(short);
  item.iconPath = new ThemeIcon(isGit ? 'info' : 'debug-disconnect');
  item.contextValue = isGit ? 'problem+git' : 'problem+retry';
  item.description = isGit ? text : `${l10n.t('Retry')}: ${text}`;
  item.tooltip = text;
  if (!isGit) item.command = { command: 'schemaward.refresh', title: l10n.t('Retry') };
  return item;
}

function noticeItem(text: string): TreeItem {
  const item = new TreeItem(text);
  item.iconPath = new ThemeIcon('info');
  item.tooltip = text;
  item.contextValue = 'notice';
  return item;
}

function evolutionItem({ evolution }: Extract<Node, { kind: 'evolution' }>): TreeItem {
  const item = branch(`${operationWords(evolution.operation)}: ${evolution.table}`, false);
  item.description = `${phaseWords(evolution.phase)}; ${evolution.next}`;
  item.tooltip = `${evolution.id}\n${evolution.next}`;
  item.iconPath = new ThemeIcon(
    evolution.phase === 'broken' ? 'warning' : evolution.phase === 'done' ? 'pass' : 'git-compare',
  );
  item.contextValue = `evolution+${evolution.due ? 'due' : 'waiting'}`;
  return item;
}

function evolutionFileItem({ file }: Extract<Node, { kind: 'evolution-file' }>): TreeItem {
  const uri = Uri.parse(file.uri);
  const item = new TreeItem(uri.path.slice(uri.path.lastIndexOf('/') + 1));
  item.description = [
    phaseWords(file.phase),
    file.role === 'migration' ? (file.applied ? l10n.t('applied') : l10n.t('pending')) : file.role,
  ].join(', ');
  item.resourceUri = uri;
  item.iconPath = new ThemeIcon(file.applied ? 'pass' : file.role === 'draft' ? 'edit' : 'circle-outline');
  item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [uri] };
  item.contextValue = 'evolution-file';
  return item;
}

function shortTime(time: string): string {
  return time
    .replace('T', ' ')
    .replace(/(\d\d:\d\d):\d\d.*$/, '$1')
    .replace(/Z$/, '');
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} ms`;
  return milliseconds < 60_000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}
