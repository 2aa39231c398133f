import { applyTracked, entry, patch } from '../schema/apply.ts';
import type { Catalog, ObjectKey } from '../schema/catalog.ts';
import { type Environment, originOf } from './contexts.ts';
import type { Entry, Script } from './slot.ts';
import { type Restore, restores } from './taken-back.ts';

/** The schema on its way through one migration, worked out where somebody asks for it. */
export interface Course {
  /** Before the change with this number. */
  before(index: number): Catalog;
  /** What the next change changes. */
  next(reads: Set<ObjectKey>): readonly Entry[];
  /** Goes over it. */
  pass(delta: readonly Entry[]): void;
}

export function courseFrom({ dialect, target }: Environment, script: Script, start: Catalog): Course {
  const { steps } = script;
  const semantics = dialect.semantics(target);
  const takenBack = restores(script.transactionRule, steps);
  const deltas: (readonly Entry[])[] = [];
  // Each schema is made once: two of one place would be far apart among their versions.
  const reached: Catalog[] = [start];
  const before = (index: number): Catalog => {
    let from = index;
    while (reached[from] === undefined) from -= 1;
    const near = reached[from] ?? start;
    if (from === index) return near;
    const made = patch(near, from === index - 1 ? (deltas[from] ?? none) : deltas.slice(from, index).flat());
    reached[index] = made;
    return made;
  };
  const applied = (index: number, reads: Set<ObjectKey>): readonly Entry[] => {
    const step = steps[index];
    if (step === undefined) return none;
    const { catalog: after, writes } = applyTracked(before(index), step.change, originOf(step), semantics, reads);
    return writes.size === 0 ? none : [...writes].map((key) => [key, entry(after, key)] as const);
  };
  const restored = ({ to, only }: Restore, own: readonly Entry[], reads: Set<ObjectKey>): readonly Entry[] => {
    const keys = only === undefined ? new Set([...deltas.slice(to), own].flat().map(([key]) => key)) : [only];
    const then = before(to);
    return [...keys].map((key) => {
      reads.add(key);
      return [key, entry(then, key)] as const;
    });
  };
  return {
    before,
    next(reads) {
      const own = applied(deltas.length, reads);
      const restore = takenBack.get(deltas.length);
      return restore === undefined ? own : [...own, ...restored(restore, own, reads)];
    },
    pass(delta) {
      deltas.push(delta);
    },
  };
}

const none: readonly never[] = [];
