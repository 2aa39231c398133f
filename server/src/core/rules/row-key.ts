import type { ObjectName } from '../schema/names.ts';
import type { ChangeContext } from './rule.ts';

/**
 * Has the materialized view a unique index by which REFRESH CONCURRENTLY finds its rows: on columns, without WHERE?
 * Undefined where the view or its indexes are not known.
 */
export function hasRowKey(context: ChangeContext, name: ObjectName): boolean | undefined {
  const found = context.relation(name);
  if (found.kind !== 'known' || found.value.kind !== 'view' || !found.value.materialized) return undefined;
  const indexes = found.value.indexes.map((key) => context.before.objects.get(key));
  if (indexes.some((index) => index?.kind !== 'index')) return undefined;
  return indexes.some(
    (index) =>
      index?.kind === 'index' &&
      index.unique &&
      index.valid &&
      index.where === undefined &&
      index.keys.every(({ column }) => column !== undefined),
  );
}
