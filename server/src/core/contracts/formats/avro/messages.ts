import { type AvroSet, follow, resolvePath } from './link.ts';
import type {
  AvroFile,
  Message,
  NamedSchema,
  PrimitiveSchema,
  Protocol,
  RecordSchema,
  Schema,
  UnionSchema,
} from './schema.ts';
import type { Subject } from './subjects.ts';

/** A message of a protocol. */
export interface Call {
  readonly protocol: Protocol;
  readonly message: Message;
}

export interface CallPair {
  readonly before: Call;
  readonly after: Call;
}

export interface PairedCalls {
  readonly pairs: readonly CallPair[];
  readonly deleted: readonly Call[];
}

/** Messages of one name. What the protocol of now has from an import is not gone. */
export function pairCalls(before: Subject, after: Subject, set: AvroSet): PairedCalls {
  const old = callsOf(before.file);
  if (old.length === 0) return { pairs: [], deleted: [] };
  const own = byName(callsOf(after.file));
  const imported = old.every(({ message }) => own.has(message.name)) ? own : byName(importedCalls(after, set));
  const pairs: CallPair[] = [];
  const deleted: Call[] = [];
  for (const call of old) {
    const now = own.get(call.message.name) ?? imported.get(call.message.name);
    if (now === undefined) deleted.push(call);
    else pairs.push({ before: call, after: now });
  }
  return { pairs, deleted };
}

function callsOf({ protocol }: AvroFile): readonly Call[] {
  return protocol === undefined ? [] : protocol.messages.map((message) => ({ protocol, message }));
}

function byName(calls: readonly Call[]): ReadonlyMap<string, Call> {
  return new Map(calls.map((call) => [call.message.name, call]));
}

function importedCalls({ path, file }: Subject, set: AvroSet): readonly Call[] {
  const found: Call[] = [];
  const seen = new Set([file]);
  const open = [{ path, file }];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const folder = one.path.split('/').slice(0, -1);
    for (const { kind, path: written } of one.file.imports) {
      const target = resolvePath(folder, written);
      const imported = set.files.get(target);
      if (kind === 'schema' || imported === undefined || seen.has(imported)) continue;
      seen.add(imported);
      found.push(...callsOf(imported));
      open.push({ path: target, file: imported });
    }
  }
  return found;
}

/** `shop.Mail.send`. */
export function callName({ protocol: { name, namespace }, message }: Call): string {
  return `${namespace === '' ? '' : `${namespace}.`}${name}.${message.name}`;
}

/** The parameters as the record that Avro makes of them. */
export function requestOf(call: Call): RecordSchema {
  const { message } = call;
  const known = requests.get(message);
  if (known !== undefined) return known;
  const { name, nameSpan } = message;
  const request: RecordSchema = {
    kind: 'record',
    ...written(message),
    span: message.span,
    name: { full: callName(call), simple: name, space: '', span: nameSpan },
    namespaceSpan: undefined,
    aliases: [],
    aliasesSpan: undefined,
    doc: message.doc,
    isError: false,
    fields: message.request,
  };
  requests.set(message, request);
  return request;
}

const requests = new WeakMap<Message, RecordSchema>();

/** What a call may fail with: its errors, and the text that every message can answer. */
export function errorsOf({ message }: Call): UnionSchema {
  const known = errors.get(message);
  if (known !== undefined) return known;
  const text: PrimitiveSchema = { kind: 'string', ...written(message) };
  const union: UnionSchema = { kind: 'union', ...written(message), branches: [text, ...message.errors] };
  errors.set(message, union);
  return union;
}

const errors = new WeakMap<Message, UnionSchema>();

function written({ response: { file }, nameSpan }: Message) {
  return { file, span: nameSpan, wordSpan: nameSpan, props: new Map() };
}

/** Named types of the file that its messages carry: who reads and who writes them is known. */
export function carriedTypes(pairs: readonly CallPair[], set: AvroSet): ReadonlySet<NamedSchema> {
  const carried = new Set<NamedSchema>();
  const open: Schema[] = pairs.flatMap(({ after: { message } }) => [
    ...message.request.map(({ type }) => type),
    message.response,
    ...message.errors,
  ]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const schema = follow(set, next);
    switch (schema.kind) {
      case 'record':
        if (!carried.has(schema)) open.push(...schema.fields.map(({ type }) => type));
        carried.add(schema);
        break;
      case 'enum':
      case 'fixed':
        carried.add(schema);
        break;
      case 'union':
        open.push(...schema.branches);
        break;
      case 'array':
        open.push(schema.items);
        break;
      case 'map':
        open.push(schema.values);
        break;
      default:
    }
  }
  return carried;
}

/** Parameters of one name, and answers: what rules beyond Apache's look at, of messages that stand in both files. */
export function carriedByBoth(
  before: AvroFile,
  after: AvroFile,
): readonly { readonly before: Schema; readonly after: Schema; readonly object: string }[] {
  const old = byName(callsOf(before));
  return callsOf(after).flatMap((call) => {
    const was = old.get(call.message.name)?.message;
    if (was === undefined) return [];
    const object = callName(call);
    const parameters = call.message.request.flatMap(({ name, type }) => {
      const match = was.request.find((one) => one.name === name);
      return match === undefined ? [] : [{ before: match.type, after: type, object: `${object}.${name}` }];
    });
    return [...parameters, { before: was.response, after: call.message.response, object }];
  });
}
