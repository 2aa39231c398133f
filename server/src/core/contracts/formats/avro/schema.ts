import type { FileContent, Span } from '../../../model/text.ts';
import type { Json } from './json/value.ts';

/**
 * Schemas as they are written, with the place of every word. Immutable. A named type that is used again is a `reference`, which
 * `link.ts` follows: so no schema holds one of another file, and recursive types are no cycles of objects.
 */
export type Schema =
  | PrimitiveSchema
  | ArraySchema
  | MapSchema
  | UnionSchema
  | NamedSchema
  | ReferenceSchema
  | UnknownSchema;

export type NamedSchema = RecordSchema | EnumSchema | FixedSchema;

export type PrimitiveType = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string';

export const primitiveTypes: ReadonlySet<string> = new Set<PrimitiveType>([
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
]);

export function isPrimitive(name: string): name is PrimitiveType {
  return primitiveTypes.has(name);
}

interface Base {
  readonly file: FileContent;
  /** All of it. */
  readonly span: Span;
  /** The word that says what it is: `"int"`, `"record"`, the name that is referred to; of a union all of it. */
  readonly wordSpan: Span;
  /** What is no part of the schema language: `logicalType`, `connect.name`. In order. */
  readonly props: ReadonlyMap<string, Prop>;
}

export interface Prop {
  readonly value: Json;
  /** `"name": value`, `@name(value)`. */
  readonly span: Span;
}

export interface PrimitiveSchema extends Base {
  readonly kind: PrimitiveType;
}

export interface ArraySchema extends Base {
  readonly kind: 'array';
  readonly items: Schema;
}

export interface MapSchema extends Base {
  readonly kind: 'map';
  readonly values: Schema;
}

export interface UnionSchema extends Base {
  readonly kind: 'union';
  readonly branches: readonly Schema[];
}

export interface TypeName {
  /** `shop.Order`. */
  readonly full: string;
  /** `Order`. */
  readonly simple: string;
  /** Empty without a namespace. */
  readonly space: string;
  /** With its quotes. */
  readonly span: Span;
}

export interface Alias {
  /** Of a type its full name. */
  readonly name: string;
  readonly span: Span;
}

interface Named extends Base {
  readonly name: TypeName;
  /** Where the namespace is written, if it is. */
  readonly namespaceSpan: Span | undefined;
  readonly aliases: readonly Alias[];
  /** The member or annotation that lists them. */
  readonly aliasesSpan: Span | undefined;
  readonly doc: string | undefined;
  /** As that of a field. */
  readonly meaning?: NamedSchema;
}

export interface RecordSchema extends Named {
  readonly kind: 'record';
  readonly isError: boolean;
  readonly fields: readonly Field[];
  readonly meaning?: RecordSchema;
}

export interface Field {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly type: Schema;
  /** As Apache reads it: of a `float` or `double` a string may say the number. */
  readonly default: Json | undefined;
  /** The member or `= value`. */
  readonly defaultSpan: Span | undefined;
  readonly order: 'ascending' | 'descending' | 'ignore';
  readonly aliases: readonly Alias[];
  readonly aliasesSpan: Span | undefined;
  readonly doc: string | undefined;
  readonly props: ReadonlyMap<string, Prop>;
  /**
   * What its text says wherever it stands, one object for all places: where nothing is wrong with it, and it names no type that
   * stands elsewhere.
   */
  readonly meaning?: Field;
}

export interface EnumSchema extends Named {
  readonly kind: 'enum';
  readonly symbols: readonly Symbol_[];
  /** The word in front of the symbols. */
  readonly symbolsSpan: Span;
  readonly default: Symbol_ | undefined;
}

/** `Symbol` is taken by the language. */
export interface Symbol_ {
  readonly name: string;
  readonly span: Span;
}

export interface FixedSchema extends Named {
  readonly kind: 'fixed';
  readonly size: number;
  readonly sizeSpan: Span;
}

export interface ReferenceSchema extends Base {
  readonly kind: 'reference';
  /** The full name that it means. */
  readonly name: string;
  /** What Apache's parser had read of the name when it met it; it knows no others until the whole is read. */
  readonly known: NamedSchema | undefined;
  /** `find` may fall back to this name, without namespace, among types read before. */
  readonly written: string;
}

/** What is written wrong or not yet. It is compatible with everything: nobody is told what follows from a mistake. */
export interface UnknownSchema extends Base {
  readonly kind: 'unknown';
}

/** Why Apache Avro does not read a file, at the words. */
export interface SchemaProblem {
  readonly span: Span;
  readonly message: string;
  readonly harmless?: true;
}

export interface Message {
  readonly name: string;
  readonly nameSpan: Span;
  /** All of it to the semicolon; in JSON what stands behind its name. */
  readonly span: Span;
  readonly doc: string | undefined;
  readonly request: readonly Field[];
  readonly response: Schema;
  /** Without the string that every message can answer. */
  readonly errors: readonly Schema[];
  readonly oneWay: boolean;
}

export interface Protocol {
  readonly name: string;
  readonly namespace: string;
  readonly nameSpan: Span;
  readonly doc: string | undefined;
  readonly messages: readonly Message[];
}

export interface Import {
  readonly kind: 'idl' | 'protocol' | 'schema';
  readonly path: string;
  readonly span: Span;
}

/** One file, by itself. */
export interface AvroFile {
  readonly content: FileContent;
  readonly syntax: 'json' | 'idl';
  /** The schema that the file is for; none in a protocol. */
  readonly main: Schema | undefined;
  /** Named types by full name, in the order in which they end: inner ones first. */
  readonly types: ReadonlyMap<string, NamedSchema>;
  readonly references: readonly ReferenceSchema[];
  readonly protocol: Protocol | undefined;
  readonly imports: readonly Import[];
  /** The text breaks off or is no JSON: what is not there may yet be written. */
  readonly incomplete: boolean;
  readonly problems: readonly SchemaProblem[];
}

const fieldsOf = new WeakMap<RecordSchema, ReadonlyMap<string, Field>>();

/** Of several fields of one name the last. Once for a record: a long one of the baseline is asked at every edit. */
export function fieldsByName(record: RecordSchema): ReadonlyMap<string, Field> {
  const known = fieldsOf.get(record);
  if (known !== undefined) return known;
  const byName = new Map<string, Field>();
  for (const field of record.fields) byName.set(field.name, field);
  fieldsOf.set(record, byName);
  return byName;
}

/** Of one text that depends on nothing around it: there is nothing to compare. */
export function meansTheSame<Kind extends Field | NamedSchema>(one: Kind, other: Kind): boolean {
  return one.meaning !== undefined && one.meaning === other.meaning;
}

export function isNamed(schema: Schema): schema is NamedSchema {
  return schema.kind === 'record' || schema.kind === 'enum' || schema.kind === 'fixed';
}
