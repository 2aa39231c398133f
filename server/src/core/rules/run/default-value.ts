import type { Column, UserType } from '../../schema/catalog.ts';
import type { Ident, ObjectName } from '../../schema/names.ts';
import type { DataType, Expression } from '../../schema/types.ts';
import { isAssignable } from '../casts.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { baseType, knownColumn, knownType, written } from '../support.ts';
import { failure } from './failure.ts';

export const defaultValue = defineRule({
  id: 'run/default-value',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'SetDefault'],
  severity: 'error',
  summary: "A default that is no value of the column's type fails.",
  messages: {
    literal: 'Fails: {value} is no value of {type}, the type of {column}.',
    type: 'Fails: the default {value} is {from}, and does not become {type}, the type of {column}, by itself. Write a value of that type.',
    enum: 'Fails: {type}, the type of {column}, has no value {value} at this point.',
  },
  explanation: `The server converts a default when it is set, also for an empty table: a quoted literal is read as the column's type (\`invalid input syntax\`), and any other value must become it as on
assignment, so that a number is no default of a boolean (\`column is of type boolean but default expression is of type integer\`).

Looked at are literals of numbers, booleans, UUIDs, JSON, arrays and enums. Silent for everything else, where the type is not known, where the history makes casts of its own, and for what a branch of
a DO block does. No fix is offered: which value was meant is not in the text.`,
  examples: [
    {
      title: 'A number for a boolean',
      given: 'CREATE TABLE users (id int);',
      sql: 'ALTER TABLE users ADD COLUMN active boolean DEFAULT 1;',
      fires: true,
    },
    {
      title: 'Not in the enum',
      given: "CREATE TYPE mood AS ENUM ('ok', 'sad');\nCREATE TABLE users (id int);",
      sql: "ALTER TABLE users ADD COLUMN m mood DEFAULT 'happy';",
      fires: true,
    },
    {
      title: 'A value of the type',
      given: 'CREATE TABLE users (id int);',
      sql: 'ALTER TABLE users ADD COLUMN active boolean DEFAULT true;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    switch (change.kind) {
      case 'CreateTable':
        if (change.ifNotExists && context.relation(change.table).kind !== 'absent') return;
        for (const { column, type, defaultTo } of change.columns)
          yield* judged(context, change.table, column, type, defaultTo);
        return;
      case 'AddColumn': {
        const { column, type, defaultTo } = change.spec;
        if (!change.ifNotExists || knownColumn(context, change.table, column.name) === undefined)
          yield* judged(context, change.table, column, type, defaultTo);
        return;
      }
      case 'SetDefault': {
        const own: Column | undefined = knownColumn(context, change.table, change.column.name);
        if (own !== undefined && own.identity === undefined && own.generated === undefined)
          yield* judged(context, change.table, change.column, own.type, change.expression);
        return;
      }
      default:
        return;
    }
  },
});

function* judged(
  context: ChangeContext,
  table: ObjectName,
  { name, span }: Ident,
  declared: DataType,
  expression: Expression | undefined,
): Generator<Draft> {
  if (expression === undefined) return;
  const { type } = baseType(context, declared);
  const text = expression.text.trim();
  const problem = QUOTED.test(text) ? ofLiteral(context, type, unquoted(text)) : ofValue(context, type, text);
  if (problem === undefined) return;
  const column = `${written(table)}.${name}`;
  const args = { column, type: type.text, value: text, from: problem.from ?? '' };
  const { change } = context.step;
  const where = change.kind === 'CreateTable' ? span : change.span;
  yield failure(context, { messageId: problem.messageId, args }, column, where);
}

interface Found {
  readonly messageId: string;
  readonly from?: string;
}

const QUOTED = /^'(?:[^']|'')*'$/;

function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll("''", "'");
}

function ofLiteral(context: ChangeContext, type: DataType, value: string): Found | undefined {
  if (type.array > 0) return /^\s*[{[]/.test(value) ? undefined : { messageId: 'literal' };
  const own: UserType | undefined = knownType(context, type)?.value;
  if (own?.form === 'enum')
    return own.values.length === 0 || own.values.some(({ name }) => name === value) ? undefined : { messageId: 'enum' };
  if (own !== undefined || context.dialect.semantics(context.target).casts?.knows(type) !== true) return undefined;
  return READS[type.name]?.(value) === false ? { messageId: 'literal' } : undefined;
}

/** Types -> may the server read it? Only where that is simple to say. */
const READS: Readonly<Record<string, (value: string) => boolean>> = {
  int2: isInteger,
  int4: isInteger,
  int8: isInteger,
  numeric: isNumber,
  float4: isNumber,
  float8: isNumber,
  bool: (value) => /^\s*(t|tr|tru|true|y|ye|yes|on|1|f|fa|fal|fals|false|n|no|of|off|0)\s*$/i.test(value),
  uuid: (value) => value.replaceAll(/[{}-]/g, '').length === 32 && /^[0-9a-f{}-]+$/i.test(value),
  json: isJson,
  jsonb: isJson,
};

/** Since 16 with a base and underscores. */
function isInteger(value: string): boolean {
  return /^\s*[+-]?(0[xob][\da-f_]+|\d[\d_]*)\s*$/i.test(value);
}

/** In doubt it is one: digits, signs, an exponent, a base. */
function isNumber(value: string): boolean {
  if (/\d/.test(value)) return !/[^\d\s.+\-a-fox_]|\d-\d/i.test(value);
  return /^\s*[+-]?(nan|inf|infinity)\s*$/i.test(value);
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** A value whose own type is known. */
function ofValue(context: ChangeContext, type: DataType, text: string): Found | undefined {
  const from = typeOf(text);
  if (from === undefined || isAssignable(context, from, type) !== false) return undefined;
  return { messageId: 'type', from: from.text };
}

function typeOf(text: string): DataType | undefined {
  if (/^-?\d{1,9}$/.test(text)) return builtIn('int4', 'an integer');
  if (/^-?\d+\.\d+$/.test(text)) return builtIn('numeric', 'numeric');
  if (/^(true|false)$/i.test(text)) return builtIn('bool', 'boolean');
  if (/^(now\(\)|current_timestamp)$/i.test(text)) return builtIn('timestamptz', 'timestamp with time zone');
  if (/^current_date$/i.test(text)) return builtIn('date', 'date');
  return /^gen_random_uuid\(\)$/i.test(text) ? builtIn('uuid', 'uuid') : undefined;
}

function builtIn(name: string, text: string): DataType {
  return { name, args: [], array: 0, text };
}
