import { type Json, sameJson } from '../../json/value.ts';
import { decimalFault } from '../../logical.ts';
import { qualify } from '../../names.ts';
import { isPrimitive, type PrimitiveType, type Prop, type Schema, type UnionSchema } from '../../schema.ts';
import { enumReserved, schemaReserved } from '../named.ts';
import { noProps } from '../reading.ts';
import { propsOf, readAnnotations } from './annotations.ts';
import { type Cursor, spanOf } from './cursor.ts';
import type { Token } from './tokens.ts';
import { decode, integerOf } from './values.ts';

/** Names of types that are written by a keyword. */
const keywordTypes: Readonly<Record<string, readonly [type: 'int' | 'long' | 'string', logical: string]>> = {
  date: ['int', 'date'],
  time_ms: ['int', 'time-millis'],
  timestamp_ms: ['long', 'timestamp-millis'],
  local_timestamp_ms: ['long', 'local-timestamp-millis'],
  uuid: ['string', 'uuid'],
};

export function readFullType(cursor: Cursor, space: string): Schema {
  const { annotations, schema, optional } = cursor.nested(() => {
    const list = readAnnotations(cursor, undefined);
    return { annotations: list, ...readPlainType(cursor, space, list.list.length > 0) };
  });
  if (annotations.list.length === 0) return schema;
  const union = optional && schema.kind === 'union' ? schema : undefined;
  const of = union?.branches[1] ?? schema;
  const reserved = of.kind === 'enum' ? enumReserved : schemaReserved;
  const withProps = { ...of, props: mergeProps(cursor, of.props, propsOf(cursor, annotations, reserved, [])) };
  return union === undefined ? withProps : { ...union, branches: [union.branches[0] as Schema, withProps] };
}

function mergeProps(cursor: Cursor, before: Schema['props'], added: ReadonlyMap<string, Prop>): Schema['props'] {
  const merged = new Map(before);
  for (const [name, prop] of added)
    if (!sameJson((merged.get(name) ?? prop).value, prop.value))
      cursor.reading.problem(prop.span, `Can't overwrite property: ${name}`);
    else merged.set(name, prop);
  return merged;
}

export function readPlainType(
  cursor: Cursor,
  space: string,
  annotated: boolean,
): { readonly schema: Schema; readonly optional: boolean } {
  const word = cursor.token;
  const follows = cursor.tokens.at(cursor.at + 1);
  if (word.kind !== 'word') throw cursor.expected('a type');
  if (!word.quoted && follows?.kind === 'mark') {
    if (word.text === 'array' && follows.text === '<')
      return { schema: readCollection(cursor, space, 'array'), optional: false };
    if (word.text === 'map' && follows.text === '<')
      return { schema: readCollection(cursor, space, 'map'), optional: false };
    if (word.text === 'union' && follows.text === '{') return { schema: readUnion(cursor, space), optional: false };
  }
  return readNullable(cursor, space, annotated);
}

function readCollection(cursor: Cursor, space: string, kind: 'array' | 'map'): Schema {
  const word = cursor.next();
  cursor.mark('<');
  const inner = readFullType(cursor, space);
  const end = cursor.mark('>');
  const base = { file: cursor.reading.file, span: spanOf(word, end), wordSpan: word.span, props: noProps };
  return kind === 'array' ? { kind, ...base, items: inner } : { kind, ...base, values: inner };
}

function readUnion(cursor: Cursor, space: string): Schema {
  const word = cursor.next();
  cursor.mark('{');
  const branches: Schema[] = [];
  do branches.push(readFullType(cursor, space));
  while (cursor.takes(','));
  const span = spanOf(word, cursor.mark('}'));
  cursor.reading.checkUnion(branches);
  return { kind: 'union', file: cursor.reading.file, span, wordSpan: span, props: noProps, branches };
}

function readNullable(
  cursor: Cursor,
  space: string,
  annotated: boolean,
): { readonly schema: Schema; readonly optional: boolean } {
  const word = cursor.next();
  const schema = readSimple(cursor, word, space, annotated);
  if (!cursor.isMark('?')) return { schema, optional: false };
  const span = spanOf(word, cursor.next());
  const none: Schema = { kind: 'null', file: cursor.reading.file, span, wordSpan: span, props: noProps };
  const branches = [none, schema];
  cursor.reading.checkUnion(branches);
  const union: Optional = {
    kind: 'union',
    file: cursor.reading.file,
    span,
    wordSpan: span,
    props: noProps,
    branches,
    optional: true,
  };
  return { schema: union, optional: true };
}

function readSimple(cursor: Cursor, word: Token, space: string, annotated: boolean): Schema {
  if (!word.quoted) {
    const keyword = keywordTypes[word.text];
    if (keyword !== undefined) return primitive(cursor, keyword[0], word, logical(word, keyword[1]));
    if (word.text === 'decimal' && cursor.isMark('(')) return readDecimal(cursor, word);
    if (isPrimitive(word.text)) return primitive(cursor, word.text, word, noProps);
  }
  if (annotated) cursor.reading.problem(word.span, 'Type references may not be annotated');
  // Between backticks a primitive's name is looked up as a name, and found to be that primitive all the same.
  if (isPrimitive(word.text) && space === '') return primitive(cursor, word.text, word, noProps);
  return refer(cursor, word, space);
}

/** Names are qualified before they are looked up: one without namespace is not found from within one. */
export function refer(cursor: Cursor, { text, span }: Token, space: string): Schema {
  return cursor.reading.refer(qualify(text, space), '', span);
}

function readDecimal(cursor: Cursor, word: Token): Schema {
  cursor.mark('(');
  const precision = cursor.literal('integer');
  const scale = cursor.takes(',') ? cursor.literal('integer') : undefined;
  const end = cursor.mark(')');
  const fault = decimalFault(decode(precision.text), scale === undefined ? 0 : decode(scale.text));
  if (fault !== undefined) cursor.reading.problem(spanOf(word, end), fault);
  const props = new Map(logical(word, 'decimal'));
  props.set('precision', propOf(integerOf(precision)));
  props.set(
    'scale',
    propOf(scale === undefined ? { kind: 'number', span: precision.span, text: '0' } : integerOf(scale)),
  );
  return { ...primitive(cursor, 'bytes', word, props), span: spanOf(word, end) };
}

function logical({ span }: Token, name: string): ReadonlyMap<string, Prop> {
  return new Map([['logicalType', propOf({ kind: 'string', span, value: name })]]);
}

export function primitive(cursor: Cursor, kind: PrimitiveType, { span }: Token, props: Schema['props']): Schema {
  return { kind, file: cursor.reading.file, span, wordSpan: span, props };
}

/** `string?`, until its field says whether null comes first. */
interface Optional extends UnionSchema {
  readonly optional: true;
}

/** A default that is not null puts the type in front. */
export function optionalInOrder(type: Schema, value: Json | undefined): Schema {
  if (type.kind !== 'union' || !('optional' in type)) return type;
  const { branches, ...rest } = type;
  return { ...rest, branches: value === undefined || value.kind === 'null' ? branches : branches.toReversed() };
}

function propOf(value: Json): Prop {
  return { value, span: value.span };
}
