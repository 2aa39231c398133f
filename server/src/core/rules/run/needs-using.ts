import type { Column } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import type { DataType } from '../../schema/types.ts';
import { attributeChange } from '../attributes.ts';
import { isAssignable } from '../casts.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { baseType, knownColumn, madeBy, written } from '../support.ts';
import { failure } from './failure.ts';

export const needsUsing = defineRule({
  id: 'run/needs-using',
  scope: 'change',
  on: ['ChangeColumnType', 'ChangeObject'],
  severity: 'error',
  summary:
    'A type change that PostgreSQL does not make by itself fails without USING, and on a default that it cannot convert.',
  messages: {
    using:
      'Fails: {from} is not converted to {to} by itself, even if {table} is empty. Say how with USING, such as USING {column}::{to}.',
    default:
      'Fails: USING converts the rows of {table}.{column}, but not its default, which stays {from} and does not become {to} by itself. DROP DEFAULT before it, and SET DEFAULT after it.',
    attribute:
      'Fails: {from} is not converted to {to} by itself, even if {table} is empty, and ALTER TYPE takes no USING. Add another attribute of the new type, fill it, and drop this one.',
  },
  explanation: `Without \`USING\` the server converts as it does when it stores a value: only along casts that are implicit or allowed on
assignment. Text becomes nothing else that way, and neither do numbers become booleans or enums; the statement fails before it looks at a
single row (\`column cannot be cast automatically\`).

\`USING\` is for the rows. The column's default is converted on its own, along the same casts, and where there is none the statement fails as well
(\`default for column cannot be cast automatically\`). That is how most changes from text to an enum fail.

**Do instead**: \`ALTER COLUMN c DROP DEFAULT, ALTER COLUMN c TYPE mood USING c::mood, ALTER COLUMN c SET DEFAULT 'ok'\`, all in one statement. On a
table that is in use \`schema/change-column-type\` tells the better way.

The quick fix adds \`USING c::type\` where the column is text without a default. Between other types there is no one way.

Silent where a type is not known here (of an extension, a range, a base type), and where the history makes casts of its own with \`CREATE CAST\`.`,
  examples: [
    {
      title: 'Text to a number',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, code text);',
      sql: 'ALTER TABLE orders ALTER COLUMN code TYPE integer;',
      fires: true,
    },
    {
      title: 'The default stays text',
      given:
        "CREATE TYPE state AS ENUM ('new', 'done');\nCREATE TABLE orders (id bigint PRIMARY KEY, state text DEFAULT 'new');",
      sql: 'ALTER TABLE orders ALTER COLUMN state TYPE state USING state::state;',
      fires: true,
    },
    {
      title: 'A conversion on assignment',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10, 2));',
      sql: 'ALTER TABLE orders ALTER COLUMN total TYPE integer;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'ChangeObject') return yield* ofAttribute(context);
    if (change.kind !== 'ChangeColumnType' || change.certainty === 'maybe') return;
    const column = knownColumn(context, change.table, change.column.name);
    if (column === undefined || isAssignable(context, column.type, change.type) !== false) return;
    const messageId = change.using === undefined ? 'using' : 'default';
    if (messageId === 'default' && !keepsDefault(context, change, column)) return;
    const table = written(change.table);
    const args = { table, column: column.name, from: column.type.text, to: change.type.text };
    const span = change.using === undefined ? change.typeSpan : change.span;
    yield {
      ...failure(context, { messageId, args }, `${table}.${column.name}`, span),
      related: madeBy(context, change.table, column.name),
      fixes: canSay(context, column, change)
        ? [
            {
              id: 'add-using',
              args: {
                column: column.name,
                to: context.step.statement.text.slice(change.typeSpan.start, change.typeSpan.end),
              },
            },
          ]
        : [],
    };
  },
});

/** ALTER TYPE converts the rows of tables that are made of it. */
function* ofAttribute(context: ChangeContext): Generator<Draft> {
  const altered = attributeChange(context);
  if (altered?.to === undefined || altered.action !== 'type' || context.step.change.certainty === 'maybe') return;
  const { type, attribute, to, tables } = altered;
  const from = type.attributes.find(({ name }) => name === attribute)?.type;
  const [, table] = tables[0] ?? [];
  if (from === undefined || table === undefined || isAssignable(context, from, to) !== false) return;
  const args = { table: table.name.name, from: from.text, to: to.text };
  yield failure(context, { messageId: 'attribute', args }, `${type.name.name}.${attribute}`, context.step.change.span);
}

/** Does USING c::t run, and is nothing else in the way? Text is converted to and from everything by its written form. */
function canSay(context: ChangeContext, { type, defaultTo }: Column, { using }: ChangeOf<'ChangeColumnType'>): boolean {
  if (using !== undefined || defaultTo !== undefined) return false;
  const { name, array } = baseType(context, type).type;
  return array === 0 && ['text', 'varchar', 'bpchar'].includes(name);
}

/** A literal whose type is known and does not convert, and which the same statement does not take away. */
function keepsDefault(context: ChangeContext, change: ChangeOf<'ChangeColumnType'>, column: Column): boolean {
  const type = defaultType(context, column);
  if (type === undefined || isAssignable(context, type, change.type) !== false) return false;
  const { steps, step } = context;
  return !steps.some(
    (other) =>
      other.statementIndex === step.statementIndex &&
      other.change.kind === 'DropDefault' &&
      other.change.column.name === change.column.name,
  );
}

/** A quoted literal is kept as the column's type; a number stays the number that it is, whatever the column. */
function defaultType(context: ChangeContext, { type, defaultTo }: Column): DataType | undefined {
  const text = defaultTo?.text ?? '';
  if (QUOTED.test(text)) return type;
  const { name, array } = baseType(context, type).type;
  if (array > 0) return undefined;
  if (/^-?\d{1,9}$/.test(text)) return { name: 'int4', args: [], array: 0, text: 'integer' };
  if (name === 'bool') return /^(true|false)$/i.test(text) ? type : undefined;
  return ['text', 'varchar', 'bpchar'].includes(name) && QUOTED_STRING.test(text) ? type : undefined;
}

const QUOTED = /^'(?:[^']|'')*'$/;
const QUOTED_STRING = /^'(?:[^']|'')*'::(text|varchar|character varying|bpchar|character)(\(\d+\))?$/i;
