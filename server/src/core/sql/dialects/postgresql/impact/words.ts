import type { Blocks, Compat, Impact, RelationLock, Rollback, Work } from '../../../../model/impact.ts';
import type { ImpactWords } from '../../../dialect.ts';
import { strongestPerRelation } from './build.ts';
import { compareBlocks } from './modes.ts';

/** An impact for hovers, inlay hints and messages. */
export function impactWords(impact: Impact): ImpactWords {
  return { short: shortWords(impact), long: longWords(impact) };
}

function shortWords(impact: Impact): string {
  const [first] = impact.locks;
  if (first === undefined) return impact.certain ? 'no table lock' : 'locks not known';
  const lockPart = first.role === 'target' ? first.mode : `${first.mode} on ${first.relation}`;
  const works = workParts(impact).map(({ short }) => (impact.certain ? short : `may ${withoutS(short)}`));
  return [lockPart, ...works].join(', ');
}

function longWords(impact: Impact): readonly string[] {
  return [
    ...lockSentences(impact),
    ...(stopsPlans(impact) ? [PLANS] : []),
    ...workParts(impact).map(({ long }) =>
      impact.certain ? long : `May ${withoutS(long.charAt(0).toLowerCase() + long.slice(1))}`,
    ),
    ...(WAITING.has(impact.row) ? [CONCURRENTLY] : []),
    ...(impact.transaction === 'forbidden' ? ['It cannot run inside a transaction block.'] : []),
    ...present(COMPAT[impact.compat]),
    ...present(ROLLBACK[impact.rollback]),
    ...(impact.certain ? [] : ['Not everything that decides it is known here: this is the worst case.']),
  ];
}

const present = (text: string): readonly string[] => (text === '' ? [] : [text]);

const COMPAT: Readonly<Record<Compat, string>> = {
  additive: 'Compatibility: additive. The application version that is still running goes on working.',
  breaking: 'Compatibility: breaking. The application version that is still running may fail as soon as this commits.',
  destructive: 'Compatibility: destructive. Data or objects that the running application may use are gone.',
  none: '',
};

const ROLLBACK: Readonly<Record<Rollback, string>> = {
  trivial: 'Rollback: trivial, by the opposite statement.',
  costly: 'Rollback: costly, it rewrites or reads the table again.',
  lossy: 'Rollback: lossy, what was written since is lost.',
  impossible: 'Rollback: impossible, only a backup brings it back.',
  none: '',
};

/** One sentence per kind of wait, strongest first; relations that wait alike share it. */
function lockSentences(impact: Impact): readonly string[] {
  const groups = new Map<string, RelationLock[]>();
  const telling = strongestPerRelation(impact.locks).filter(
    ({ role, blocks }) => role !== 'index' && blocks !== 'nothing',
  );
  for (const one of telling) {
    const key = `${one.mode} ${duration(one, impact)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const all = [...groups.values()].sort(byBlocks);
  return all.length > 0 ? all.map((group) => lockSentence(group, impact)) : [idle(impact)];
}

/** Rows of statements that end only when every older transaction has ended. */
const WAITING: ReadonlySet<string> = new Set([
  'create-index-concurrently',
  'create-unique-index-concurrently',
  'drop-index-concurrently',
  'reindex-concurrently',
  'detach-partition-concurrently',
]);

const CONCURRENTLY = 'It waits for every transaction that was open when it began.';
const PLANS = 'New queries on the table wait too: planning one opens every index.';

/** An index is locked more strongly than its table. */
function stopsPlans({ locks }: Impact): boolean {
  const strongest = (role: 'index' | 'other'): Blocks =>
    locks
      .filter((one) => (one.role === 'index') === (role === 'index'))
      .map(({ blocks }) => blocks)
      .reduce((a, b) => (compareBlocks(a, b) >= 0 ? a : b), 'nothing');
  return strongest('index') === 'reads-and-writes' && strongest('other') !== 'reads-and-writes';
}

function byBlocks([a]: readonly RelationLock[], [b]: readonly RelationLock[]): number {
  return compareBlocks(b?.blocks ?? 'nothing', a?.blocks ?? 'nothing');
}

function idle(impact: Impact): string {
  return impact.certain ? 'Nobody waits for it.' : 'Which locks it takes is not known.';
}

function lockSentence(group: readonly RelationLock[], impact: Impact): string {
  const [first] = group;
  if (first === undefined) return '';
  const names = nameList(group.map(({ relation }) => relation));
  return `Takes ${first.mode} on ${names}: ${WAITS[first.blocks]} ${duration(first, impact)}`;
}

const WAITS: Readonly<Record<Blocks, string>> = {
  'reads-and-writes': 'every read and write waits',
  writes: 'reads go on, every write waits',
  'schema-changes': 'reads and writes go on, other schema changes and VACUUM wait',
  nothing: 'nobody waits',
};

/** Work makes a wait that grows; without it the danger is the queue in front of the lock. */
function duration({ relation, blocks }: RelationLock, impact: Impact): string {
  const lasting = impact.work.some((one) => one.relation === relation || compareBlocks(one.under, 'nothing') > 0);
  return lasting ? 'until it ends, which grows with the table.' : BRIEFLY[blocks];
}

const BRIEFLY: Readonly<Record<Blocks, string>> = {
  'reads-and-writes':
    'until the transaction ends. That may be a moment, but it waits behind every running query, and everything queues behind it.',
  writes:
    'until the transaction ends. That may be a moment, but it waits behind every transaction that wrote, and every write queues behind it.',
  'schema-changes': 'until the transaction ends.',
  nothing: 'until the transaction ends.',
};

interface WorkPart {
  readonly short: string;
  readonly long: string;
}

const WORK: Readonly<Record<Work['kind'], (names: string, many: boolean) => WorkPart>> = {
  rewrite: (names, many) => ({
    short: `rewrites ${names}`,
    long: `Rewrites ${names} and ${many ? 'their' : 'its'} indexes: needs as much free disk space again.`,
  }),
  scan: (names) => ({ short: `scans ${names}`, long: `Reads every row of ${names}.` }),
  'index-build': (names) => ({
    short: `builds an index on ${names}`,
    long: `Reads every row of ${names}, to build an index.`,
  }),
  'index-rebuild': (names) => ({ short: `rebuilds ${names}`, long: `Builds ${names} anew.` }),
};

const WORK_ORDER: readonly Work['kind'][] = ['rewrite', 'index-build', 'index-rebuild', 'scan'];

function workParts(impact: Impact): readonly WorkPart[] {
  return WORK_ORDER.flatMap((kind) => {
    const relations = impact.work.filter((one) => one.kind === kind).map(({ relation }) => relation);
    return relations.length === 0 ? [] : [WORK[kind](nameList(relations), relations.length > 1)];
  });
}

/** "a", "a and b", "a, b and 3 more" */
function nameList(names: readonly string[]): string {
  const [first = '', second, ...more] = names;
  if (second === undefined) return first;
  if (more.length === 0) return `${first} and ${second}`;
  if (more.length === 1) return `${first}, ${second} and ${more[0]}`;
  return `${first}, ${second} and ${more.length} more`;
}

function withoutS(words: string): string {
  const [verb = '', ...rest] = words.split(' ');
  return [verb.replace(/s$/, ''), ...rest].join(' ');
}
