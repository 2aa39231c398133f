/** Random numbers that a seed repeats. */
export interface Random {
  /** 0 to below `limit`. */
  below(limit: number): number;
  /** True once in `n`. */
  once(n: number): boolean;
  pick<T>(values: readonly T[]): T;
  some<T>(values: readonly T[]): T[];
}

export function randomOf(seed: number): Random {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const random: Random = {
    below: (limit) => Math.floor(next() * limit),
    once: (n) => next() < 1 / n,
    pick: (values) => values[Math.floor(next() * values.length)]!,
    some: (values) => values.filter(() => next() < 0.5),
  };
  return random;
}
