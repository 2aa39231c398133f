import { sameDefault, sameList, sameProps } from './same.ts';
import {
  type Alias,
  type AvroFile,
  type Field,
  type Message,
  meansTheSame,
  type NamedSchema,
  type Schema,
} from './schema.ts';

/** Whether readers and writers can tell two files apart: else only documentation and layout differ. */
export function sameShape(one: AvroFile, other: AvroFile): boolean {
  return (
    sameMain(one.main, other.main) &&
    sameList([...one.types.values()], [...other.types.values()], sameType) &&
    sameList(one.protocol?.messages ?? [], other.protocol?.messages ?? [], sameMessage)
  );
}

function sameMain(one: Schema | undefined, other: Schema | undefined): boolean {
  return one === undefined || other === undefined ? one === other : sameUse(one, other);
}

/** The same where it is used; a named type by its name: what it is stands beside it. */
export function sameUse(one: Schema, other: Schema): boolean {
  const name = nameOf(one);
  if (name !== undefined) return name === nameOf(other);
  if (one.kind === 'union') return other.kind === 'union' && sameList(one.branches, other.branches, sameUse);
  if (one.kind !== other.kind || !sameProps(one.props, other.props)) return false;
  if (one.kind === 'array') return other.kind === 'array' && sameUse(one.items, other.items);
  return one.kind !== 'map' || (other.kind === 'map' && sameUse(one.values, other.values));
}

function nameOf(schema: Schema): string | undefined {
  switch (schema.kind) {
    case 'record':
    case 'enum':
    case 'fixed':
      return schema.name.full;
    case 'reference':
      return schema.name;
    default:
      return undefined;
  }
}

export function sameType(one: NamedSchema, other: NamedSchema): boolean {
  if (meansTheSame(one, other)) return true;
  if (one.name.full !== other.name.full || !sameProps(one.props, other.props)) return false;
  if (!sameAliases(one.aliases, other.aliases)) return false;
  switch (one.kind) {
    case 'record':
      return other.kind === 'record' && one.isError === other.isError && sameList(one.fields, other.fields, sameField);
    case 'enum':
      return (
        other.kind === 'enum' &&
        one.default?.name === other.default?.name &&
        sameList(one.symbols, other.symbols, (a, b) => a.name === b.name)
      );
    case 'fixed':
      return other.kind === 'fixed' && one.size === other.size;
  }
}

export function sameField(one: Field, other: Field): boolean {
  if (meansTheSame(one, other)) return true;
  return (
    one.name === other.name &&
    one.order === other.order &&
    sameDefault(one.default, other.default) &&
    sameAliases(one.aliases, other.aliases) &&
    sameProps(one.props, other.props) &&
    sameUse(one.type, other.type)
  );
}

function sameMessage(one: Message, other: Message): boolean {
  return (
    one.name === other.name &&
    one.oneWay === other.oneWay &&
    sameList(one.request, other.request, sameField) &&
    sameUse(one.response, other.response) &&
    sameList(one.errors, other.errors, sameUse)
  );
}

function sameAliases(one: readonly Alias[], other: readonly Alias[]): boolean {
  return sameList(one, other, (a, b) => a.name === b.name);
}
