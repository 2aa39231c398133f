import type { Blocks, Compat, Evidence, Impact, RelationLock, Rollback, Work } from '../../../../model/impact.ts';
import type { ImpactWords } from '../../../dialect.ts';
import { compareBlocks } from './modes.ts';
import { IMPACT_ROWS, type ImpactRow } from './rows.ts';

/** An impact for hovers, inlay hints and messages. */
export function impactWords(impact: Impact): ImpactWords {
  return { short: shortWords(impact), long: longWords(impact) };
}

/** The form of the statement, as docs/impact/postgresql.md calls it. */
export function impactTitle(impact: Impact): string {
  const row: ImpactRow | undefined = (IMPACT_ROWS as Readonly<Record<string, ImpactRow>>)[impact.row];
  return row?.title ?? impact.row;
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
    ...workParts(impact).map(({ long }) => long),
    ...(impact.transaction === 'forbidden' ? ['It cannot run inside a transaction block.'] : []),
    ...present(COMPAT[impact.compat]),
    ...present(ROLLBACK[impact.rollback]),
    ...(impact.certain ? [] : ['Not everything it touches is known here, so this is the worst case.']),
    EVIDENCE[impact.evidence],
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

const EVIDENCE: Readonly<Record<Evidence, string>> = {
  measured: 'Measured on PostgreSQL 12 to 18.',
  documented: "From PostgreSQL's documentation.",
  derived: 'Derived, not measured.',
};

/** One sentence per kind of wait, strongest first; relations that wait alike share it. */
function lockSentences(impact: Impact): readonly string[] {
  const groups = new Map<string, RelationLock[]>();
  for (const one of impact.locks.filter(({ role, blocks }) => role !== 'index' && blocks !== 'nothing')) {
    const key = `${one.mode} ${duration(one, impact)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const all = [...groups.values()].sort(byBlocks);
  return all.length > 0 ? all.map((group) => lockSentence(group, impact)) : [idle(impact)];
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

/** Work that lasts as long as the lock makes it a wait that grows; otherwise the danger is the queue. */
function duration({ relation, blocks }: RelationLock, impact: Impact): string {
  const lasting = impact.work.some((one) => one.relation === relation || compareBlocks(one.under, 'nothing') > 0);
  if (lasting) return 'until it ends, which grows with the table.';
  return blocks === 'schema-changes'
    ? 'until the transaction ends.'
    : 'until the transaction ends: a moment when it runs alone, but it waits behind every running query, and everything queues behind it.';
}

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
    long: `Reads every row of ${names} to build an index.`,
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
