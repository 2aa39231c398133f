/** Asks until the answer is the wanted one; the error says what it was last. Never sleeps for a result. */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  wanted: (value: T) => boolean,
  limit = 20_000,
): Promise<T> {
  const end = performance.now() + limit;
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    if (performance.now() > end)
      throw new Error(`${what}: not within ${limit / 1000} s; last: ${JSON.stringify(value)}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}
