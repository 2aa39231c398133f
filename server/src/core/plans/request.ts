import type { Refusal } from '../model/proposal.ts';
import type { Column, Table } from '../schema/catalog.ts';
import type { ChangeOf, SchemaChange } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import type { PlanTable } from '../sql/primitives.ts';
import { tokenize } from '../sql/tokenize.ts';
import type { PlanRequest, RecipeContext } from './recipe.ts';

/**
 * What a statement says of the plan that would replace it.
 * @param text of the statement
 */
export function requestFrom(change: SchemaChange, text: string): Omit<PlanRequest, 'from'> | undefined {
  const table = 'table' in change && change.table !== undefined ? written(change.table) : '';
  switch (change.kind) {
    case 'RenameColumn':
      return {
        operation: 'rename-column',
        table,
        column: quoted(change.column.name),
        newName: quoted(change.newName.name),
      };
    case 'AddColumn':
      return addColumn(change, table, text);
    case 'SetNotNull':
      return { operation: 'set-not-null', table, column: quoted(change.column.name) };
    case 'ChangeColumnType':
      return {
        operation: 'change-column-type',
        table,
        column: quoted(change.column.name),
        type: withCollation(change.type.text, change.collation),
        ...(change.using === undefined ? {} : { using: change.using.text }),
      };
    case 'DropColumn':
      return { operation: 'drop-column', table, column: quoted(change.column.name) };
    default:
      return undefined;
  }
}

/** A column that may be NULL needs no plan, and one that the database fills needs none either. */
function addColumn(
  { spec, constraints }: ChangeOf<'AddColumn'>,
  table: string,
  text: string,
): Omit<PlanRequest, 'from'> | undefined {
  const isFilled = spec.identity !== undefined || spec.generated !== undefined || spec.serial === true;
  if (isFilled || !(spec.notNull || constraints.some(({ kind }) => kind === 'primary-key'))) return undefined;
  return {
    operation: 'add-required-column',
    table,
    column: quoted(spec.column.name),
    type: withCollation(spec.type.text, spec.collation),
    constraints: constraints.map((each) => ({ spec: each, text: text.slice(each.span.start, each.span.end) })),
    ...(spec.defaultTo === undefined ? {} : { defaultTo: spec.defaultTo.text }),
  };
}

function withCollation(type: string, collation: string | undefined): string {
  return collation === undefined ? type : `${type} COLLATE ${quoted(collation)}`;
}

function written({ schema, name }: ObjectName): string {
  return schema === undefined ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}

/** SQL spelling of a resolved name. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A name in SQL spelling, resolved: folded unless quoted. */
export function parseName(context: RecipeContext, text: string): ObjectName | undefined {
  const tokens = tokenize(text, context.dialect.lexical);
  const parts = tokens.filter(({ text: each }) => each !== '.').map(({ value }) => value);
  const span = { start: 0, end: text.length };
  const [first, second] = parts;
  if (first === undefined || parts.length > 2) return undefined;
  return second === undefined ? { name: first, span } : { schema: first, name: second, span };
}

export function refusal(reason: string, nearest?: string): Refusal {
  return { kind: 'refusal', reason, ...(nearest === undefined ? {} : { nearest }) };
}

export interface Subject {
  readonly on: PlanTable;
  readonly column: string;
  /** Undefined where the column does not exist (yet). */
  readonly existing: Column | undefined;
}

/** The table and column that a request means. */
export function subjectOf(request: PlanRequest, context: RecipeContext): Subject | Refusal {
  const name = request.table === '' ? undefined : parseName(context, request.table);
  if (name === undefined) return refusal('A table is needed.', '--table');
  const column = request.column === undefined ? undefined : parseName(context, request.column)?.name;
  if (column === undefined) return refusal('A column is needed.', '--column');
  const found = context.table(name);
  if (found.kind !== 'known') return refusal(`${request.table} is not known at this point of the history.`, '--table');
  return {
    on: planTable(found.value, context),
    column,
    existing: found.value.columns.find((each) => each.name === column),
  };
}

function planTable(table: Table, { before, dialect }: RecipeContext): PlanTable {
  const { quoteName } = dialect.renderer;
  const isDefault = table.name.schema === before.searchPath[0];
  const prefix = isDefault ? '' : `${quoteName(table.name.schema)}.`;
  return { table, prefix, name: `${prefix}${quoteName(table.name.name)}` };
}
