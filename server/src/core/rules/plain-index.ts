import type { Index, ObjectKey, Table } from '../schema/catalog.ts';
import type { ConstraintSpec, IndexKey } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import type { CatalogView } from '../schema/view.ts';
import type { ChangeContext } from './rule.ts';

export function indexesOf(catalog: CatalogView, table: Table): readonly (readonly [ObjectKey, Index])[] {
  return table.indexes.flatMap((key) => {
    const index = catalog.objects.get(key);
    return index?.kind === 'index' ? [[key, index] as const] : [];
  });
}

/** Constraints that a change puts on a table, whichever way they are written. */
export function constraintsMade({
  step: { change },
}: ChangeContext): readonly { readonly table: ObjectName; readonly constraint: ConstraintSpec }[] {
  switch (change.kind) {
    case 'CreateTable':
    case 'AddColumn':
      return change.constraints.map((constraint) => ({ table: change.table, constraint }));
    case 'AddConstraint':
      return [{ table: change.table, constraint: change.constraint }];
    default:
      return [];
  }
}

/** Do the first keys name these columns, in any order? Rows without them, as a foreign key skips them, may be left out. */
export function startsWith({ keys, where }: Pick<Index, 'keys' | 'where'>, columns: readonly string[]): boolean {
  if (where !== undefined && !isOfPresentRows(where.text, columns)) return false;
  const first = keys.slice(0, columns.length).map(({ column }) => column);
  return columns.every((column) => first.includes(column));
}

function isOfPresentRows(where: string, columns: readonly string[]): boolean {
  const tested = /^\(*"?([\w$]+)"?\s+IS\s+NOT\s+NULL\)*$/i.exec(where.trim())?.[1];
  return tested !== undefined && columns.some((column) => column.toLowerCase() === tested.toLowerCase());
}

/** Whole rows, plain columns: what can be compared for sure. */
export function isPlain({ keys, where, method, valid }: Index): boolean {
  return where === undefined && valid && method === 'btree' && keys.every(({ column }) => column !== undefined);
}

/** The keys of the one are the first keys of the other. */
export function isPrefix(shorter: Index, longer: Index): boolean {
  return shorter.keys.every((key, nth) => isSameKey(key, longer.keys[nth]));
}

function isSameKey(a: IndexKey, b: IndexKey | undefined): boolean {
  return (
    a.column === b?.column &&
    a.descending === b?.descending &&
    a.nullsFirst === b.nullsFirst &&
    a.opclass === b.opclass &&
    a.collation === b.collation
  );
}
