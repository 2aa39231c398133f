import { indexOf } from '../../compare/file-index.ts';
import type { SetPair } from '../../compare/pair.ts';
import type { EnumDescriptor, FieldDescriptor, FileDescriptor, MessageDescriptor } from '../../descriptor.ts';
import { cardinalityNames, cardinalityOf, wireGroup } from '../fields/cardinality.ts';
import { effectOfType } from '../fields/effects.ts';
import { sameWireKind, typeText } from '../fields/kinds.ts';
import { type Difference, ownRule } from '../rule.ts';
import { now } from '../spots.ts';

const order = (body: string): string => `syntax = "proto3";\nmessage Order {\n  string id = 1;\n${body}}\n`;

const why = `Deleting a field does not delete its data: messages with it lie in queues, logs and tables, and clients that were built from that version go on
writing it. A new field with the number reads their bytes as its own, without an error when the wire types agree: \`2A 03 61 62 63\`, written as an
\`email\`, is a \`phone\` of "abc" from then on. A new field with the *name* does the same in JSON. buf compares two versions, so it sees the deletion in one
release and an innocent new field in the next. Here every version that is known is asked, also where nobody reserved anything.`;

export const numberReused = ownRule('number-reused', {
  on: 'new-file',
  severity: 'error',
  summary: 'A number is never given away twice.',
  messages: {
    reused:
      '{number} was "{old}" in {version}: bytes of that time, and of clients that still run, are read as "{name}" without an error. Take the next free number, and reserve {number}.',
    retyped:
      '"{name}" comes back under its number {number}, which was {before} in {version} and is {after} now: {effect}. Take the next free number, and reserve {number}.',
  },
  explanation: why,
  examples: [
    {
      title: 'The number of a field that an older version had',
      earlier: order('  string email = 5;\n'),
      before: order(''),
      after: order('  string phone = 5;\n'),
      fires: true,
    },
    {
      title: 'The field comes back',
      earlier: order('  string email = 5;\n'),
      before: order(''),
      after: order('  string email = 5;\n'),
      fires: false,
    },
    {
      title: 'It comes back as something else',
      earlier: order('  string email = 5;\n'),
      before: order(''),
      after: order('  bool email = 5;\n'),
      fires: true,
    },
  ],
  *check({ after }, sides) {
    for (const { element, known, past } of added(after, sides)) {
      if (known.some(({ number }) => number === element.number)) continue;
      for (const { version, members } of past) {
        const had = members.filter(({ number }) => number === element.number);
        const same = had.find(({ name }) => name === element.name);
        const [old] = had;
        const found = same === undefined ? old && renamed(element, old, version) : retyped(element, same, version);
        if (found === undefined) continue;
        yield found;
        break;
      }
    }
  },
});

export const nameReused = ownRule('name-reused', {
  on: 'new-file',
  severity: 'warning',
  summary: 'A name is never given away twice.',
  messages: {
    reused:
      '"{json}" was number {old} in {version}: JSON of that time, and of clients that still run, is read into number {number} now. Take another name, and reserve "{name}".',
  },
  explanation: why,
  examples: [
    {
      title: 'A field comes back under another number',
      earlier: order('  string email = 5;\n'),
      before: order(''),
      after: order('  string email = 6;\n'),
      fires: true,
    },
    {
      title: 'Another spelling, which is the same in JSON',
      earlier: order('  string reply_to = 5;\n'),
      before: order(''),
      after: order('  string replyTo = 6;\n'),
      fires: true,
    },
    {
      title: 'A new name',
      earlier: order('  string email = 5;\n'),
      before: order(''),
      after: order('  string mail = 6;\n'),
      fires: false,
    },
  ],
  *check({ after }, sides) {
    for (const { element, known, past } of added(after, sides)) {
      if (known.some((member) => isNamedAlike(member, element))) continue;
      for (const { version, members } of past) {
        const old = members.find((member) => isNamedAlike(member, element));
        if (old === undefined || old.number === element.number) continue;
        const { number, name } = element;
        const json = old.name === name ? name : jsonNameOf(element);
        yield told('reused', element, { number, name, json, old: old.number, version });
        break;
      }
    }
  },
});

type Member = MessageDescriptor['fields'][number] | EnumDescriptor['values'][number];
type Members = readonly Member[];

interface Added {
  readonly element: Member;
  /** What the version has that is compared with. */
  readonly known: Members;
  readonly past: readonly { readonly version: string; readonly members: Members }[];
}

/** Fields and values of a file which the version before does not have as they are, with what still older ones had. */
function* added(file: FileDescriptor, { before, earlier }: SetPair): Iterable<Added> {
  if (earlier.length === 0) return;
  const { messages, enums } = indexOf(file);
  for (const message of messages.values()) {
    if (message.isMapEntry) continue;
    const known = before.message(message.fullName)?.fields ?? [];
    const past = () =>
      earlier.map(({ name, view }) => ({ version: name, members: view.message(message.fullName)?.fields ?? [] }));
    yield* addedTo(message.fields, known, past);
  }
  for (const each of enums.values()) {
    const known = before.enum(each.fullName)?.values ?? [];
    const past = () =>
      earlier.map(({ name, view }) => ({ version: name, members: view.enum(each.fullName)?.values ?? [] }));
    yield* addedTo(each.values, known, past);
  }
}

function* addedTo(members: Members, known: Members, past: () => Added['past']): Iterable<Added> {
  const old = new Set(known.map(({ name, number }) => `${number} ${name}`));
  const elements = members.filter(({ name, number }) => !old.has(`${number} ${name}`));
  if (elements.length === 0) return;
  const versions = past();
  for (const element of elements) yield { element, known, past: versions };
}

function renamed(element: Member, { name: old }: Member, version: string): Difference {
  return told('reused', element, { number: element.number, name: element.name, old, version });
}

/** Undefined where the bytes of then are read as they were meant. */
function retyped(element: Member, old: Member, version: string): Difference | undefined {
  if (!('kind' in element) || !('kind' in old)) return undefined;
  const { number, name } = element;
  const isRead = readsBytesOf(old, element);
  const [was, is] = [cardinalityOf(old), cardinalityOf(element)];
  if (isRead && wireGroup[was] === wireGroup[is]) return undefined;
  const [before, after, effect] = isRead
    ? [cardinalityNames[was], cardinalityNames[is], 'what one version wrote the other reads in part, or not at all']
    : [typeText(old), typeText(element), effectOfType(old, element)];
  return told('retyped', element, { number, name, before, after, effect, version });
}

function readsBytesOf(old: FieldDescriptor, now: FieldDescriptor): boolean {
  // Of an old version often one file alone is known.
  if ([old, now].some(({ typeName, typeIs }) => typeName !== undefined && typeIs === undefined)) return true;
  if (old.kind === 'string' && now.kind === 'bytes') return true;
  return sameWireKind(old.kind, now.kind) && (now.kind === 'enum' || old.typeName === now.typeName);
}

/** In texts or, of fields, in JSON. */
function isNamedAlike(one: Member, other: Member): boolean {
  return one.name === other.name || ('kind' in one && jsonNameOf(one) === jsonNameOf(other));
}

function jsonNameOf(member: Member): string {
  return 'kind' in member ? member.jsonName : member.name;
}

function told(messageId: string, element: Member, args: Difference['args']): Difference {
  return { messageId, args, at: now(element, element.numberSpan), was: undefined, object: element.fullName };
}
