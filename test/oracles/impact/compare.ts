import type { Impact, Work } from '#core/model/impact.ts';
import type { ImpactCase } from './cases/case.ts';
import { LOCK_WORDS, type Measured } from './measure.ts';

/** The same facts from both sides, as lines that can be compared and read. */
export interface Facts {
  readonly locks: readonly string[];
  readonly rewritten: readonly string[];
  readonly rebuilt: readonly string[];
  readonly scanned: readonly string[];
  readonly built: readonly string[];
}

/** What the prediction needs to know of the schema: which indexes a table has, and which names are tables. */
export interface Known {
  readonly indexesOf: (relation: string) => readonly string[];
  readonly tableOf: (index: string) => string | undefined;
  readonly isIndex: (relation: string) => boolean;
  readonly isSequence: (relation: string) => boolean;
}

export function measuredFacts(measured: Measured, known: Known, it: ImpactCase): Facts {
  const weak = (relation: string, mode: string): boolean =>
    (known.isIndex(relation) || known.isSequence(relation)) &&
    LOCK_WORDS.indexOf(mode) < LOCK_WORDS.indexOf('SHARE UPDATE EXCLUSIVE');
  return {
    locks: [...measured.locks]
      .filter(([relation, mode]) => !weak(relation, mode))
      .map(([relation, mode]) => `${relation}: ${mode}`)
      .sort(),
    rewritten: it.emptied === true ? [] : [...measured.rewritten].sort(),
    rebuilt: it.emptied === true ? [] : [...measured.rebuilt].sort(),
    scanned: it.planned === true || it.emptied === true || it.outside === true ? [] : [...measured.scanned].sort(),
    built: [...measured.built].sort(),
  };
}

/** A rewrite rebuilds the table's indexes and reads it; an index build and an index rebuild read the table. */
export function predictedFacts(impacts: readonly Impact[], known: Known, it: ImpactCase): Facts {
  const locks = new Map<string, string>();
  for (const { relation, mode } of impacts.flatMap((one) => one.locks))
    if (LOCK_WORDS.indexOf(mode) > LOCK_WORDS.indexOf(locks.get(relation) ?? '')) locks.set(relation, mode);
  const work = impacts.flatMap((one) => one.work);
  const on = (...kinds: readonly Work['kind'][]): readonly string[] =>
    work.filter(({ kind }) => kinds.includes(kind)).map(({ relation }) => relation);
  const rebuilt = on('index-rebuild');
  const rebuiltTables = rebuilt.map((name) => known.tableOf(name) ?? name);
  const scanned = [...on('rewrite', 'scan', 'index-build'), ...rebuiltTables];
  return {
    locks: [...locks].map(([relation, mode]) => `${relation}: ${mode}`).sort(),
    rewritten: unique(on('rewrite')),
    rebuilt:
      it.outside === true && !isRewriting(work) ? [] : unique([...rebuilt, ...on('rewrite').flatMap(known.indexesOf)]),
    scanned: it.planned === true || it.emptied === true || it.outside === true ? [] : unique(scanned),
    built: unique([...on('index-build'), ...(it.outside === true ? rebuiltTables : [])]),
  };
}

function isRewriting(work: readonly Work[]): boolean {
  return work.some(({ kind }) => kind === 'rewrite');
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

/** For a prediction that calls itself the worst case: what was measured beyond it. */
export function beyond(measured: Facts, predicted: Facts): Facts {
  const left = (a: readonly string[], b: readonly string[]): readonly string[] => a.filter((one) => !b.includes(one));
  return {
    locks: left(measured.locks, predicted.locks),
    rewritten: left(measured.rewritten, predicted.rewritten),
    rebuilt: left(measured.rebuilt, predicted.rebuilt),
    scanned: left(measured.scanned, predicted.scanned),
    built: left(measured.built, predicted.built),
  };
}

export const NOTHING: Facts = { locks: [], rewritten: [], rebuilt: [], scanned: [], built: [] };
