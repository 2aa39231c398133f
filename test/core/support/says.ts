import type { Reads, SchemaChange } from '#core/schema/change.ts';
import type { ObjectName } from '#core/schema/names.ts';
import type { StatementReading } from '#core/sql/dialect.ts';
import { worded } from './read.ts';

/** A statement in one line: its changes, or `nothing`, and what it reads besides. */
export function saysAll(sql: string, { changes, reads }: StatementReading): string {
  const all = changes.map((change) => says(sql, change)).join('; ') || 'nothing';
  return [all, ...reads.map((each) => readText(sql, each))].join(', reads ');
}

function readText(sql: string, { relation, columns, maybe = [] }: Reads): string {
  const names = [...columns.map(({ name }) => name), ...maybe.map(({ name }) => `?${name}`)];
  return `${nameOf(sql, relation)}(${names.join(' ')})`;
}

/** A change in one line: its kind, and what it is about. `ChangeObject drop policy po on s.t` */
function says(sql: string, change: SchemaChange): string {
  if (change.kind === 'ChangeObject') {
    const { verb, objectKind, object, table } = change;
    return [
      change.kind,
      verb,
      objectKind,
      nameOf(sql, object),
      ...(table === undefined ? [] : ['on', nameOf(sql, table)]),
    ].join(' ');
  }
  if (change.kind === 'RunSql') return `RunSql ${change.taint}: ${change.reason}`;
  return [change.kind, ...OWN.flatMap((field) => shown(sql, fieldsOf(change)[field]))].join(' ');
}

/** What tells members of one kind apart, then what they are about. */
const OWN = [
  'verb',
  'option',
  'action',
  'objectKind',
  'table',
  'tables',
  'view',
  'sequence',
  'type',
  'fn',
  'object',
  'objects',
  'target',
  'column',
  'constraint',
  'trigger',
  'partition',
  'parent',
  'schema',
  'name',
];

function fieldsOf(change: SchemaChange): Readonly<Record<string, unknown>> {
  return change as unknown as Readonly<Record<string, unknown>>;
}

function shown(sql: string, value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return [value.map((each) => shown(sql, each).join(' ')).join(', ')];
  if (typeof value !== 'object' || value === null || !('span' in value)) return [];
  return 'name' in value ? [nameOf(sql, value as ObjectName)] : [];
}

/** As it is written: a name that is not is a name found in the wrong place. */
function nameOf(sql: string, name: ObjectName): string {
  return String(worded(sql, name)).replace(/^(.*) <- \1$/, '$1');
}
