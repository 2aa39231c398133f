import type { Column, Sequence } from '../../schema/catalog.ts';
import type { ObjectName } from '../../schema/names.ts';

import { at, type ChangeContext, defineRule } from '../rule.ts';
import { tableAfter, written } from '../support.ts';

export const sequenceRange = defineRule({
  id: 'design/sequence-range',
  scope: 'change',
  on: ['ChangeColumnType', 'CreateTable', 'AddColumn', 'SetDefault'],
  severity: 'warning',
  summary: 'A column that becomes bigint is still filled by a sequence that ends where integer ends.',
  messages: {
    kept: '{sequence} was made for {from} and still ends at {max}: the insert after that fails although {table}.{column} is {to} now. Add ALTER SEQUENCE {sequence} AS {to}.',
    smaller: '{sequence} ends at {max}, long before {table}.{column}, which is {to}. Make it AS {to}.',
  },
  explanation: `\`serial\` makes a sequence \`AS integer\`. When the column becomes \`bigint\`, the sequence stays what it is, and \`nextval: reached maximum value of
sequence\` comes at 2,147,483,647 as before. The sequence of an identity column follows its column.

The quick fix adds \`ALTER SEQUENCE ... AS bigint\` behind the statement: a moment only, nothing is rewritten. It changes what the schema is, so
_fix all_ leaves it out.

Silent for sequences that were made without a type (they are \`bigint\`), and where the sequence is altered later on.`,
  examples: [
    {
      title: 'The sequence of a serial',
      given: 'CREATE TABLE orders (id serial PRIMARY KEY);',
      sql: 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;',
      fires: true,
    },
    {
      title: 'It grows as well',
      given: 'CREATE TABLE orders (id serial PRIMARY KEY);',
      sql: 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;\nALTER SEQUENCE orders_id_seq AS bigint;',
      fires: false,
    },
    {
      title: 'Identity',
      given: 'CREATE TABLE orders (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);',
      sql: 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;',
      fires: false,
    },
  ],
  settledBy: {
    words: ({ sequence }) => [String(sequence).replace(/^.*\./, '')],
    isBy: ({ sequence }, change) =>
      (change.kind === 'AlterSequence' || change.kind === 'DropSequence') &&
      change.sequence.name === String(sequence).replace(/^.*\./, ''),
  },
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    for (const { table, column } of named(context)) {
      const made = tableAfter(context, table)?.columns.find(({ name }) => name === column);
      const sequence = made === undefined ? undefined : countedBy(context, made);
      if (made === undefined || sequence?.type === undefined || !isSmaller(sequence.type, made)) continue;
      const { schema, name } = sequence.name;
      const args = {
        table: written(table),
        column,
        sequence:
          table.schema === undefined && schema === (context.after.searchPath[0] ?? 'public')
            ? name
            : `${schema}.${name}`,
        from: sequence.type === 'int2' ? 'smallint' : 'integer',
        to: made.type.text,
        max: sequence.type === 'int2' ? '32,767' : '2,147,483,647',
      };
      const isKept = change.kind === 'ChangeColumnType';
      yield {
        messageId: isKept ? 'kept' : 'smaller',
        args,
        anchor: at(context.step, change.span),
        object: `${written(table)}.${column}`,
        compat: 'none',
        rollback: 'none',
        fixes: [{ id: 'widen-sequence', args }],
      };
    }
  },
});

/** Columns that the change gives a type or a default. */
function named({
  step: { change },
}: ChangeContext): readonly { readonly table: ObjectName; readonly column: string }[] {
  switch (change.kind) {
    case 'CreateTable':
      return change.columns
        .filter(({ defaultTo }) => defaultTo?.sequence !== undefined)
        .map(({ column }) => ({ table: change.table, column: column.name }));
    case 'AddColumn':
      return change.spec.defaultTo?.sequence === undefined
        ? []
        : [{ table: change.table, column: change.spec.column.name }];
    case 'SetDefault':
      return change.expression.sequence === undefined ? [] : [{ table: change.table, column: change.column.name }];
    case 'ChangeColumnType':
      return [{ table: change.table, column: change.column.name }];
    default:
      return [];
  }
}

function countedBy({ after }: ChangeContext, { sequence }: Column): Sequence | undefined {
  const found = sequence === undefined ? undefined : after.objects.get(sequence);
  return found?.kind === 'sequence' ? found : undefined;
}

const SIZES = ['int2', 'int4', 'int8'];

function isSmaller(type: string, { type: column }: Column): boolean {
  const size = SIZES.indexOf(type);
  return size >= 0 && column.array === 0 && column.schema === undefined && SIZES.indexOf(column.name) > size;
}
