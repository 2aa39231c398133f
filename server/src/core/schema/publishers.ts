import type { ObjectKey, Publication, PublishedTable } from './catalog.ts';
import type { CatalogView } from './view.ts';

/** Publications that name the column: it is dropped with CASCADE only, and takes the table out of them. */
export function publishersOf(
  { objects, dependents }: CatalogView,
  table: ObjectKey,
  column: string,
): readonly Publication[] {
  const names = (member: PublishedTable) =>
    member.table === table && (member.columns?.includes(column) === true || member.filter?.includes(column) === true);
  return (dependents.get(table) ?? []).flatMap((each) => {
    const object = objects.get(each);
    return object?.kind === 'publication' && object.tables.some(names) ? [object] : [];
  });
}
