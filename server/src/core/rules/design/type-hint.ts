import { columnsMade, type MadeColumn } from '../columns-made.ts';
import { at, type ChangeContext, type Draft } from '../rule.ts';
import { written } from '../support.ts';

/** A draft for each column that is made with a type that `judge` has something to say of. */
export function* typeHints(context: ChangeContext, judge: (made: MadeColumn) => string | undefined): Generator<Draft> {
  for (const made of columnsMade(context)) {
    const messageId = made.type.schema === undefined ? judge(made) : undefined;
    if (messageId === undefined) continue;
    const table = written(made.table);
    yield {
      messageId,
      args: { table, column: made.column, type: made.type.text },
      anchor: at(context.step, made.span),
      object: `${table}.${made.column}`,
      compat: 'none',
      rollback: 'none',
    };
  }
}

/** Why these hints come without a quick fix. */
export const noFix =
  'There is no quick fix: another type is another schema, and that is for whoever designs it to decide. On a column that has rows, changing it is a migration of its own.';
