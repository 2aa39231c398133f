import type { CatalogObject, Column, Looking, ObjectKey, RelationReads, Table, View } from './catalog.ts';
import { keyOf } from './keys.ts';
import type { DataType, Expression } from './types.ts';
import { typeKey } from './uses.ts';

/** What of an object depends on something, and goes with it where CASCADE says so: a part, or the whole. */
export interface Part {
  readonly kind:
    | 'whole'
    | 'column'
    | 'generated'
    | 'default'
    | 'constraint'
    | 'trigger'
    | 'policy'
    | 'rule'
    | 'attribute';
  readonly name: string;
}

/** Parts that need a function, a type or a sequence. */
export function partsUsing(object: CatalogObject, key: ObjectKey): readonly Part[] {
  const whole = (isUsed: boolean): readonly Part[] => (isUsed ? [{ kind: 'whole', name: object.name.name }] : []);
  const isOf = (type: DataType | undefined): boolean => type !== undefined && typeKey(type) === key;
  switch (object.kind) {
    case 'table':
      return ofTable(object, key);
    case 'index':
      return whole(names(object.where, key) || object.keys.some(({ expression }) => names(expression, key)));
    case 'view':
      return [...whole(object.uses.includes(key)), ...triggersUsing(object, key), ...lookingUsing(object, key)];
    case 'routine':
      return whole(object.uses.includes(key) || [...object.argTypes, ...object.returns].some(isOf));
    case 'type':
      return [
        ...whole(isOf(object.base)),
        ...object.attributes.flatMap(({ name, type }): Part[] => (isOf(type) ? [{ kind: 'attribute', name }] : [])),
      ];
    case 'statistics':
      return whole(object.expressions.some((each) => names(each, key)));
    case 'sequence':
    case 'schema':
    case 'publication':
      return [];
    default: {
      const never: never = object;
      return never;
    }
  }
}

function ofTable(table: Table, key: ObjectKey): readonly Part[] {
  const { name, columns, constraints, partitionBy } = table;
  const isMade = table.ofType === key || partitionBy?.keys.some(({ expression }) => names(expression, key)) === true;
  return [
    ...(isMade ? [{ kind: 'whole', name: name.name } as const] : []),
    ...columns.flatMap((column) => ofColumn(column, key)),
    ...constraints.flatMap((each): Part[] =>
      names(each.expression, key) ? [{ kind: 'constraint', name: each.name }] : [],
    ),
    ...triggersUsing(table, key),
    ...lookingUsing(table, key),
  ];
}

function triggersUsing({ triggers }: Table | View, key: ObjectKey): readonly Part[] {
  return triggers.flatMap((each): Part[] =>
    each.fn === key || each.when?.uses.includes(key) ? [{ kind: 'trigger', name: each.name }] : [],
  );
}

/** A column that is computed goes with what its expression names. */
function ofColumn({ name, type, sequence, defaultTo, generated }: Column, key: ObjectKey): readonly Part[] {
  if (typeKey(type) === key) return [{ kind: 'column', name }];
  if (names(generated?.expression, key)) return [{ kind: 'generated', name }];
  return sequence === key || names(defaultTo, key) ? [{ kind: 'default', name }] : [];
}

function lookingUsing(owner: Table | View, key: ObjectKey): readonly Part[] {
  return lookingFrom(owner, ({ uses, checkUses }) => uses.includes(key) || checkUses?.includes(key) === true);
}

/** Policies and rules of a relation. */
function lookingFrom(
  owner: Table | View,
  isMeant: (looking: Looking & { readonly checkUses?: readonly ObjectKey[] }) => boolean,
): readonly Part[] {
  const policies = owner.kind === 'table' ? owner.policies.filter(isMeant) : [];
  return [
    ...policies.map(({ name }): Part => ({ kind: 'policy', name })),
    ...owner.rules.filter(isMeant).map(({ name }): Part => ({ kind: 'rule', name })),
  ];
}

function names(expression: Expression | undefined, key: ObjectKey): boolean {
  return expression?.uses?.includes(key) === true;
}

/** Does it read the column, or anything of the relation? Of a star nobody says which columns it is. */
export type Reading = (columns: readonly string[]) => boolean;

/** Parts that read a relation: views, policies and rules, bodies that the server keeps. */
export function partsReading(
  object: CatalogObject,
  relation: ObjectKey,
  isMeant: Reading = () => true,
): readonly Part[] {
  const isReading = (reads: readonly RelationReads[]) =>
    reads.some((each) => each.relation === relation && isMeant(each.columns));
  switch (object.kind) {
    case 'table':
      return [...lookingFrom(object, ({ reads }) => isReading(reads)), ...triggersOn(object, relation, isMeant)];
    case 'view':
      return [
        ...(isReading(object.reads) ? [{ kind: 'whole', name: object.name.name } as const] : []),
        ...lookingFrom(object, ({ reads }) => isReading(reads)),
      ];
    case 'routine':
      return isReading(object.reads) ? [{ kind: 'whole', name: object.name.name }] : [];
    case 'index':
    case 'sequence':
    case 'type':
    case 'schema':
    case 'statistics':
    case 'publication':
      return [];
    default: {
      const never: never = object;
      return never;
    }
  }
}

/** Of the table itself: `UPDATE OF`, WHEN. */
function triggersOn({ name, triggers }: Table, relation: ObjectKey, isMeant: Reading): readonly Part[] {
  if (keyOf('rel', name) !== relation) return [];
  return triggers.flatMap((each): Part[] => {
    const columns = [...each.columns, ...(each.when?.columns ?? [])];
    return columns.length > 0 && isMeant(columns) ? [{ kind: 'trigger', name: each.name }] : [];
  });
}
