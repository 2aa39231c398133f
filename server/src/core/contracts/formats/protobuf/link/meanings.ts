import { facetOf, valueNames } from './changes.ts';
import type { LinkedFile } from './link.ts';
import type { Declared, Outline } from './outline.ts';
import type { Rows } from './rows.ts';
import { seenAs, valuesOf } from './scope.ts';

/** Paths of the files that one sees, with their packages; undefined: there is no such file. */
export type Sight = ReadonlyMap<string, string | undefined>;

interface Meaning {
  readonly linked: LinkedFile;
  readonly sight: Sight;
  readonly declarations: Rows<Declared>;
}

/** A name is typed and taken back: what it meant to others is soon what it means again. */
const most = 2;

const memo = new WeakMap<Outline, readonly Meaning[]>();

/** Keeps what a file was linked to, before it is linked again. */
export function remember(meaning: Meaning): void {
  const { outline } = meaning.linked;
  const others = (memo.get(outline) ?? []).filter(({ linked }) => linked !== meaning.linked);
  memo.set(outline, [meaning, ...others].slice(0, most));
}

/** What the file was linked to when all that it asks for meant what it means now. */
export function recall(outline: Outline, sight: Sight, declarations: Rows<Declared>): LinkedFile | undefined {
  return memo.get(outline)?.find((meaning) => sameSight(meaning.sight, sight) && sameAnswers(meaning, declarations))
    ?.linked;
}

function sameSight(a: Sight, b: Sight): boolean {
  if (a.size !== b.size) return false;
  for (const [path, name] of a) if (!b.has(path) || b.get(path) !== name) return false;
  return true;
}

function sameAnswers({ linked, declarations: then }: Meaning, now: Rows<Declared>): boolean {
  const { asked } = linked.unit;
  for (const name of asked) {
    const before = seenAs(then, linked.sees, name);
    const after = seenAs(now, linked.sees, name);
    if (before === after) continue;
    if (before === undefined || after === undefined || before.outline.path !== after.outline.path) return false;
    if (facetOf(before) !== facetOf(after)) return false;
    if (!asked.has(valuesOf(name)) || before.kind !== 'enum' || after.kind !== 'enum') continue;
    if (valueNames(before) !== valueNames(after)) return false;
  }
  return true;
}
