import type { AvroSet } from '../link.ts';
import type { AvroFile, NamedSchema, ReferenceSchema } from '../schema.ts';

/** A result for two files, good as long as the names that it was worked out with still mean the same. */
interface Remembered<Result> {
  readonly result: Result;
  readonly asked: readonly Asked[];
}

interface Asked {
  readonly side: 'before' | 'after';
  readonly reference: ReferenceSchema;
  readonly found: NamedSchema | undefined;
}

type Finder = Pick<AvroSet, 'find'>;

interface Files {
  readonly before: AvroFile;
  readonly after: AvroFile;
}

/** Remembers what `work` makes of two files; names that lead to other files are looked up again before it is believed. */
export function remembering<Given extends Files, Result>(
  work: (before: Finder, after: Finder, given: Given) => Result,
): (before: AvroSet, after: AvroSet, given: Given) => Result {
  const memo = new WeakMap<AvroFile, WeakMap<AvroFile, Remembered<Result>>>();
  return (before, after, given) => {
    const ofAfter = memo.get(given.after) ?? new WeakMap<AvroFile, Remembered<Result>>();
    memo.set(given.after, ofAfter);
    const known = ofAfter.get(given.before);
    if (known?.asked.every(({ side, reference, found }) => sides(before, after)[side].find(reference) === found))
      return known.result;
    const asked: Asked[] = [];
    const result = work(listening(before, 'before', asked), listening(after, 'after', asked), given);
    ofAfter.set(given.before, { result, asked });
    return result;
  };
}

function sides(before: AvroSet, after: AvroSet): Readonly<Record<Asked['side'], AvroSet>> {
  return { before, after };
}

function listening({ find }: Finder, side: Asked['side'], asked: Asked[]): Finder {
  return {
    find: (reference) => {
      const found = find(reference);
      if (reference.known === undefined) asked.push({ side, reference, found });
      return found;
    },
  };
}
