import type { ObjectKey, Table } from './catalog.ts';
import type { CatalogView } from './view.ts';

/** What a table has columns from: the partitioned table, or those that it INHERITS. */
export function parentsOf(table: Table | undefined): readonly ObjectKey[] {
  if (table === undefined) return [];
  return table.partitionOf === undefined ? table.inherits : [table.partitionOf.parent];
}

/** Tables that lose a column when one of them drops it: itself, and those below that have it from there alone. */
export function losersOf(catalog: CatalogView, key: ObjectKey, column: string): readonly ObjectKey[] {
  const losing = new Set([key]);
  const columnAt = (each: ObjectKey) => {
    const table = catalog.objects.get(each);
    return table?.kind === 'table' ? table.columns.find(({ name }) => name === column) : undefined;
  };
  // A set goes on over what is added to it.
  for (const parent of losing)
    for (const child of catalog.dependents.get(parent) ?? []) {
      const table = catalog.objects.get(child);
      if (table?.kind !== 'table' || !parentsOf(table).includes(parent) || columnAt(child)?.local !== false) continue;
      const isKept = parentsOf(table).some((each) => !losing.has(each) && columnAt(each) !== undefined);
      if (!isKept) losing.add(child);
    }
  return [...losing];
}
