import type { Table } from '../../schema/catalog.ts';
import type { ChangeOf, ConstraintSpec } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import type { DataType } from '../../schema/types.ts';
import { constraintsMade } from '../plain-index.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { tableAfter, written } from '../support.ts';
import { noFix } from './type-hint.ts';

export const smallKey = defineRule({
  id: 'design/small-key',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'AddConstraint'],
  severity: 'hint',
  summary: 'A key that counts in 16 or 32 bits ends, and a reference that is smaller than its key ends before it.',
  messages: {
    key: '{table}.{column} ends at {max}: the insert after that fails, and by then a wider type means rewriting this table and all that refer to it. Use bigint.',
    reference:
      '{table}.{column} ({type}) ends at {max}, but {referenced} is {other}: rows whose key is larger cannot be referred to. Use {other}.',
  },
  explanation: `Two billion numbers are fewer than they sound: a sequence also counts rows that were deleted, inserts that failed and those of ON CONFLICT. A
\`bigint\` costs four bytes more, often none because of alignment.

A foreign key may be of a smaller integer than the key it points to. It works until the keys grow out of it.

${noFix}

Silent for keys that nothing counts up (codes, years), and for tables that were there before.`,
  peers: [
    'squawk:prefer-bigint-over-int',
    'squawk:prefer-bigint-over-smallint',
    'pgls:preferBigInt',
    'pgls:preferBigintOverInt',
    'pgls:preferBigintOverSmallint',
    'pgfence:prefer-bigint-over-int',
    'migrationpilot:MP038',
    'migrationpilot:MP068',
    'pgsafe:prefer-bigint-primary-key',
    'safemigrate:bigint-over-int-preferred',
    'diesel-guard:short-primary-key',
  ],
  examples: [
    {
      title: 'Two billion',
      sql: 'CREATE TABLE events (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);',
      fires: true,
    },
    {
      title: 'A smaller reference',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, user_id integer REFERENCES users);',
      fires: true,
    },
    { title: 'A code', sql: 'CREATE TABLE seasons (year smallint PRIMARY KEY);', fires: false },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe' || (change.kind === 'CreateTable' && change.temporary)) return;
    if (change.kind === 'CreateTable') yield* countedKeys(context, change);
    for (const { table, constraint } of constraintsMade(context))
      if (constraint.kind === 'foreign-key') yield* smallReferences(context, table, constraint);
  },
});

const ENDS: Readonly<Record<string, string>> = {
  int2: '32,767',
  int4: '2,147,483,647',
  int8: '9,223,372,036,854,775,807',
};
const SIZES = Object.keys(ENDS);

function endOf({ name, array, schema }: DataType): string | undefined {
  return array === 0 && schema === undefined && name !== 'int8' ? ENDS[name] : undefined;
}

function* countedKeys(context: ChangeContext, change: ChangeOf<'CreateTable'>): Generator<Draft> {
  const keys = change.constraints.filter(({ kind, columns }) => kind === 'primary-key' && columns.length === 1);
  for (const { column, type, typeSpan, serial, identity, defaultTo } of change.columns) {
    const max = endOf(type);
    const isCounted = serial === true || identity !== undefined || defaultTo?.sequence !== undefined;
    if (max === undefined || !isCounted || !keys.some(({ columns: [key] }) => key?.name === column.name)) continue;
    const table = written(change.table);
    yield {
      messageId: 'key',
      args: { table, column: column.name, max },
      anchor: at(context.step, typeSpan),
      object: `${table}.${column.name}`,
      compat: 'none',
      rollback: 'none',
    };
  }
}

function* smallReferences(context: ChangeContext, name: ObjectName, constraint: ConstraintSpec): Generator<Draft> {
  const { references } = constraint;
  const own = tableAfter(context, name);
  const other = references === undefined ? undefined : tableAfter(context, references.table);
  if (references === undefined || own === undefined || other === undefined) return;
  const keys = references.columns.length > 0 ? references.columns.map((each) => each.name) : primaryKeyOf(other);
  for (const [nth, { name: column }] of constraint.columns.entries()) {
    const [type, key] = [typeOf(own, column), typeOf(other, keys[nth])];
    const max = type === undefined ? undefined : endOf(type);
    if (type === undefined || key === undefined || max === undefined) continue;
    if (key.array > 0 || SIZES.indexOf(key.name) <= SIZES.indexOf(type.name)) continue;
    const table = written(name);
    yield {
      messageId: 'reference',
      args: {
        table,
        column,
        type: type.text,
        max,
        referenced: `${written(references.table)}.${keys[nth]}`,
        other: key.text,
      },
      anchor: at(context.step, constraint.span),
      object: `${table}.${column}`,
      compat: 'none',
      rollback: 'none',
      related: [context.madeAt(other.origin, 'made-here', { object: written(references.table) })],
    };
  }
}

function primaryKeyOf({ constraints }: Table): readonly string[] {
  return constraints.find(({ kind }) => kind === 'primary-key')?.columns ?? [];
}

function typeOf({ columns }: Table, name: string | undefined): DataType | undefined {
  return columns.find((each) => each.name === name)?.type;
}
