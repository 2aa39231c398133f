import { type AddedConstraint, constraintWords } from '../constraint-forms.ts';
import { at, type ChangeContext, type Draft } from '../rule.ts';
import { isLive, lockArgs, madeBy, severity, written } from '../support.ts';

/** UNIQUE and PRIMARY KEY alike: an index is built under the lock of the ALTER TABLE. */
export function* buildsUnderLock(
  context: ChangeContext,
  added: readonly AddedConstraint[],
  fix: string,
): Generator<Draft> {
  for (const each of added) {
    const { table: name, constraint, inline } = each;
    if (constraint.usingIndex !== undefined || !isLive(context, name)) continue;
    const table = written(name);
    const columns = constraint.columns.map((column) => column.name).join(', ');
    const args = { table, columns, constraint: constraintWords(each), ...lockArgs(context.impact()) };
    yield {
      messageId: 'blocks',
      args,
      anchor: at(context.step, each.span),
      object: `${table}.${args.constraint}`,
      severity: severity(context, 'warning'),
      related: madeBy(context, name),
      fixes: inline ? [] : [{ id: fix, args }],
    };
  }
}
