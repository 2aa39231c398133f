import { nowhere } from '../text/nowhere.ts';
import type { ObjectKey, Routine } from './catalog.ts';
import type { ChangeOf } from './change.ts';
import { candidateKeys, routineKey } from './keys.ts';
import type { ObjectName } from './names.ts';
import { typeKeyNamed } from './row-types.ts';
import type { Call, DataType } from './types.ts';
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

/** The word by which a statement names one; `routine` is any of them. */
export type RoutineKind = 'function' | 'procedure' | 'aggregate' | 'routine';

/** What DROP says. */
export function droppedKind({
  procedure,
  ofAnyKind,
}: Pick<ChangeOf<'DropFunction'>, 'procedure' | 'ofAnyKind'>): RoutineKind {
  if (ofAnyKind === true) return 'routine';
  return procedure ? 'procedure' : 'function';
}

/** The one that a statement means: of these arguments, or the only one of its name. A function's word is an aggregate's, too. */
export function routineNamed(
  catalog: CatalogView,
  name: ObjectName,
  argTypes: readonly DataType[] | undefined,
  kind: RoutineKind = 'routine',
): ObjectKey | undefined {
  const all = overloadsOf(catalog, name).filter(
    ([, { procedure }]) => kind === 'routine' || procedure === (kind === 'procedure'),
  );
  if (argTypes === undefined) return all.length === 1 ? all[0]?.[0] : undefined;
  const settled = argTypes.map((type) => settledType(catalog, type));
  return all.find(([key, routine]) => key === routineKey(routine.name, settled))?.[0];
}

/** @param called `f` or `app.f`, as an expression names what it calls */
export function overloadsCalled(catalog: CatalogView, called: string): ReturnType<typeof overloadsOf> {
  const dot = called.lastIndexOf('.');
  const name = { name: called.slice(dot + 1), span: nowhere };
  return overloadsOf(catalog, dot === -1 ? name : { ...name, schema: called.slice(0, dot) });
}

/** What a call means: the only one that takes so many arguments, or the one whose types are those that its casts say. */
export function calledRoutine(catalog: CatalogView, { count, types, ...name }: Call): ObjectKey | undefined {
  const all = overloadsOf(catalog, { ...name, span: nowhere }).filter(([, { procedure }]) => !procedure);
  if (all.length < 2 || count === undefined) return all.length === 1 ? all[0]?.[0] : undefined;
  const exact = all.filter(([, { argTypes, variadic }]) => argTypes.length === count && variadic === undefined);
  const taking = exact.length > 0 ? exact : all.filter(([, routine]) => takes(routine, count));
  if (taking.length < 2) return taking[0]?.[0];
  const said = types?.map((type) => settledType(catalog, type));
  return said === undefined ? undefined : taking.find(([key, routine]) => key === routineKey(routine.name, said))?.[0];
}

/** Those with a default may be left out; the last ones may be any number. */
function takes({ argTypes, defaults = 0, variadic }: Routine, count: number): boolean {
  const least = argTypes.length - defaults - (variadic === undefined ? 0 : 1);
  return count >= least && (count <= argTypes.length || variadic !== undefined);
}

/** The type with the schema of the one that its name means here. */
export function settledType(catalog: CatalogView, type: DataType): DataType {
  const { name, schema, own } = type;
  if (schema !== undefined || own === undefined) return type;
  const key = typeKeyNamed(catalog, { name, span: nowhere });
  return key === undefined ? type : { ...type, schema: schemaOf(key, name) };
}

/** Of `type:schema.name`. */
function schemaOf(key: ObjectKey, name: string): string {
  return key.slice('type:'.length, -name.length - 1);
}
