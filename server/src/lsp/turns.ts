/** Milliseconds of work before requests get their turn. */
const slice = 8;

/** For long work in pieces: answers a promise where others are to have their turn before the next piece. */
export function createTurns(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < slice) return undefined;
    return new Promise((resume) =>
      setImmediate(() => {
        began = performance.now();
        resume();
      }),
    );
  };
}
