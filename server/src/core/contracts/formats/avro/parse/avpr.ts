import type { FileContent } from '../../../../model/text.ts';
import { type Elements, readJson } from '../json/read.ts';
import {
  distinct,
  type Json,
  type JsonObject,
  type JsonString,
  member,
  spanAt,
  textOf,
  valueAt,
} from '../json/value.ts';
import { nameFault, splitName } from '../names.ts';
import { type AvroFile, type Field, isPrimitive, type Message, type Protocol, type Schema } from '../schema.ts';
import { propsOf, readAliases, readSchema } from './avsc.ts';
import { checkFields, fieldReserved } from './named.ts';
import { noProps, Reading } from './reading.ts';

/**
 * A protocol in JSON, as Apache's `Protocol.parse` reads it. What follows the document it does not look at.
 * @param elements what has been read of other texts, as `readJson` wants it
 */
export function parseAvpr(content: FileContent, elements?: Elements): AvroFile {
  const { value, problems } = readJson(content.text, 'anything', elements);
  const reading = new Reading(content);
  const protocol = value === undefined ? undefined : readProtocol(reading, value);
  return {
    content,
    syntax: 'json',
    main: undefined,
    types: reading.types,
    references: reading.references,
    protocol,
    imports: [],
    incomplete: problems.some(({ harmless }) => harmless !== true),
    problems: [...problems, ...reading.problems],
  };
}

function readProtocol(reading: Reading, json: Json): Protocol | undefined {
  const name = json.kind === 'object' ? valueAt(json, 'protocol') : undefined;
  if (json.kind !== 'object' || name?.kind !== 'string') {
    reading.problem(name?.span ?? { start: json.span.start, end: json.span.start + 1 }, 'No protocol name specified');
    if (json.kind !== 'object') return undefined;
  }
  const written = name?.kind === 'string' ? name.value : '';
  const { simple, space } = splitName(written, textOf(json, 'namespace') ?? '');
  const types = valueAt(json, 'types');
  if (types?.kind === 'array') for (const type of types.items) readType(reading, type, space);
  else if (types !== undefined) reading.problem(types.span, 'Types not an array');
  return {
    name: simple,
    namespace: space,
    nameSpan: name?.span ?? json.span,
    doc: textOf(json, 'doc'),
    messages: readMessages(reading, valueAt(json, 'messages'), space),
  };
}

function readType(reading: Reading, json: Json, space: string): void {
  if (json.kind === 'object') readSchema(reading, json, space);
  else reading.problem(json.span, 'Type not an object');
}

function readMessages(reading: Reading, json: Json | undefined, space: string): readonly Message[] {
  if (json?.kind !== 'object') return [];
  return distinct(json).flatMap(({ key, keySpan, value }) => {
    if (value?.kind === 'object') return [readMessage(reading, key, keySpan, value, space)];
    reading.problem(value?.span ?? keySpan, 'No request specified: a message is an object.');
    return [];
  });
}

function readMessage(
  reading: Reading,
  name: string,
  nameSpan: Message['nameSpan'],
  json: JsonObject,
  space: string,
): Message {
  const request = valueAt(json, 'request');
  if (request?.kind !== 'array') reading.problem(request?.span ?? nameSpan, 'No request specified');
  const fields = request?.kind === 'array' ? request.items.map((item) => readParameter(reading, item, space)) : [];
  const parameters = checkFields(
    reading,
    fields.filter((one) => one !== undefined),
  );
  const oneWay = valueAt(json, 'one-way');
  if (oneWay !== undefined && oneWay.kind !== 'boolean') reading.problem(oneWay.span, 'one-way must be boolean');
  const isOneWay = oneWay?.kind === 'boolean' && oneWay.value;
  const response = readResponse(reading, json, nameSpan, space, isOneWay);
  return {
    name,
    nameSpan,
    span: json.span,
    doc: textOf(json, 'doc'),
    request: parameters,
    response,
    errors: readErrors(reading, json, space, isOneWay),
    oneWay: isOneWay,
  };
}

function readResponse(
  reading: Reading,
  json: JsonObject,
  nameSpan: Message['nameSpan'],
  space: string,
  oneWay: boolean,
): Schema {
  const written = valueAt(json, 'response');
  if (written === undefined && !oneWay) reading.problem(nameSpan, 'No response specified');
  if (written === undefined && oneWay)
    return { kind: 'null', file: reading.file, span: nameSpan, wordSpan: nameSpan, props: noProps };
  const response = written === undefined ? reading.unknown(nameSpan) : readSchema(reading, written, space);
  if (oneWay && response.kind !== 'null') reading.problem(response.wordSpan, 'One way response must be null');
  return response;
}

function readErrors(reading: Reading, json: JsonObject, space: string, oneWay: boolean): readonly Schema[] {
  const written = member(json, 'errors');
  if (written?.value === undefined) return [];
  if (oneWay) reading.problem(written.keySpan, "one-way can't have errors");
  if (written.value.kind !== 'array') {
    reading.problem(written.value.span, 'Errors not an array');
    return [];
  }
  return written.value.items.flatMap((item) => {
    if (item.kind === 'string') return readError(reading, item, space);
    reading.problem(item.span, 'Null name: an error is named by a string.');
    return [];
  });
}

/** Unlike other names an error has to stand among the types above. */
function readError(reading: Reading, { value, span }: JsonString, space: string): readonly Schema[] {
  if (isPrimitive(value)) {
    reading.problem(span, `Not an error: ${value}`);
    return [];
  }
  const error = reading.refer(value, space, span);
  if (error.known?.kind !== 'record' || !error.known.isError) reading.problem(span, `Not an error: ${value}`);
  return [error];
}

function readParameter(reading: Reading, json: Json, space: string): Field | undefined {
  const name = json.kind === 'object' ? valueAt(json, 'name') : undefined;
  if (json.kind !== 'object' || name?.kind !== 'string') {
    reading.problem(name?.span ?? json.span, 'No param name');
    return undefined;
  }
  const type = valueAt(json, 'type');
  if (type === undefined) reading.problem(name.span, 'No param type');
  const fault = nameFault(name.value);
  if (fault !== undefined) reading.problem(name.span, fault);
  return {
    name: name.value,
    nameSpan: name.span,
    span: json.span,
    type: type === undefined ? reading.unknown(json.span) : readSchema(reading, type, space),
    default: valueAt(json, 'default'),
    defaultSpan: spanAt(json, 'default'),
    order: 'ascending',
    aliases: readAliases(reading, json),
    aliasesSpan: spanAt(json, 'aliases'),
    doc: textOf(json, 'doc'),
    props: propsOf(json, fieldReserved),
  };
}
