import type { Span } from '../../../../../model/text.ts';
import { nameFault, splitName } from '../../names.ts';
import type { Field, Schema, Symbol_ } from '../../schema.ts';
import { meaningOf, nowhere, placeField, rememberedMeanings } from '../meaning.ts';
import {
  checkEnumDefault,
  checkFields,
  checkSize,
  checkSymbols,
  distinctAliases,
  enumReserved,
  fieldReserved,
  qualified,
  readTypeName,
  schemaReserved,
} from '../named.ts';
import { noProps } from '../reading.ts';
import {
  type Annotations,
  aliasesOf,
  namespaceOf,
  orderOf,
  propsOf,
  readAnnotations,
  spanNamed,
} from './annotations.ts';
import { Cursor, spanOf } from './cursor.ts';
import type { Statement } from './token-list.ts';
import type { Token } from './tokens.ts';
import { optionalInOrder, primitive, readFullType, readPlainType, refer } from './types.ts';
import { decode, readJsonValue } from './values.ts';

/** What no type may be called in IDL. */
export const takenNames: ReadonlySet<string> = new Set([
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
  'null',
  'date',
  'time_ms',
  'timestamp_ms',
  'localtimestamp_ms',
  'uuid',
]);

/** Up to the closing brace of a protocol, or the end. */
export function readDeclarations(cursor: Cursor, space: string, inProtocol: boolean): void {
  while (cursor.token.kind !== 'end' && !(inProtocol && cursor.isMark('}'))) {
    const before = cursor.at;
    cursor.attempt(() => readDeclaration(cursor, space, inProtocol));
    if (cursor.at === before) cursor.next();
  }
}

function readDeclaration(cursor: Cursor, space: string, inProtocol: boolean): void {
  if (cursor.isWord('import') && isImport(cursor)) {
    readImport(cursor);
    return;
  }
  const start = cursor.token;
  const annotations = readAnnotations(cursor, start.doc);
  const word = cursor.token;
  const isDeclaration = word.kind === 'word' && !word.quoted && cursor.tokens.at(cursor.at + 1)?.kind === 'word';
  if (isDeclaration && word.text === 'fixed') readFixed(cursor, annotations, space, start);
  else if (isDeclaration && word.text === 'enum') readEnum(cursor, annotations, space, start);
  else if (isDeclaration && (word.text === 'record' || word.text === 'error'))
    readRecord(cursor, annotations, space, start);
  else if (inProtocol) readMessage(cursor, annotations, space, start);
  else throw cursor.expected('a record, an enum, a fixed or an import');
}

function isImport(cursor: Cursor): boolean {
  return cursor.tokens.at(cursor.at + 1)?.kind === 'word' && cursor.tokens.at(cursor.at + 2)?.kind === 'string';
}

function readImport(cursor: Cursor): void {
  cursor.next();
  const kind = cursor.next();
  const location = cursor.next();
  if (kind.text === 'idl' || kind.text === 'protocol' || kind.text === 'schema')
    cursor.imports.push({ kind: kind.text, path: location.text, span: location.span });
  else cursor.report(kind.span, 'An import is of kind idl, protocol or schema.');
  cursor.mark(';');
}

function readFixed(cursor: Cursor, annotations: Annotations, space: string, start: Token): void {
  const word = cursor.next();
  const named = readNamed(cursor, annotations, space, word, start, schemaReserved);
  cursor.mark('(');
  const size = cursor.literal('integer');
  cursor.mark(')');
  const end = cursor.mark(';');
  const value = /[lL]$/.test(size.text) ? Number.NaN : decode(size.text);
  if (!Number.isInteger(value) || Math.abs(value) > 2147483648)
    throw cursor.report(size.span, 'Invalid or no size: it is an integer of 32 bits.');
  checkSize(cursor.reading, value, size.span);
  cursor.reading.define({ kind: 'fixed', ...named, span: spanOf(start, end), size: value, sizeSpan: size.span });
}

function readEnum(cursor: Cursor, annotations: Annotations, space: string, start: Token): void {
  const word = cursor.next();
  const named = readNamed(cursor, annotations, space, word, start, enumReserved);
  cursor.mark('{');
  const symbols: Symbol_[] = [];
  if (!cursor.isMark('}'))
    do {
      readAnnotations(cursor, undefined);
      const symbol = cursor.identifier();
      symbols.push({ name: symbol.text, span: symbol.span });
    } while (cursor.takes(','));
  let end = cursor.mark('}');
  let preferred: Symbol_ | undefined;
  if (cursor.takes('=')) {
    const symbol = cursor.identifier();
    preferred = { name: symbol.text, span: symbol.span };
    end = cursor.mark(';');
  }
  checkSymbols(cursor.reading, symbols);
  checkEnumDefault(cursor.reading, symbols, preferred);
  cursor.reading.define({
    kind: 'enum',
    ...named,
    span: spanOf(start, end),
    symbols,
    symbolsSpan: named.name.span,
    default: preferred,
  });
}

function readRecord(cursor: Cursor, annotations: Annotations, space: string, start: Token): void {
  const word = cursor.next();
  const named = readNamed(cursor, annotations, space, word, start, schemaReserved);
  cursor.mark('{');
  const fields: Field[] = [];
  for (;;) {
    const known = readKnownField(cursor, named.name.space);
    if (known !== undefined) {
      fields.push(known);
      continue;
    }
    if (cursor.isMark('}') || cursor.token.kind === 'end') break;
    const before = cursor.at;
    cursor.attempt(() => fields.push(...readFields(cursor, named.name.space)));
    if (cursor.at === before) cursor.next();
  }
  const end = cursor.attempt(() => cursor.mark('}')) ?? cursor.token;
  cursor.reading.define({
    kind: 'record',
    ...named,
    span: spanOf(start, end),
    isError: word.text === 'error',
    fields: checkFields(cursor.reading, fields),
  });
}

/** A field whose text says all of it. */
function readKnownField(cursor: Cursor, space: string): Field | undefined {
  const statement = cursor.tokens.statementAt?.(cursor.at);
  const meaning = statement && meaningIn(statement.piece, space);
  if (statement === undefined || meaning === undefined) return undefined;
  cursor.at += statement.piece.value.length;
  return placeField(cursor.reading, meaning, statement);
}

const meaningIn = rememberedMeanings((tokens: Statement, space) => {
  const end = tokens.at(-1);
  // A name between backticks means one thing or another, by the namespace around.
  if (end === undefined || tokens.some(({ quoted }) => quoted)) return undefined;
  const cursor = new Cursor(nowhere, [...tokens, { ...end, kind: 'end' as const }]);
  const fields = cursor.attempt(() => readFields(cursor, space)) ?? [];
  const isAll = fields.length === 1 && cursor.at === tokens.length;
  return isAll ? meaningOf(fields[0], cursor.reading) : undefined;
});

function readFields(cursor: Cursor, space: string): readonly Field[] {
  const start = cursor.token;
  const type = readFullType(cursor, space);
  const fields: Field[] = [];
  do fields.push(readVariable(cursor, type, start));
  while (cursor.takes(','));
  cursor.mark(';');
  return fields;
}

function readVariable(cursor: Cursor, type: Schema, from: Token): Field {
  const first = cursor.token;
  const annotations = readAnnotations(cursor, first.doc);
  const name = cursor.identifier();
  const equals = cursor.isMark('=') ? cursor.next() : undefined;
  const value = equals === undefined ? undefined : readJsonValue(cursor);
  const fault = nameFault(name.text);
  if (fault !== undefined) cursor.reading.problem(name.span, fault);
  const aliases = aliasesOf(cursor, annotations);
  return {
    name: name.text,
    nameSpan: name.span,
    span: { start: from.span.start, end: value?.span.end ?? name.span.end },
    type: optionalInOrder(type, value),
    default: value,
    defaultSpan:
      value === undefined ? undefined : { start: equals?.span.start ?? value.span.start, end: value.span.end },
    order: orderOf(cursor, annotations),
    aliases,
    aliasesSpan: spanNamed(annotations, 'aliases'),
    doc: annotations.doc ?? from.doc,
    props: propsOf(cursor, annotations, fieldReserved, ['aliases', 'order']),
  };
}

function readMessage(cursor: Cursor, annotations: Annotations, space: string, start: Token): void {
  const first = cursor.token;
  const isVoid = first.kind === 'word' && first.text === 'void' && !first.quoted;
  if (isVoid) cursor.next();
  const hasProps = annotations.list.length > 0;
  const response: Schema = isVoid
    ? primitive(cursor, 'null', first, noProps)
    : readPlainType(cursor, space, hasProps).schema;
  const name = cursor.identifier();
  cursor.mark('(');
  const request: Field[] = [];
  if (!cursor.isMark(')'))
    do {
      const from = cursor.token;
      const type = readFullType(cursor, space);
      request.push(readVariable(cursor, type, from));
    } while (cursor.takes(','));
  cursor.mark(')');
  const oneWay = cursor.isWord('oneway');
  const errors: Schema[] = [];
  if (oneWay) cursor.next();
  else if (cursor.isWord('throws')) {
    cursor.next();
    do {
      const error = cursor.identifier();
      errors.push(refer(cursor, error, space));
    } while (cursor.takes(','));
  }
  const end = cursor.mark(';');
  if (oneWay && response.kind !== 'null')
    cursor.reading.problem(first.span, `One-way message'${name.text}' must return void`);
  cursor.messages.set(name.text, {
    name: name.text,
    nameSpan: name.span,
    span: spanOf(start, end),
    doc: annotations.doc,
    request: checkFields(cursor.reading, request),
    response,
    errors,
    oneWay,
  });
}

function readNamed(
  cursor: Cursor,
  annotations: Annotations,
  space: string,
  word: Token,
  start: Token,
  reserved: ReadonlySet<string>,
) {
  const token = cursor.identifier();
  const own = namespaceOf(cursor, annotations, space);
  checkTypeName(cursor, splitName(token.text, own).simple, token.span);
  const name = readTypeName(cursor.reading, token.text, token.span, own);
  const aliases = aliasesOf(cursor, annotations).map((alias) => qualified(cursor.reading, alias, name.space));
  return {
    file: cursor.reading.file,
    span: spanOf(start, token),
    wordSpan: word.span,
    props: propsOf(cursor, annotations, reserved, ['namespace', 'aliases']),
    name,
    namespaceSpan: spanNamed(annotations, 'namespace'),
    aliases: distinctAliases(aliases),
    aliasesSpan: spanNamed(annotations, 'aliases'),
    doc: annotations.doc,
  };
}

export function checkTypeName(cursor: Cursor, name: string, span: Span): void {
  if (takenNames.has(name)) cursor.reading.problem(span, `Illegal name: ${name}`);
}
