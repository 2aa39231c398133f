import type { MessageArgs } from '../../../../model/finding.ts';
import type { FileContent, Span } from '../../../../model/text.ts';
import type { ContractFinding } from '../../../finding.ts';
import type { ContractPlace, Side } from '../../../tree.ts';
import { describe } from '../describe.ts';
import type { Envelope } from '../envelope.ts';
import type { AvroSet } from '../link.ts';
import { callName } from '../messages.ts';
import type { Direction } from '../profiles.ts';
import { type EnumSchema, isNamed, type Schema, type Symbol_ } from '../schema.ts';
import type { Exchange } from './exchanges.ts';
import { fixesOf } from './fixes.ts';
import type { Incompatibility, IncompatibilityKind } from './incompatibility.ts';
import { missingSymbols, typeName } from './resolution.ts';

/** What a finding is made from: the two sides as the editor has them, whoever of them reads. */
export interface Sides {
  readonly before: AvroSet;
  readonly after: AvroSet;
  readonly direction: Direction;
  /** Name of the version before. */
  readonly against: string;
  /** Of change events: the row, whose fields are columns of a table. */
  readonly envelope?: Envelope | undefined;
  /** What crosses the wire between a client and a server, where it is that. */
  readonly exchange?: Exchange | undefined;
}

/** `MISSING_UNION_BRANCH` -> `avro/missing-union-branch`. */
export function ruleOf(kind: IncompatibilityKind): `avro/${string}` {
  return `avro/${kind.toLowerCase().replaceAll('_', '-')}`;
}

/** @param told what Apache says, where that is not what is shown */
export function toFinding(one: Incompatibility, sides: Sides, told = one): ContractFinding {
  const backward = sides.direction === 'BACKWARD';
  const table = tableOf(one, sides.envelope);
  const { exchange } = sides;
  const suffix = isAbsent(one) ? '-absent' : exchange !== undefined ? '-call' : table === undefined ? '' : '-column';
  const [reader, writer] = [wordsOfReader(one), wordsOfWriter(one)];
  const [now, then] = backward ? [reader, writer] : [writer, reader];
  const before = placeOf(sides.before, 'before', then);
  const object = one.within.object === '' && exchange !== undefined ? callName(exchange.call) : one.within.object;
  const args = {
    ...argsOf(one, sides, told),
    object,
    ...(table === undefined ? {} : { table }),
    ...(exchange === undefined ? {} : wordsOfExchange(exchange)),
  };
  return {
    rule: ruleOf(one.kind),
    messageId: `${backward ? 'backward' : 'forward'}${suffix}`,
    args,
    place: placeOf(sides.after, 'after', now) ?? { side: 'after', path: '', span: { start: 0, end: 0 } },
    object,
    compat: 'breaking',
    related: before === undefined ? [] : [{ place: before, messageId: 'before', args: { against: sides.against } }],
    fixes: fixesOf(one, sides.direction, args),
    peerRule: told.kind,
    against: sides.against,
  };
}

/** Who writes what, and who has to read it. */
function wordsOfExchange({ call, direction, part }: Exchange): MessageArgs {
  const [writers, readers] = part === 'request' ? ['clients', 'servers'] : ['servers', 'clients'];
  const [written, read] = direction === 'BACKWARD' ? ['old', 'new'] : ['new', 'old'];
  return {
    call: call.message.name,
    writers: `${writers} of the ${written} protocol`,
    readers: `${readers} of the ${read} one`,
  };
}

/** The table whose column it is about, in so many words of the rules that speak of columns. */
function tableOf({ kind, within }: Incompatibility, envelope: Envelope | undefined): string | undefined {
  const isColumn = envelope !== undefined && within.object.startsWith(`${envelope.value.name.full}.`);
  return isColumn && ofColumns.has(kind) ? envelope.table : undefined;
}

const ofColumns: ReadonlySet<IncompatibilityKind> = new Set([
  'READER_FIELD_MISSING_DEFAULT_VALUE',
  'TYPE_MISMATCH',
  'MISSING_UNION_BRANCH',
]);

/** The field has no counterpart, and its enum's default is no default of the field. */
function isAbsent({ kind, reader, writer, within }: Incompatibility): boolean {
  return (
    kind === 'TYPE_MISMATCH' && reader.kind === 'enum' && writer.kind === 'record' && within.writerField === undefined
  );
}

interface Words {
  readonly file: FileContent;
  readonly span: Span;
}

function wordsOfReader(one: Incompatibility): Words {
  const { kind, reader, readerWord, field, within } = one;
  if (isAbsent(one) && within.readerField !== undefined)
    return { file: readerWord.file, span: within.readerField.nameSpan };
  switch (kind) {
    case 'NAME_MISMATCH':
      return at(reader, isNamed(reader) ? reader.name.span : reader.wordSpan);
    case 'FIXED_SIZE_MISMATCH':
      return at(reader, reader.kind === 'fixed' ? reader.sizeSpan : reader.wordSpan);
    case 'MISSING_ENUM_SYMBOLS':
      return at(reader, reader.kind === 'enum' ? reader.symbolsSpan : reader.wordSpan);
    case 'READER_FIELD_MISSING_DEFAULT_VALUE':
      return at(reader, field?.nameSpan ?? reader.wordSpan);
    case 'TYPE_MISMATCH':
    case 'MISSING_UNION_BRANCH':
      return at(readerWord, readerWord.wordSpan);
  }
}

/** Of a field that the writer has not: its record, the nearest that is left. */
function wordsOfWriter(one: Incompatibility): Words {
  const { kind, reader, writer, writerWord } = one;
  if (isAbsent(one)) return at(writer, isNamed(writer) ? writer.name.span : writer.wordSpan);
  switch (kind) {
    case 'NAME_MISMATCH':
    case 'READER_FIELD_MISSING_DEFAULT_VALUE':
      return at(writer, isNamed(writer) ? writer.name.span : writer.wordSpan);
    case 'FIXED_SIZE_MISMATCH':
      return at(writer, writer.kind === 'fixed' ? writer.sizeSpan : writer.wordSpan);
    case 'MISSING_ENUM_SYMBOLS':
      return at(writer, firstMissing(reader, writer)?.span ?? writer.wordSpan);
    case 'TYPE_MISMATCH':
    case 'MISSING_UNION_BRANCH':
      return at(writerWord, writerWord.wordSpan);
  }
}

function at({ file }: Schema, span: Span): Words {
  return { file, span };
}

/** The first one as the writer's text has them. */
function firstMissing(reader: Schema, writer: Schema): Symbol_ | undefined {
  if (reader.kind !== 'enum' || writer.kind !== 'enum') return undefined;
  const missing = new Set(missingSymbols(reader, writer));
  return writer.symbols.find(({ name }) => missing.has(name));
}

function placeOf(set: AvroSet, side: Side, { file, span }: Words): ContractPlace | undefined {
  const path = set.pathOf(file);
  return path === undefined ? undefined : { side, path, span };
}

/** What messages speak of: `old` and `new` whoever reads, and Apache's own location and words. */
function argsOf(one: Incompatibility, { direction, against }: Sides, told: Incompatibility): MessageArgs {
  const { reader, writer, field, within } = one;
  const { location, message } = told;
  const [before, after] = direction === 'BACKWARD' ? [writer, reader] : [reader, writer];
  return {
    location,
    message,
    direction,
    against,
    field: field?.name ?? within.readerField?.name ?? '',
    ...oldAndNew(one.kind, before, after),
    ...(reader.kind === 'enum' && writer.kind === 'enum' ? { symbols: symbolsOf(reader, writer) } : {}),
  };
}

function oldAndNew(
  kind: IncompatibilityKind,
  before: Schema,
  after: Schema,
): { readonly old: string; readonly new: string } {
  const say = (schema: Schema): string => {
    if (kind === 'NAME_MISMATCH' && isNamed(schema)) return schema.name.full;
    if (kind === 'FIXED_SIZE_MISMATCH' && schema.kind === 'fixed') return String(schema.size);
    return inWords(schema);
  };
  return { old: say(before), new: say(after) };
}

function symbolsOf(reader: EnumSchema, writer: EnumSchema): string {
  return missingSymbols(reader, writer).join(', ');
}

/** `int`, `record shop.Order`, `a union of null, string`. */
export function inWords(schema: Schema): string {
  if (isNamed(schema)) return `${schema.kind} ${schema.name.full}`;
  if (schema.kind === 'union') return `a union of ${schema.branches.map(shortWord).join(', ')}`;
  return schema.kind === 'array' || schema.kind === 'map' ? describe(schema) : typeName(schema).toLowerCase();
}

function shortWord(schema: Schema): string {
  return isNamed(schema) ? schema.name.full : schema.kind === 'reference' ? schema.name : schema.kind;
}
