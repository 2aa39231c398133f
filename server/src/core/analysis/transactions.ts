import type { TransactionRule } from '../migrations/tool.ts';
import type { ReadStatement } from '../sql/script.ts';

/**
 * The transaction of each statement: a number that is equal within one transaction, `undefined` where each statement
 * commits by itself. BEGIN and COMMIT in the script are followed; inside the tool's own transaction PostgreSQL only
 * warns about BEGIN, while COMMIT really ends it.
 */
export function transactions(
  rule: TransactionRule,
  statements: readonly ReadStatement[],
): readonly (number | undefined)[] {
  let count = rule.mode === 'none' ? 0 : 1;
  let current: number | undefined = rule.mode === 'none' ? undefined : 1;
  return statements.map(({ reading }) => {
    const here = current;
    for (const change of reading.changes) {
      if (change.kind !== 'Transaction') continue;
      if (change.verb === 'begin') current ??= ++count;
      if (change.verb === 'commit' || change.verb === 'rollback') current = undefined;
    }
    return current ?? here;
  });
}
