import type { ObjectKey, Routine } from './catalog.ts';
import { candidateKeys, routineKey } from './keys.ts';
import type { ObjectName } from './names.ts';
import type { DataType } from './types.ts';
import type { CatalogView } from './view.ts';

/** Routines that a name may mean, in the order of the search; of two with the same arguments the first hides the other. */
export function overloadsOf(catalog: CatalogView, name: ObjectName): readonly (readonly [ObjectKey, Routine])[] {
  const found = new Map<string, readonly [ObjectKey, Routine]>();
  for (const key of candidateKeys(catalog, 'fn', name))
    for (const each of catalog.dependents.get(key) ?? []) {
      const routine = catalog.objects.get(each);
      const signature = each.slice(key.length);
      if (routine?.kind === 'routine' && !found.has(signature)) found.set(signature, [each, routine]);
    }
  return [...found.values()];
}

/**
 * The one that a statement means: of these arguments, or the only one of its name.
 * @param isProcedure of two kinds only one is meant
 */
export function routineNamed(
  catalog: CatalogView,
  name: ObjectName,
  argTypes: readonly DataType[] | undefined,
  isProcedure?: boolean,
): ObjectKey | undefined {
  const all = overloadsOf(catalog, name).filter(
    ([, { procedure }]) => isProcedure === undefined || procedure === isProcedure,
  );
  if (argTypes === undefined) return all.length === 1 ? all[0]?.[0] : undefined;
  const settled = argTypes.map((type) => settledType(catalog, type));
  return all.find(([key, routine]) => key === routineKey(routine.name, settled))?.[0];
}

/** The type with the schema of the user's type that its name means here. */
export function settledType(catalog: CatalogView, type: DataType): DataType {
  const { name, schema } = type;
  const span = { start: 0, end: 0 };
  for (const key of candidateKeys(catalog, 'type', schema === undefined ? { name, span } : { name, schema, span })) {
    const found = catalog.objects.get(key);
    if (found !== undefined) return { ...type, schema: found.name.schema };
  }
  return type;
}
