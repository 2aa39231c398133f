import type { Catalog, Column, Table } from '../../../../schema/catalog.ts';
import { keyOf } from '../../../../schema/keys.ts';
import type { DataType } from '../../../../schema/types.ts';
import type { PlanColumn, PlanTable } from '../../../primitives.ts';
import { q } from './words.ts';

/** Qualified unless the migration's own search path finds it. */
export function planTable(table: Table, { searchPath }: Catalog): PlanTable {
  const { schema, name } = table.name;
  const prefix = schema === searchPath[0] ? '' : `${q(schema)}.`;
  return { table, prefix, name: `${prefix}${q(name)}` };
}

export function planColumn(name: string, type: DataType, catalog: Catalog): PlanColumn {
  return { name, type: type.text, comparedAs: hasEquality(type, catalog) ? 'value' : 'text' };
}

/** `json`, `xml` and points have no `=`, other shapes compare their area, and `citext` does not tell `a` from `A`. */
const WITHOUT_EQUALITY: ReadonlySet<string> = new Set([
  'json',
  'xml',
  'point',
  'line',
  'lseg',
  'box',
  'path',
  'polygon',
  'circle',
  'citext',
  'refcursor',
  'aclitem',
  'pg_node_tree',
]);

const BUILT_IN =
  /^(bool|bytea|char|name|int[248]|text|oid|float[48]|money|bpchar|varchar|date|time|timestamp|timestamptz|interval|timetz|bit|varbit|numeric|uuid|inet|cidr|macaddr8?|jsonb|tsvector|tsquery|pg_lsn|reg\w+|(?:int[48]|num|ts|tstz|date)(?:multi)?range)$/;

function hasEquality({ schema, name }: DataType, catalog: Catalog): boolean {
  if (WITHOUT_EQUALITY.has(name)) return false;
  if (schema === undefined && BUILT_IN.test(name)) return true;
  const schemas = schema === undefined ? catalog.searchPath : [schema];
  const own = schemas.flatMap((each) => catalog.objects.get(keyOf('type', { schema: each, name })) ?? [])[0];
  if (own?.kind !== 'type') return false;
  if (own.form === 'domain') return own.base !== undefined && hasEquality(own.base, catalog);
  return own.form === 'enum' || own.form === 'range';
}

export function addColumn(on: PlanTable, column: string, type: string, collation?: string): string {
  return `ALTER TABLE ${on.name} ADD COLUMN ${q(column)} ${type}${collate(collation)}`;
}

function collate(collation: string | undefined): string {
  return collation === undefined ? '' : ` COLLATE ${q(collation)}`;
}

export function dropColumn(on: PlanTable, column: string): string {
  return `ALTER TABLE ${on.name} DROP COLUMN ${q(column)}`;
}

export function renameColumn(on: PlanTable, column: string, to: string): string {
  return `ALTER TABLE ${on.name} RENAME COLUMN ${q(column)} TO ${q(to)}`;
}

export function setDefault(on: PlanTable, column: string, expression: string | undefined): string {
  return `${alter(on, column)} ${expression === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${expression}`}`;
}

export function dropNotNull(on: PlanTable, column: string): string {
  return `${alter(on, column)} DROP NOT NULL`;
}

export function setNotNull(on: PlanTable, column: string): string {
  return `${alter(on, column)} SET NOT NULL`;
}

export function changeType(on: PlanTable, column: string, type: string, using: string | undefined): string {
  return `${alter(on, column)} TYPE ${type}${using === undefined ? '' : ` USING ${using}`}`;
}

export function addRequired(on: PlanTable, column: string, type: string, defaultTo: string | undefined): string {
  return `${addColumn(on, column, type)} NOT NULL${defaultTo === undefined ? '' : ` DEFAULT ${defaultTo}`}`;
}

export function restoreColumn(on: PlanTable, column: Column): string {
  const { name, type, collation, defaultTo, generated, identity, nullable } = column;
  const filled = defaultTo !== undefined && !defaultTo.isNull;
  const value =
    generated !== undefined
      ? ` GENERATED ALWAYS AS (${generated.expression.text})${generated.stored ? ' STORED' : ''}`
      : identity !== undefined
        ? ` GENERATED ${identity === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`
        : defaultTo === undefined
          ? ''
          : ` DEFAULT ${defaultTo.text}`;
  return `${addColumn(on, name, type.text, collation)}${value}${!nullable && filled ? ' NOT NULL' : ''}`;
}

function alter(on: PlanTable, column: string): string {
  return `ALTER TABLE ${on.name} ALTER COLUMN ${q(column)}`;
}
