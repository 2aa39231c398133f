import { l10n } from 'vscode';
import type { Contract, ContractGroup } from '../../../server/src/protocol/contracts.ts';

/** What a contract means for a release, as short as a sidebar wants it. */
export function shortVerdict({ breaking, bump }: Contract): string {
  if (breaking > 0) return l10n.t('{0} breaking, {1}', breaking, bump);
  return bump === 'none' ? l10n.t('unchanged') : l10n.t('compatible, {0}', bump);
}

/** The same as it is spoken. */
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
      return l10n.t('major version');
    case 'minor':
      return l10n.t('minor version');
    case 'patch':
      return l10n.t('patch version');
    case 'none':
      return l10n.t('no new version');
    default: {
      const never: never = bump;
      return never;
    }
  }
}

/** What a profile asks of changes. */
export function profileWords(profile: string): string {
  return profile === 'buf'
    ? l10n.t('what buf.yaml says, else the rules of buf:FILE')
    : l10n.t('the rules of {0}', profile);
}

/** A name as people say it: without the package, which is written small, or the folders. */
export function shortName(full: string): string {
  if (full.includes('/')) return full.slice(full.lastIndexOf('/') + 1);
  const parts = full.split('.');
  const first = parts.findIndex((part) => /^\p{Lu}/u.test(part));
  return first < 0 ? full : parts.slice(first).join('.');
}

/** Below a schema its own name goes without saying. */
export function nameWithin(object: string, contract: string): string {
  const below = `${contract}.`;
  return object.startsWith(below) ? object.slice(below.length) : shortName(object);
}

/** Modules are folders, subjects full names; the module of a whole repository is called by its folder. */
export function contractName({ name }: Contract, { rootUri, contracts }: ContractGroup): string {
  if (name === '.') return decodeURIComponent(shortName(rootUri));
  if (name.includes('/')) return name;
  const short = shortName(name);
  return contracts.filter((other) => shortName(other.name) === short).length === 1 ? short : name;
}

/** The first statement of a message; all of it stands in the tooltip. */
export function gist(message: string): string {
  return /^.*?(?=[:.;] |\.$|$)/s.exec(message)?.[0] ?? message;
}

/** @param today `YYYY-MM-DD` */
export function isDue({ removeAfter }: Contract['deprecated'][number], today: string): boolean {
  return removeAfter !== undefined && removeAfter < today;
}

export function removalWords(deprecation: Contract['deprecated'][number], today: string): string {
  const { removeAfter } = deprecation;
  if (removeAfter === undefined) return l10n.t('no date');
  return isDue(deprecation, today) ? l10n.t('due since {0}', removeAfter) : l10n.t('remove after {0}', removeAfter);
}
