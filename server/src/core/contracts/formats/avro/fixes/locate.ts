import type { Span } from '../../../../model/text.ts';
import type { ContractFinding } from '../../../finding.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused } from '../../../language.ts';
import type { AvroSet } from '../link.ts';
import { requestOf } from '../messages.ts';
import { readTree } from '../read.ts';
import {
  type AvroFile,
  type Field,
  isNamed,
  type Message,
  type NamedSchema,
  type RecordSchema,
  type Schema,
} from '../schema.ts';

/** The file that a finding stands in, and the one before, where its related place is. */
export interface Located {
  readonly path: string;
  readonly file: AvroFile;
  readonly text: string;
  readonly set: AvroSet;
  readonly span: Span;
  readonly old: { readonly file: AvroFile; readonly text: string; readonly span: Span } | undefined;
}

export function locate(
  { place, related, against }: ContractFinding,
  { after, before }: CompareRequest,
): Located | undefined {
  const set = readTree(after);
  const file = place.side === 'after' ? set.files.get(place.path) : undefined;
  if (file === undefined) return undefined;
  const was = related.find(({ place: { side } }) => side === 'before')?.place;
  const version = before.find(({ name }) => name === against);
  const oldFile = was === undefined || version === undefined ? undefined : readTree(version.tree).files.get(was.path);
  const old =
    was === undefined || oldFile === undefined
      ? undefined
      : { file: oldFile, text: oldFile.content.text, span: was.span };
  return { path: place.path, file, text: file.content.text, set, span: place.span, old };
}

export const moved: Refused = { refused: 'The text has changed since: ask again.' };

/** The field whose text is around the span, the innermost one. */
export function fieldAround(
  file: AvroFile,
  span: Span,
): { readonly record: RecordSchema; readonly field: Field } | undefined {
  let best: { readonly record: RecordSchema; readonly field: Field } | undefined;
  for (const record of [...file.types.values(), ...requestsOf(file)])
    if (record.kind === 'record')
      for (const field of record.fields)
        if (isWithin(span, field.span) && (best === undefined || isWithin(field.span, best.field.span)))
          best = { record, field };
  return best;
}

function requestsOf({ protocol }: AvroFile): readonly RecordSchema[] {
  return protocol === undefined ? [] : protocol.messages.map((message) => requestOf({ protocol, message }));
}

/** The message whose name stands in the span. */
export function messageNamed({ protocol }: AvroFile, { start, end }: Span): Message | undefined {
  return protocol?.messages.find(({ nameSpan }) => nameSpan.start === start && nameSpan.end === end);
}

/** The record whose name or header the span is; of a message its request. */
export function recordAround(file: AvroFile, span: Span): RecordSchema | undefined {
  const message = messageNamed(file, span);
  const found =
    message === undefined
      ? typeAround(file, span)
      : requestsOf(file).find(({ name }) => name.span === message.nameSpan);
  return found?.kind === 'record' ? found : undefined;
}

/** The named type whose name or header the span is. */
export function typeAround(file: AvroFile, span: Span): NamedSchema | undefined {
  let best: NamedSchema | undefined;
  for (const type of file.types.values())
    if (isWithin(span, type.span) && (best === undefined || isWithin(type.span, best.span))) best = type;
  return best;
}

/** The schema that these words stand for. */
export function schemaOfWord(file: AvroFile, { start, end }: Span): Schema | undefined {
  return findSchema(file, ({ wordSpan }) => wordSpan.start === start && wordSpan.end === end);
}

/** The union that a schema is a branch of. */
export function unionAround(file: AvroFile, branch: Schema): Schema | undefined {
  return findSchema(file, (schema) => schema.kind === 'union' && schema.branches.includes(branch));
}

function findSchema(file: AvroFile, isMeant: (schema: Schema) => boolean): Schema | undefined {
  const open: Schema[] = [...file.types.values(), ...(file.main === undefined ? [] : [file.main])];
  for (const { request, response, errors } of file.protocol?.messages ?? [])
    open.push(...request.map(({ type }) => type), response, ...errors);
  const seen = new Set<Schema>();
  for (let schema = open.pop(); schema !== undefined; schema = open.pop()) {
    if (seen.has(schema)) continue;
    seen.add(schema);
    if (isMeant(schema)) return schema;
    open.push(...below(schema));
  }
  return undefined;
}

export function below(schema: Schema): readonly Schema[] {
  switch (schema.kind) {
    case 'record':
      return schema.fields.map(({ type }) => type);
    case 'union':
      return schema.branches;
    case 'array':
      return [schema.items];
    case 'map':
      return [schema.values];
    default:
      return [];
  }
}

export function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Names that a piece of text defines though the new file has them elsewhere: to take it over would define them twice. */
export function definedTwice(piece: Schema, { file, set }: Located, replaced: Span | undefined): string | undefined {
  const open: Schema[] = [piece];
  for (let schema = open.pop(); schema !== undefined; schema = open.pop()) {
    open.push(...below(schema));
    if (!isNamed(schema)) continue;
    const { full } = schema.name;
    const there = [...set.files.values()].map(({ types }) => types.get(full)).find((one) => one !== undefined);
    const goes = there?.file === file.content && replaced !== undefined && isWithin(there.span, replaced);
    if (there !== undefined && !goes) return full;
  }
  return undefined;
}

/** In IDL one type may stand before several names. */
export function sharesType({ fields }: RecordSchema, field: Field): boolean {
  return fields.some((one) => one !== field && one.type.span.start === field.type.span.start);
}
