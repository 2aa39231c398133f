import type { FileContent, Span } from '../../../../model/text.ts';
import { PlacedObject } from '../json/placed.ts';
import { type Elements, readJson } from '../json/read.ts';
import {
  distinct,
  isIntegerWithin,
  type Json,
  type JsonArray,
  type JsonObject,
  member,
  memberSpan,
  spanAt,
  textOf,
  valueAt,
} from '../json/value.ts';
import { nameFault } from '../names.ts';
import {
  type Alias,
  type AvroFile,
  type Field,
  isPrimitive,
  type NamedSchema,
  type Prop,
  type Schema,
  type Symbol_,
} from '../schema.ts';
import { meaningOf, nowhere, placeField, rememberedMeanings } from './meaning.ts';
import {
  checkEnumDefault,
  checkFields,
  checkSize,
  checkSymbols,
  distinctAliases,
  enumReserved,
  fieldReserved,
  noName,
  qualified,
  readTypeName,
  schemaReserved,
} from './named.ts';
import { noProps, Reading } from './reading.ts';

/**
 * A schema in JSON, judged as Apache's `Schema.Parser` does, but for all of it where that ends at the first fault.
 * @param elements what has been read of other texts, as `readJson` wants it
 */
export function parseAvsc(content: FileContent, elements?: Elements): AvroFile {
  const { value, problems } = readJson(content.text, 'nothing', elements);
  const reading = new Reading(content);
  const main = value === undefined ? undefined : readSchema(reading, value, '');
  return {
    content,
    syntax: 'json',
    main,
    types: reading.types,
    references: reading.references,
    protocol: undefined,
    imports: [],
    incomplete: problems.some(({ harmless }) => harmless !== true),
    problems: [...problems, ...reading.problems],
  };
}

export function readSchema(reading: Reading, json: Json, space: string): Schema {
  switch (json.kind) {
    case 'string':
      return readName(reading, json.value, json.span, space);
    case 'array':
      return readUnion(reading, json, space);
    case 'object':
      return readObject(reading, json, space);
    default:
      reading.problem(json.span, 'Schema not yet supported: a schema is a name, an object or an array.');
      return reading.unknown(json.span);
  }
}

function readName(reading: Reading, name: string, span: Span, space: string): Schema {
  if (!isPrimitive(name)) return reading.refer(name, space, span);
  return { kind: name, file: reading.file, span, wordSpan: span, props: noProps };
}

function readUnion(reading: Reading, json: JsonArray, space: string): Schema {
  const branches = json.items.map((item) => readSchema(reading, item, space));
  reading.checkUnion(branches);
  return { kind: 'union', file: reading.file, span: json.span, wordSpan: json.span, props: noProps, branches };
}

function readObject(reading: Reading, json: JsonObject, space: string): Schema {
  const type = valueAt(json, 'type');
  if (type?.kind !== 'string') {
    const span = type?.span ?? openingOf(json);
    reading.problem(span, 'No type: "type" has to be the name of a type, in quotes.');
    if (type !== undefined) readSchema(reading, type, space);
    return reading.unknown(json.span);
  }
  if (isPrimitive(type.value)) return { kind: type.value, ...base(reading, json, type.span, schemaReserved) };
  switch (type.value) {
    case 'record':
    case 'error':
      return readRecord(reading, json, type.span, space, type.value === 'error');
    case 'enum':
      return readEnum(reading, json, type.span, space);
    case 'fixed':
      return readFixed(reading, json, type.span, space);
    case 'array':
      return readArray(reading, json, type.span, space);
    case 'map':
      return readMap(reading, json, type.span, space);
    default:
      reading.problem(
        type.span,
        'A schema "type" MUST be a primitive type or one of "enum", "fixed", "record", "error", "array" or "map".',
      );
      return reading.unknown(json.span);
  }
}

function readArray(reading: Reading, json: JsonObject, wordSpan: Span, space: string): Schema {
  const items = valueAt(json, 'items');
  if (items === undefined) return without(reading, json, wordSpan, 'Array has no items type');
  return {
    kind: 'array',
    ...base(reading, json, wordSpan, schemaReserved),
    items: readSchema(reading, items, space),
  };
}

function readMap(reading: Reading, json: JsonObject, wordSpan: Span, space: string): Schema {
  const values = valueAt(json, 'values');
  if (values === undefined) return without(reading, json, wordSpan, 'Map has no values type');
  return {
    kind: 'map',
    ...base(reading, json, wordSpan, schemaReserved),
    values: readSchema(reading, values, space),
  };
}

function readRecord(reading: Reading, json: JsonObject, wordSpan: Span, space: string, isError: boolean): Schema {
  const named = readNamed(reading, json, wordSpan, space, schemaReserved);
  const fields = valueAt(json, 'fields');
  if (fields?.kind !== 'array') return without(reading, json, fields?.span ?? wordSpan, 'Record has no fields');
  const read = fields.items.map((item) => readField(reading, item, named.name.space));
  const record: NamedSchema = {
    kind: 'record',
    ...named,
    isError,
    fields: checkFields(
      reading,
      read.filter((one) => one !== undefined),
    ),
  };
  reading.define(record);
  return record;
}

export function readField(reading: Reading, json: Json, space: string): Field | undefined {
  if (json instanceof PlacedObject) {
    const meaning = meaningIn(json.piece, space);
    if (meaning !== undefined) return placeField(reading, meaning, json);
  }
  return readOwnField(reading, json, space);
}

const meaningIn = rememberedMeanings((json: JsonObject, space) => {
  const reading = new Reading(nowhere);
  return meaningOf(readOwnField(reading, json, space), reading);
});

function readOwnField(reading: Reading, json: Json, space: string): Field | undefined {
  const name = json.kind === 'object' ? valueAt(json, 'name') : undefined;
  if (json.kind !== 'object' || name?.kind !== 'string') {
    reading.problem(name?.span ?? opening(json), 'No field name');
    return undefined;
  }
  const written = valueAt(json, 'type');
  if (written === undefined) reading.problem(name.span, `No field type: field ${name.value} needs a "type".`);
  const type = written === undefined ? reading.unknown(json.span) : readSchema(reading, written, space);
  const fault = nameFault(name.value);
  if (fault !== undefined) reading.problem(name.span, fault);
  const aliases = readAliases(reading, json);
  return {
    name: name.value,
    nameSpan: name.span,
    span: json.span,
    type,
    default: readDefault(reading, json, type),
    defaultSpan: spanAt(json, 'default'),
    order: readOrder(reading, json),
    aliases,
    aliasesSpan: spanAt(json, 'aliases'),
    doc: textOf(json, 'doc'),
    props: propsOf(json, fieldReserved),
  };
}

/** A string may say the number of a float or double. */
function readDefault(reading: Reading, json: JsonObject, type: Schema): Json | undefined {
  const written = valueAt(json, 'default');
  if (written?.kind !== 'string' || (type.kind !== 'float' && type.kind !== 'double')) return written;
  if (javaDouble.test(written.value)) return { kind: 'number', span: written.span, text: `${written.value.trim()}` };
  reading.problem(written.span, `Invalid default: ${JSON.stringify(written.value)} is not a number.`);
  return undefined;
}

/** What `Double.parseDouble` reads. */
const javaDouble =
  /^[\0- ]*[+-]?(?:NaN|Infinity|(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|0[xX](?:[\da-fA-F]+\.?|[\da-fA-F]*\.[\da-fA-F]+)[pP][+-]?\d+)[fFdD]?)[\0- ]*$/;

function readOrder(reading: Reading, json: JsonObject): Field['order'] {
  const written = valueAt(json, 'order');
  if (written === undefined) return 'ascending';
  const order = written.kind === 'string' ? written.value.toLowerCase() : '';
  if (order === 'ascending' || order === 'descending' || order === 'ignore') return order;
  reading.problem(written.span, 'The order of a field is "ascending", "descending" or "ignore".');
  return 'ascending';
}

function readEnum(reading: Reading, json: JsonObject, wordSpan: Span, space: string): Schema {
  const named = readNamed(reading, json, wordSpan, space, enumReserved);
  const written = valueAt(json, 'symbols');
  if (written?.kind !== 'array') return without(reading, json, written?.span ?? wordSpan, 'Enum has no symbols');
  const symbols = written.items.map((item) => readSymbol(reading, item)).filter((one) => one !== undefined);
  checkSymbols(reading, symbols);
  const byDefault = valueAt(json, 'default');
  const preferred = byDefault?.kind === 'string' ? { name: byDefault.value, span: byDefault.span } : undefined;
  checkEnumDefault(reading, symbols, preferred);
  const type: NamedSchema = {
    kind: 'enum',
    ...named,
    symbols,
    symbolsSpan: member(json, 'symbols')?.keySpan ?? written.span,
    default: preferred,
  };
  reading.define(type);
  return type;
}

function readSymbol(reading: Reading, item: Json): Symbol_ | undefined {
  if (item.kind === 'string') return { name: item.value, span: item.span };
  reading.problem(item.span, 'Null name: a symbol is a string.');
  return undefined;
}

function readFixed(reading: Reading, json: JsonObject, wordSpan: Span, space: string): Schema {
  const named = readNamed(reading, json, wordSpan, space, schemaReserved);
  const size = valueAt(json, 'size');
  if (size?.kind !== 'number' || !isIntegerWithin(size, -2147483648n, 2147483647n))
    return without(reading, json, size?.span ?? wordSpan, 'Invalid or no size');
  const type: NamedSchema = { kind: 'fixed', ...named, size: Number(size.text), sizeSpan: size.span };
  checkSize(reading, type.size, size.span);
  reading.define(type);
  return type;
}

/** What every named type has. A name that is none is empty: nothing follows from it. */
function readNamed(reading: Reading, json: JsonObject, wordSpan: Span, space: string, reserved: ReadonlySet<string>) {
  const written = valueAt(json, 'name');
  const around = textOf(json, 'namespace') ?? space;
  const name =
    written?.kind === 'string' ? readTypeName(reading, written.value, written.span, around) : noName(wordSpan, around);
  if (written?.kind !== 'string') reading.problem(written?.span ?? wordSpan, 'No name in schema');
  const aliases = readAliases(reading, json).map((alias) => qualified(reading, alias, name.space));
  return {
    ...base(reading, json, wordSpan, reserved),
    name,
    namespaceSpan: valueAt(json, 'namespace')?.span,
    aliases: distinctAliases(aliases),
    aliasesSpan: spanAt(json, 'aliases'),
    doc: textOf(json, 'doc'),
  };
}

export function readAliases(reading: Reading, json: JsonObject): readonly Alias[] {
  const written = valueAt(json, 'aliases');
  if (written === undefined) return [];
  if (written.kind !== 'array') {
    reading.problem(written.span, 'aliases not an array');
    return [];
  }
  const aliases: Alias[] = [];
  for (const item of written.items)
    if (item.kind === 'string') aliases.push({ name: item.value, span: item.span });
    else reading.problem(item.span, 'alias not a string');
  return aliases;
}

function base(reading: Reading, json: JsonObject, wordSpan: Span, reserved: ReadonlySet<string>) {
  return { file: reading.file, span: json.span, wordSpan, props: propsOf(json, reserved) };
}

export function propsOf(json: JsonObject, reserved: ReadonlySet<string>): ReadonlyMap<string, Prop> {
  if (json.members.every(({ key }) => reserved.has(key))) return noProps;
  const props = new Map<string, Prop>();
  for (const one of distinct(json))
    if (!reserved.has(one.key) && one.value !== undefined)
      props.set(one.key, { value: one.value, span: memberSpan(one) });
  return props;
}

function without(reading: Reading, json: JsonObject, span: Span, message: string): Schema {
  reading.problem(span, message);
  return reading.unknown(json.span);
}

/** A brace is enough to point at an object. */
function openingOf({ span }: JsonObject): Span {
  return { start: span.start, end: span.start + 1 };
}

function opening(json: Json): Span {
  return json.kind === 'object' ? openingOf(json) : json.span;
}
