import { type Json, sameJson } from './json/value.ts';
import { type Field, isNamed, meansTheSame, type NamedSchema, type Prop, type Schema } from './schema.ts';

/** As Java's `Schema.equals`: names, types, defaults, orders and properties; neither documentation nor aliases. */
export function sameSchema(one: Schema, other: Schema): boolean {
  const a = followed(one);
  const b = followed(other);
  if (a === undefined || b === undefined) return false;
  if (a === b || (isNamed(a) && isNamed(b) && meansTheSame(a, b))) return true;
  if (!sameProps(a.props, b.props)) return false;
  switch (a.kind) {
    case 'array':
      return b.kind === 'array' && sameSchema(a.items, b.items);
    case 'map':
      return b.kind === 'map' && sameSchema(a.values, b.values);
    case 'union':
      return b.kind === 'union' && sameList(a.branches, b.branches, sameSchema);
    case 'record':
      return b.kind === 'record' && sameName(a, b) && sameList(a.fields, b.fields, sameField);
    case 'enum':
      return b.kind === 'enum' && sameName(a, b) && sameList(a.symbols, b.symbols, (x, y) => x.name === y.name);
    case 'fixed':
      return b.kind === 'fixed' && sameName(a, b) && a.size === b.size;
    case 'unknown':
      return false;
    default:
      return a.kind === b.kind;
  }
}

/** What is not known when a reference is met equals nothing. */
function followed(schema: Schema): Exclude<Schema, { kind: 'reference' }> | undefined {
  return schema.kind === 'reference' ? schema.known : schema;
}

function sameName(one: NamedSchema, other: NamedSchema): boolean {
  return one.name.full === other.name.full;
}

function sameField(one: Field, other: Field): boolean {
  if (meansTheSame(one, other)) return true;
  return (
    one.name === other.name &&
    one.order === other.order &&
    sameDefault(one.default, other.default) &&
    sameSchema(one.type, other.type) &&
    sameProps(one.props, other.props)
  );
}

export function sameDefault(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : sameJson(one, other);
}

export function sameProps(one: ReadonlyMap<string, Prop>, other: ReadonlyMap<string, Prop>): boolean {
  if (one.size !== other.size) return false;
  if (one.size === 0) return true;
  for (const [name, { value }] of one) {
    const there = other.get(name);
    if (there === undefined || !sameJson(value, there.value)) return false;
  }
  return true;
}

export function sameList<Item>(
  one: readonly Item[],
  other: readonly Item[],
  same: (one: Item, other: Item) => boolean,
): boolean {
  return one.length === other.length && one.every((item, at) => same(item, other[at] as Item));
}
