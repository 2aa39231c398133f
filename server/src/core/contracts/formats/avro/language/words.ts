import type { AvroSet } from '../link.ts';
import { type LogicalType, logicalTypeOf } from '../logical.ts';
import type { NamedSchema, Schema } from '../schema.ts';

/** `long (timestamp-millis)`, `array of record shop.Line`, `string or null`: a type as people say it, names followed. */
export function typeInWords({ find }: Pick<AvroSet, 'find'>, schema: Schema): string {
  return said(schema, (reference) => {
    const type = find(reference);
    return type === undefined ? `${reference.name} (not defined)` : namedInWords(type);
  });
}

/** The same in few words, with names as they are written last. */
export function typeInShort(schema: Schema): string {
  return said(schema, ({ name }) => name.slice(name.lastIndexOf('.') + 1));
}

export function namedInWords({ kind, name: { full } }: NamedSchema): string {
  return `${kind} ${full}`;
}

type SayReference = (reference: Schema & { readonly kind: 'reference' }) => string;

function said(schema: Schema, refer: SayReference): string {
  switch (schema.kind) {
    case 'array':
      return `array of ${inside(schema.items, refer)}`;
    case 'map':
      return `map of ${inside(schema.values, refer)}`;
    case 'union':
      return union(schema.branches, refer);
    case 'reference':
      return refer(schema);
    case 'record':
    case 'enum':
      return namedInWords(schema);
    case 'fixed':
      return withLogical(namedInWords(schema), logicalTypeOf(schema));
    case 'unknown':
      return 'not yet written';
    default:
      return withLogical(schema.kind, logicalTypeOf(schema));
  }
}

function inside(schema: Schema, refer: SayReference): string {
  const words = said(schema, refer);
  return schema.kind === 'union' ? `(${words})` : words;
}

/** Null last: it is the exception. */
function union(branches: readonly Schema[], refer: SayReference): string {
  const others = branches.filter(({ kind }) => kind !== 'null');
  const words = others.map((branch) => said(branch, refer));
  return [...words, ...(others.length < branches.length ? ['null'] : [])].join(' or ');
}

function withLogical(word: string, logical: LogicalType | undefined): string {
  if (logical === undefined) return word;
  const { name, precision, scale } = logical;
  return `${word} (${precision === undefined ? name : `${name} ${precision}, ${scale ?? 0}`})`;
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
