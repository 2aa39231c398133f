import { generator } from '../../../../scripts/bench-project.ts';

/** Choices of one history; the same seed makes the same ones. */
export interface Draw {
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Up to `most` different members, at least one where there is one, in a drawn order. */
  some<T>(list: readonly T[], most: number): readonly T[];
  /** The text with that probability, else nothing. */
  maybe(probability: number, text: string): string;
}

export function newDraw(seed: number): Draw {
  const next = generator(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const draw: Draw = {
    below,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
    some: (list, most) => {
      const left = [...list];
      const wanted = 1 + below(Math.min(most, list.length));
      return Array.from({ length: Math.min(wanted, list.length) }, () => left.splice(below(left.length), 1)).flat();
    },
    maybe: (probability, text) => (next() < probability ? text : ''),
  };
  return draw;
}
