import type { ObjectKey, Table, UserType } from '../schema/catalog.ts';
import type { Ident } from '../schema/names.ts';
import type { DataType } from '../schema/types.ts';
import type { ChangeContext } from './rule.ts';
import { knownType } from './support.ts';

/** What ALTER TYPE does to an attribute of a composite type, which is a column of the tables that are made of it. */
export interface AttributeChange {
  readonly key: ObjectKey;
  readonly type: UserType;
  readonly attribute: string;
  readonly action: 'add' | 'drop' | 'type' | 'rename';
  readonly to?: DataType;
  readonly newName?: Ident;
  readonly cascade: boolean;
  /** Made of the type. */
  readonly tables: readonly (readonly [ObjectKey, Table])[];
}

/** Undefined where the change is another one, or nothing is known of the type. */
export function attributeChange(context: ChangeContext): AttributeChange | undefined {
  const { change } = context.step;
  if (change.kind !== 'ChangeObject' || typeof change.options?.attribute !== 'string') return undefined;
  const found = knownType(context, change.object);
  if (found === undefined) return undefined;
  const { attribute, action = 'rename', type, cascade } = change.options;
  return {
    key: found.key,
    type: found.value,
    attribute,
    action: action as AttributeChange['action'],
    ...(type === undefined ? {} : { to: type as DataType }),
    ...(change.newName === undefined ? {} : { newName: change.newName }),
    cascade: cascade === true,
    tables: tablesOfType(context, found.key),
  };
}

function tablesOfType(context: ChangeContext, type: ObjectKey): AttributeChange['tables'] {
  return context.dependents(type).flatMap((key) => {
    const table = context.before.objects.get(key);
    return table?.kind === 'table' && table.ofType === type ? [[key, table] as const] : [];
  });
}
