import type { ChangeOf, ConstraintSpec, Reads, SchemaChange } from '../schema/change.ts';
import type { Ident, ObjectName } from '../schema/names.ts';
import { overloadsOf } from '../schema/routines.ts';
import { perhapsSystemColumns } from '../schema/system-columns.ts';
import { tokenize } from '../sql/tokenize.ts';
import { lookedUpIn } from './bodies.ts';
import type { ChangeContext } from './rule.ts';

/** A column that a statement looks at, and that its relation does not have. */
export interface MissingColumn {
  readonly relation: ObjectName;
  readonly column: Ident;
}

/**
 * Columns that the change reads and that are not there. Only where a name can mean nothing but a column of one relation, and
 * that relation is known in full.
 */
export function missingReads(context: ChangeContext): readonly MissingColumn[] {
  const { change } = context.step;
  const queried = readsOf(context, change).flatMap(({ relation, columns }) =>
    missing(context, relation, columns, columnsOf(context, relation)),
  );
  return [...queried, ...expressionsOf(context, change)];
}

function readsOf(context: ChangeContext, change: SchemaChange): readonly Reads[] {
  const { reading, nth } = context.step;
  switch (change.kind) {
    case 'CreateView':
      return change.reads;
    case 'CreateTable':
      return change.asQuery ?? [];
    case 'WriteRows':
      return [...ofTarget(change), ...(nth === 0 && reading.verb !== 'DO' ? reading.reads : [])];
    case 'CreateTrigger':
      return change.reads ?? [];
    case 'CreateFunction':
      return lookedUpIn(context, change);
    case 'ChangeObject':
      return change.verb === 'create' && OF_TABLES.has(change.objectKind) ? (change.reads ?? []) : [];
    default:
      return [];
  }
}

const OF_TABLES: ReadonlySet<string> = new Set(['policy', 'rule', 'statistics']);

/** Columns of ON CONFLICT are the matter of `run/conflict-target`. */
function ofTarget({ reads = [], conflict }: ChangeOf<'WriteRows'>): readonly Reads[] {
  const told = new Set(conflict?.columns.map(({ name }) => name));
  return reads.map((each) => ({ ...each, columns: each.columns.filter(({ name }) => !told.has(name)) }));
}

/** What a table or a view has; undefined where that is not known in full. */
function columnsOf(context: ChangeContext, name: ObjectName): readonly string[] | undefined {
  const found = context.relation(name);
  if (found.kind !== 'known' || context.before.tainted.has('*')) return undefined;
  if (found.value.kind === 'table')
    return found.value.partial ? undefined : found.value.columns.map((each) => each.name);
  if (found.value.kind !== 'view') return undefined;
  const { columns } = found.value;
  return columns.length === 0 || columns.includes('*') || columns.includes('') ? undefined : columns;
}

function missing(
  context: ChangeContext,
  relation: ObjectName,
  columns: readonly Ident[],
  known: readonly string[] | undefined,
): readonly MissingColumn[] {
  if (known === undefined) return [];
  return columns.flatMap((column) =>
    column.name === '*' ||
    known.includes(column.name) ||
    perhapsSystemColumns.has(column.name) ||
    column.name === relation.name ||
    // `t.f` may call `f(t)`.
    overloadsOf(context.before, column).length > 0
      ? []
      : [{ relation, column }],
  );
}

/** Columns of the table itself in its checks, generated columns and indexes. */
function expressionsOf(context: ChangeContext, change: SchemaChange): readonly MissingColumn[] {
  switch (change.kind) {
    // Looked at before IF NOT EXISTS is.
    case 'CreateIndex': {
      const { keys, where, includes } = change.index;
      const expressions = [
        ...keys.flatMap(({ expression }) => expression ?? []),
        ...(where === undefined ? [] : [where]),
      ];
      return inTable(context, change.table, [...includes, ...expressions.flatMap(({ columns }) => columns)]);
    }
    case 'AddConstraint':
      return inTable(context, change.table, ofChecks([change.constraint]));
    case 'AddColumn': {
      const { column, generated } = change.spec;
      if (change.ifNotExists && columnsOf(context, change.table)?.includes(column.name) !== false) return [];
      const named = [...ofChecks(change.constraints), ...(generated?.expression.columns ?? [])];
      return inTable(
        context,
        change.table,
        named.filter((name) => name !== column.name),
      );
    }
    default:
      return [];
  }
}

function ofChecks(constraints: readonly ConstraintSpec[]): readonly string[] {
  return constraints.flatMap(({ kind, expression }) =>
    kind === 'check' && expression !== undefined ? expression.columns : [],
  );
}

function inTable(context: ChangeContext, table: ObjectName, names: readonly string[]): readonly MissingColumn[] {
  const known = names.length === 0 ? undefined : columnsOf(context, table);
  const gone = [...new Set(names)].filter((name) => known?.includes(name) === false);
  return missing(
    context,
    table,
    gone.map((name) => ({ name, span: wordOf(context, name) })),
    known,
  );
}

/** Where a name is written behind the head of its statement; the head where it is not found. */
export function wordOf({ dialect, step: { statement, change } }: ChangeContext, name: string) {
  const { span } = change;
  const within = tokenize(statement.text, dialect.lexical).filter(
    ({ kind, value }) => (kind === 'word' || kind === 'quoted-name') && value === name,
  );
  const found = within.find(({ start }) => start >= span.end) ?? within.find(({ start }) => start >= span.start);
  return found === undefined ? span : { start: found.start, end: found.end };
}
