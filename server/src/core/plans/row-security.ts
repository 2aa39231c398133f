import { lookup } from '../schema/lookup.ts';
import type { PlanTable } from '../sql/primitives.ts';
import type { RecipeContext } from './recipe.ts';

/**
 * FORCE ROW LEVEL SECURITY hides rows even from the owner, who runs the migrations: a backfill would pass over them and a
 * guard would not see it. Then the statements insist on every row.
 */
export function everyRow(context: RecipeContext, on: PlanTable): EveryRow {
  const forced = context
    .history([on.table.name.name])
    .filter(({ change }) => change.kind === 'SetTableOption' && change.option === 'row-security')
    .filter(({ change }) => 'table' in change && change.table !== undefined && isTable(context, on, change.table))
    .map(({ change, text }) => text.slice(change.span.start, change.span.end))
    .findLast((words) => /\bFORCE\b/i.test(words));
  const { seeEveryRow } = context.dialect.primitives ?? {};
  if (forced === undefined || /\bNO\s+FORCE\b/i.test(forced) || seeEveryRow === undefined)
    return { transaction: [], around: (statements) => statements };
  const { transaction, session, reset } = seeEveryRow;
  return { transaction: [transaction], around: (statements) => [session, ...statements, reset] };
}

export interface EveryRow {
  /** First in a transaction. */
  readonly transaction: readonly string[];
  /** Statements that run outside a transaction, in a session that others use as well. */
  around(statements: readonly string[]): readonly string[];
}

function isTable(
  { before, dialect, target }: RecipeContext,
  { table }: PlanTable,
  name: Parameters<typeof lookup>[2],
): boolean {
  const found = lookup(before, dialect.semantics(target), name);
  return found.kind === 'known' && found.value === table;
}
