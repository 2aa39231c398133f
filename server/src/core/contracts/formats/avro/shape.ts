import { printJson } from './json/value.ts';
import type { Alias, AvroFile, Field, Message, NamedSchema, Prop, Schema } from './schema.ts';

/** All of a file that readers and writers can tell: the same text means that only documentation and layout differ. */
export function shapeOf(file: AvroFile): string {
  const known = shapes.get(file);
  if (known !== undefined) return known;
  const types = [...file.types.values()].map(named);
  const messages = (file.protocol?.messages ?? []).map(message);
  const shape = [file.main === undefined ? '' : of(file.main), ...types, ...messages].join('\n');
  shapes.set(file, shape);
  return shape;
}

const shapes = new WeakMap<AvroFile, string>();

/** A named type by its name: its own text stands beside it. */
function of(schema: Schema): string {
  switch (schema.kind) {
    case 'array':
      return `[${of(schema.items)}]${props(schema.props)}`;
    case 'map':
      return `{${of(schema.values)}}${props(schema.props)}`;
    case 'union':
      return `(${schema.branches.map(of).join('|')})`;
    case 'record':
    case 'enum':
    case 'fixed':
      return schema.name.full;
    case 'reference':
      return schema.name;
    default:
      return `${schema.kind}${props(schema.props)}`;
  }
}

function named(type: NamedSchema): string {
  const head = `${type.kind} ${type.name.full}${aliases(type.aliases)}${props(type.props)}`;
  switch (type.kind) {
    case 'record':
      return `${head} ${type.isError}\n${type.fields.map(field).join('\n')}`;
    case 'enum':
      return `${head} ${type.symbols.map(({ name }) => name).join(' ')} ${type.default?.name ?? ''}`;
    case 'fixed':
      return `${head} ${type.size}`;
  }
}

function field(one: Field): string {
  const byDefault = one.default === undefined ? '' : `=${printJson(one.default)}`;
  return `${one.name}:${of(one.type)}${byDefault} ${one.order}${aliases(one.aliases)}${props(one.props)}`;
}

function message({ name, request, response, errors, oneWay }: Message): string {
  return `${name}(${request.map(field).join(',')}):${of(response)} ${errors.map(of).join(' ')} ${oneWay}`;
}

function aliases(list: readonly Alias[]): string {
  return list.length === 0 ? '' : ` alias ${list.map(({ name }) => name).join(' ')}`;
}

function props(map: ReadonlyMap<string, Prop>): string {
  if (map.size === 0) return '';
  return `<${[...map].map(([name, { value }]) => `${name}=${printJson(value)}`).join(' ')}>`;
}
