/**
 * Who reads which slice, in memory that both threads see. A slice belongs to the thread that comes to it first: so the
 * one that needs readings waits only for a slice that is being read, and reads by itself what the other one has not begun.
 */
export interface Progress {
  /** One cell for each slice. */
  readonly slices: Int32Array<SharedArrayBuffer>;
  /** One cell: statements that the other thread has begun. It stands still when that thread is dead. */
  readonly statements: Int32Array<SharedArrayBuffer>;
}

const state = { free: 0, taken: 1, ready: 2 } as const;

/** Eight million statements; those behind them are read where they are needed. */
export const mostSlices = 1 << 16;

export function newProgress(): Progress {
  const cells = (count: number) => new Int32Array(new SharedArrayBuffer(count * Int32Array.BYTES_PER_ELEMENT));
  return { slices: cells(mostSlices), statements: cells(1) };
}

/** False: the other thread was faster. */
export function take({ slices }: Progress, nth: number): boolean {
  return Atomics.compareExchange(slices, nth, state.free, state.taken) === state.free;
}

export function countStatement({ statements }: Progress): void {
  Atomics.add(statements, 0, 1);
}

export function announce({ slices }: Progress, nth: number): void {
  Atomics.store(slices, nth, state.ready);
  Atomics.notify(slices, nth);
}

/** Waits for a slice that the other thread has taken. False: for `patience` milliseconds nothing has moved there. */
export function awaitSlice({ slices, statements }: Progress, nth: number, patience: number): boolean {
  for (let seen: number | undefined; ; ) {
    if (Atomics.wait(slices, nth, state.taken, patience) !== 'timed-out') return true;
    const now = Atomics.load(statements, 0);
    if (now === seen) return false;
    seen = now;
  }
}
