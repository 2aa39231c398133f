import type { ObjectKey, Publication, Table } from '../schema/catalog.ts';
import { everyTableKey, schemaKey } from '../schema/keys.ts';
import type { CatalogView } from '../schema/view.ts';

/** The publications that send what happens in the table, through its partitioned tables as well. */
export function publicationsOf(catalog: CatalogView, key: ObjectKey, table: Table): readonly Publication[] {
  if (table.temporary || table.options.unlogged === true || table.options.foreign === true) return [];
  const through = [key, ...partitionedAbove(catalog, table), everyTableKey, schemaKey(table.name.schema)];
  return through.flatMap((each) =>
    (catalog.dependents.get(each) ?? []).flatMap((user) => {
      const object = catalog.objects.get(user);
      return object?.kind === 'publication' ? [object] : [];
    }),
  );
}

function partitionedAbove(catalog: CatalogView, { partitionOf }: Table): readonly ObjectKey[] {
  const above = partitionOf === undefined ? undefined : catalog.objects.get(partitionOf.parent);
  return partitionOf === undefined || above?.kind !== 'table'
    ? []
    : [partitionOf.parent, ...partitionedAbove(catalog, above)];
}

/** The publication that sends updates or deletes of a table whose rows nothing identifies: the server refuses them. */
export function unidentified(catalog: CatalogView, key: ObjectKey): Publication | undefined {
  const table = catalog.objects.get(key);
  if (table?.kind !== 'table' || table.partial || table.partitionBy !== undefined) return undefined;
  if (hasIdentity(catalog, table)) return undefined;
  return publicationsOf(catalog, key, table).find(
    ({ operations }) => operations.includes('update') || operations.includes('delete'),
  );
}

function hasIdentity(catalog: CatalogView, { replicaIdentity, constraints }: Table): boolean {
  switch (replicaIdentity.kind) {
    case 'full':
      return true;
    case 'nothing':
      return false;
    case 'index':
      return catalog.objects.has(replicaIdentity.index);
    case 'default':
      return constraints.some(({ kind }) => kind === 'primary-key');
    default: {
      const never: never = replicaIdentity;
      return never;
    }
  }
}
