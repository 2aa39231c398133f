import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordedChanges } from './read.ts';

/** A statement and what its changes must say at least, in words (`worded`). */
export type LoweringCase = readonly [sql: string, ...changes: readonly object[]];

/** One test per statement. */
export function lowers(cases: readonly LoweringCase[]): void {
  for (const [sql, ...expected] of cases) {
    test(sql.replaceAll(/\s+/g, ' '), async () => {
      const found = await wordedChanges(sql);
      assert.deepEqual(
        found.map((each) => (each as { kind: string }).kind),
        expected.map((each) => (each as { kind: string }).kind),
      );
      expected.forEach((each, i) => {
        assert.partialDeepStrictEqual(found[i], each, JSON.stringify(found[i], undefined, 1));
      });
    });
  }
}
