import { type AddedConstraint, constraintWords } from '../constraint-forms.ts';
import { at, type ChangeContext, type Draft } from '../rule.ts';
import { isLive, knownTable, lockArgs, madeBy, severity, written } from '../support.ts';

/** UNIQUE and PRIMARY KEY alike: an index is built under the lock of the ALTER TABLE. */
export function* buildsUnderLock(
  context: ChangeContext,
  added: readonly AddedConstraint[],
  fix: string,
): Generator<Draft> {
  for (const each of added) {
    const { table: name, constraint, inline } = each;
    if (constraint.usingIndex !== undefined || !isLive(context, name)) continue;
    // Of a partitioned table there is no index USING which it could be added, and ONLY builds nothing yet.
    const isPartitioned = knownTable(context, name)?.partitionBy !== undefined;
    if (isPartitioned && context.step.change.options?.only === true) continue;
    const table = written(name);
    const columns = constraint.columns.map((column) => column.name).join(', ');
    const args = { table, columns, constraint: constraintWords(each), ...lockArgs(context.impact()) };
    yield {
      messageId: isPartitioned ? 'partitioned' : 'blocks',
      args,
      anchor: at(context.step, each.span),
      object: `${table}.${args.constraint}`,
      severity: severity(context, 'warning'),
      related: madeBy(context, name),
      fixes: inline || isPartitioned ? [] : [{ id: fix, args }],
    };
  }
}
