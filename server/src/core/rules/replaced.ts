import type { Column, Table } from '../schema/catalog.ts';
import type { ColumnSpec } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import type { DataType } from '../schema/types.ts';
import type { ChangeContext, Step } from './rule.ts';
import { isBehind, written } from './support.ts';
import { typeCompatibility } from './type-compatibility.ts';

/**
 * What this migration puts in the place of a dropped column, under its name and with a type that takes its values: the running
 * version finds what it asks for. `filled`: a later statement gives it values.
 */
export function replacedColumn(
  context: ChangeContext,
  table: ObjectName,
  column: Column,
): { readonly filled: boolean } | undefined {
  const added = later(context).find(
    ({ change }) =>
      change.kind === 'AddColumn' &&
      written(change.table) === written(table) &&
      change.spec.column.name === column.name &&
      isLeftOut(change.spec) &&
      takes(column.type, change.spec.type),
  );
  if (added === undefined) return undefined;
  const filled = later(context).some(
    ({ change }) =>
      change.kind === 'WriteRows' && written(change.table) === written(table) && change.fills.includes(column.name),
  );
  return { filled };
}

/** Does this migration make a table under the name of a dropped one, with all that the running version knows of it? */
export function isReplacedTable(context: ChangeContext, name: ObjectName, table: Table): boolean {
  return later(context).some(
    ({ change }) =>
      change.kind === 'CreateTable' &&
      written(change.table) === written(name) &&
      !table.partial &&
      table.columns.every(({ name: column, type }) =>
        change.columns.some((spec) => spec.column.name === column && takes(type, spec.type)),
      ) &&
      change.columns.every((spec) => isLeftOut(spec) || table.columns.some(({ name }) => name === spec.column.name)),
  );
}

function later({ steps, step }: ChangeContext): readonly Step[] {
  return steps.filter((each) => each.change.certainty !== 'maybe' && isBehind(each, step));
}

/** An insert that does not name it gets by. */
function isLeftOut({ notNull, defaultTo, serial, identity, generated }: ColumnSpec): boolean {
  return !notNull || [defaultTo, serial, identity, generated].some((each) => each !== undefined);
}

function takes(from: DataType, to: DataType): boolean {
  const verdict = typeCompatibility(from, to);
  return verdict === 'same' || verdict === 'wider';
}
