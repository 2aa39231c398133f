import { l10n, Range, ThemeIcon, TreeItem, Uri } from 'vscode';
import type { ContractEvolution } from '../../../server/src/protocol/contracts.ts';
import { shortName } from './words.ts';

/** A field that gives way: a click opens it where it stands, else its plan file. */
export function evolutionItem(evolution: ContractEvolution): TreeItem {
  const { id, element, replacement, phase, next, removeAfter, uri, place } = evolution;
  const name = element.slice(element.lastIndexOf('.') + 1);
  const item = new TreeItem(replacement === undefined ? name : `${name} \u2192 ${replacement}`);
  item.description = shortPhase(evolution);
  item.tooltip = [element, id, l10n.t('removed after {0}', removeAfter), next].join('\n');
  item.iconPath = new ThemeIcon(
    phase === 'broken' ? 'warning' : phase === 'done' || phase === 'removed' ? 'pass' : 'git-compare',
  );
  item.contextValue = `contract-evolution+${phase}`;
  const range = place?.range;
  const options =
    range === undefined
      ? {}
      : { selection: new Range(range.start.line, range.start.character, range.end.line, range.end.character) };
  item.command = {
    command: 'vscode.open',
    title: l10n.t('Open'),
    arguments: [Uri.parse(place?.uri ?? uri), options],
  };
  return item;
}

/** As it is spoken: of what, how far, and what to do. */
export function spokenEvolution(evolution: ContractEvolution): readonly string[] {
  const { element, replacement, next } = evolution;
  const name = shortName(element);
  return [replacement === undefined ? name : l10n.t('{0} to {1}', name, replacement), phaseWords(evolution), next];
}

/** As short as a sidebar wants it. */
function shortPhase(evolution: ContractEvolution): string {
  return evolution.phase === 'both' ? l10n.t('until {0}', evolution.removeAfter) : phaseWords(evolution);
}

export function phaseWords({ phase, removeAfter }: Pick<ContractEvolution, 'phase' | 'removeAfter'>): string {
  switch (phase) {
    case 'both':
      return l10n.t('both stand until {0}', removeAfter);
    case 'due':
      return l10n.t('removal is due');
    case 'removed':
      return l10n.t('removed, not released yet');
    case 'done':
      return l10n.t('done');
    case 'broken':
      return l10n.t('broken');
    default: {
      const never: never = phase;
      return never;
    }
  }
}
