import type { Impact, Work } from '#core/model/impact.ts';
import type { Catalog, CatalogObject } from '#core/schema/catalog.ts';
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
  const own = (relation: string, mode: string): boolean =>
    !isWeak(relation, mode, known) && !(it.planned && mode === READ);
  return {
    locks: [...measured.locks]
      .filter(([relation, mode]) => own(relation, mode))
      .map(([relation, mode]) => `${relation}: ${mode}`)
      .sort(),
    rewritten: it.emptied === true ? [] : [...measured.rewritten].sort(),
    rebuilt: it.emptied === true ? [] : [...measured.rebuilt].sort(),
    scanned: isUncounted(it) ? [] : [...measured.scanned].sort(),
    built: [...measured.built].sort(),
  };
}

const READ = 'ACCESS SHARE';

/** On indexes and sequences weaker locks than SHARE UPDATE EXCLUSIVE come and go with plans and mean nothing to anybody. */
function isWeak(relation: string, mode: string, known: Known): boolean {
  const small = known.isIndex(relation) || known.isSequence(relation);
  return small && LOCK_WORDS.indexOf(mode) < LOCK_WORDS.indexOf('SHARE UPDATE EXCLUSIVE');
}

function isUncounted(it: ImpactCase): boolean {
  return it.planned === true || it.emptied === true || it.outside === true;
}

/** A rewrite rebuilds the indexes that it locks and reads the table; an index build and an index rebuild read the table. */
export function predictedFacts(impacts: readonly Impact[], known: Known, it: ImpactCase): Facts {
  const locks = new Map<string, string>();
  for (const { relation, mode } of impacts.flatMap((one) => one.locks))
    if (LOCK_WORDS.indexOf(mode) > LOCK_WORDS.indexOf(locks.get(relation) ?? '')) locks.set(relation, mode);
  const work = impacts.flatMap((one) => one.work);
  const on = (...kinds: readonly Work['kind'][]): readonly string[] =>
    work.filter(({ kind }) => kinds.includes(kind)).map(({ relation }) => relation);
  const tablesOf = (indexes: readonly string[]): readonly string[] =>
    indexes.map((name) => known.tableOf(name) ?? name);
  const rewritten = on('rewrite')
    .flatMap(known.indexesOf)
    .filter((index) => locks.get(index) === 'ACCESS EXCLUSIVE');
  const beside = on('index-rebuild').filter((index) => locks.get(index) === 'SHARE UPDATE EXCLUSIVE');
  return {
    locks: [...locks]
      .filter(([relation, mode]) => !isWeak(relation, mode, known))
      .map(([relation, mode]) => `${relation}: ${mode}`)
      .sort(),
    rewritten: unique(on('rewrite')),
    rebuilt: unique([...on('index-rebuild'), ...rewritten]),
    scanned: isUncounted(it) ? [] : unique([...on('rewrite', 'scan', 'index-build'), ...tablesOf(on('index-rebuild'))]),
    built: unique([...on('index-build'), ...tablesOf(beside)]),
  };
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

/** What the catalog that our replay made knows of names. */
export function knownOf(catalog: Catalog): Known {
  const all = [...catalog.objects].map(([, object]) => object);
  const nameOf = ({ name }: CatalogObject): string =>
    name.schema === 'public' ? name.name : `${name.schema}.${name.name}`;
  const indexes = new Map(all.flatMap((one) => (one.kind === 'index' ? [[nameOf(one), one] as const] : [])));
  const named = (kind: CatalogObject['kind']): ReadonlySet<string> =>
    new Set(all.filter((one) => one.kind === kind).map(nameOf));
  const sequences = named('sequence');
  const tableOf = (index: string): string | undefined => {
    const table = catalog.objects.get(indexes.get(index)?.table ?? '');
    return table === undefined ? undefined : nameOf(table);
  };
  return {
    tableOf,
    indexesOf: (relation) => [...indexes.keys()].filter((index) => tableOf(index) === relation),
    isIndex: (relation) => indexes.has(relation),
    isSequence: (relation) => sequences.has(relation),
  };
}
