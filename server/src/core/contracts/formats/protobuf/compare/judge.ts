import type { FileDescriptor, MessageDescriptor } from '../descriptor.ts';
import { numbersOf } from '../rules/enums/numbers.ts';
import { protoRules } from '../rules/index.ts';
import type { Difference, Pairs, RuleHead } from '../rules/rule.ts';
import { additions } from './additions.ts';
import { indexOf, nameWithin } from './file-index.ts';
import type { SetPair } from './pair.ts';
import { type Asked, stillHolds, watched } from './watched.ts';

export interface Judged {
  readonly rule: RuleHead;
  readonly difference: Difference;
}

/** What every rule says of one file, whichever of them a configuration wants: a profile is changed without comparing again. */
export interface Judgement {
  readonly found: readonly Judged[];
  readonly added: boolean;
  readonly changed: boolean;
}

interface Memory {
  readonly after: FileDescriptor | undefined;
  /** How many older versions there were. */
  readonly depth: number;
  readonly asked: readonly Asked[];
  readonly judgement: Judgement;
}

/** Of each file the last judgements: a name is typed and taken back. */
const most = 2;

const memories = new WeakMap<FileDescriptor, readonly Memory[]>();
const newFiles = new WeakMap<FileDescriptor, readonly Memory[]>();

/**
 * Judges a file of the older side. The answer is kept as long as both files are the same objects and everything that was asked
 * about other files has the same answer, so after an edit only what it touches is compared again.
 */
export function judgeOld(before: FileDescriptor, after: FileDescriptor | undefined, sides: SetPair): Judgement {
  const known = memories.get(before)?.find((memory) => isValid(memory, after, sides));
  if (known !== undefined) return known.judgement;
  const asked: Asked[] = [];
  const judgement = judge(before, after, watched(sides, asked));
  remember(memories, before, { after, depth: sides.earlier.length, asked, judgement });
  return judgement;
}

function remember(of: typeof memories, file: FileDescriptor, memory: Memory): void {
  of.set(file, [memory, ...(of.get(file) ?? [])].slice(0, most));
}

function isValid({ depth, asked, ...known }: Memory, after: FileDescriptor | undefined, sides: SetPair): boolean {
  return (
    known.after === after && depth === sides.earlier.length && asked.every((question) => stillHolds(question, sides))
  );
}

function judge(before: FileDescriptor, after: FileDescriptor | undefined, sides: SetPair): Judgement {
  const changed = before.content.text !== after?.content.text;
  return {
    found: [...oldFile(before, after, sides)],
    added: changed && after !== undefined && additions(before, after),
    changed,
  };
}

/** Judges a file that only the newer side has. */
export function judgeNew(after: FileDescriptor, sides: SetPair): Judgement {
  const known = newFiles.get(after)?.find((memory) => isValid(memory, after, sides));
  if (known !== undefined) return known.judgement;
  const asked: Asked[] = [];
  const found = [...run(rules.newFile, { before: undefined, after }, watched(sides, asked))];
  const judgement = { found, added: true, changed: true };
  remember(newFiles, after, { after, depth: sides.earlier.length, asked, judgement });
  return judgement;
}

function* oldFile(before: FileDescriptor, after: FileDescriptor | undefined, sides: SetPair): Iterable<Judged> {
  yield* run(rules.oldFile, { before, after }, sides);
  if (after !== undefined) {
    yield* run(rules.file, { before, after }, sides);
    yield* run(rules.newFile, { before, after }, sides);
  }
  yield* elements(before, after, sides);
}

/** Pairs by name first within the file of the same path, then anywhere. */
function* elements(before: FileDescriptor, after: FileDescriptor | undefined, sides: SetPair): Iterable<Judged> {
  const old = indexOf(before);
  const current = after === undefined ? undefined : indexOf(after);
  // Of a file whose text is the same only what its names mean can differ.
  const isSameText = before !== after && before.content.text === after?.content.text;
  const here = <E>(of: ReadonlyMap<string, E> | undefined, name: string): E | undefined => {
    const within = after === undefined ? undefined : nameWithin(after, name);
    return within === undefined ? undefined : of?.get(within);
  };
  for (const message of old.messages.values()) {
    const name = message.fullName;
    const partner = here(current?.messages, name) ?? sides.after.message(name);
    if (isSameText && partner?.file === after && partner !== undefined && isSameMeaning(message, partner)) continue;
    if (partner !== undefined) yield* messages({ before: message, after: partner }, sides);
  }
  for (const each of old.enums.values()) {
    const name = each.fullName;
    const partner = here(current?.enums, name) ?? sides.after.enum(name);
    if (partner !== undefined) yield* enums({ before: each, after: partner }, sides);
  }
  for (const service of old.services.values()) {
    const name = service.fullName;
    const partner = here(current?.services, name) ?? sides.after.service(name);
    if (partner !== undefined) yield* services({ before: service, after: partner }, sides);
  }
  for (const [key, extension] of old.extensionsByKey) {
    const partner = current?.extensionsByKey.get(key) ?? sides.after.extension(key);
    if (partner !== undefined) yield* run(rules.field, { before: extension, after: partner }, sides);
  }
}

/**
 * Two messages of one text in which every name means the same. As of files that are one and the same, no rule can say anything of
 * them, save that an enum of another file may begin with another value.
 */
function isSameMeaning(before: MessageDescriptor, after: MessageDescriptor): boolean {
  return (
    before.fields.length === after.fields.length &&
    before.fields.every((field, index) => {
      const other = after.fields[index];
      if (field.kind === 'enum' && !indexOf(before.file).enums.has(nameWithin(before.file, field.typeName ?? '') ?? ''))
        return false;
      return field.typeName === other?.typeName && field.typeIs === other?.typeIs && field.kind === other?.kind;
    })
  );
}

function* messages(pair: Pairs['message'], sides: SetPair): Iterable<Judged> {
  yield* run(rules.message, pair, sides);
  const fields = byNumber(pair.after);
  for (const [number, before] of byNumber(pair.before)) {
    const after = fields.get(number);
    if (after !== undefined) yield* run(rules.field, { before, after }, sides);
  }
}

function byNumber({ fields }: MessageDescriptor) {
  return new Map(fields.map((field) => [field.number, field]));
}

function* enums(pair: Pairs['enum'], sides: SetPair): Iterable<Judged> {
  yield* run(rules.enum, pair, sides);
  const numbers = numbersOf(pair.after);
  for (const [number, before] of numbersOf(pair.before)) {
    const after = numbers.get(number);
    if (after !== undefined) yield* run(rules.enumNumber, { before, after }, sides);
  }
}

function* services(pair: Pairs['service'], sides: SetPair): Iterable<Judged> {
  yield* run(rules.service, pair, sides);
  const methods = new Map(pair.after.methods.map((method) => [method.name, method]));
  for (const before of pair.before.methods) {
    const after = methods.get(before.name);
    if (after !== undefined) yield* run(rules.method, { before, after }, sides);
  }
}

const rules = {
  file: protoRules.filter((rule) => rule.on === 'file'),
  message: protoRules.filter((rule) => rule.on === 'message'),
  enum: protoRules.filter((rule) => rule.on === 'enum'),
  enumNumber: protoRules.filter((rule) => rule.on === 'enum-number'),
  field: protoRules.filter((rule) => rule.on === 'field'),
  service: protoRules.filter((rule) => rule.on === 'service'),
  method: protoRules.filter((rule) => rule.on === 'method'),
  oldFile: protoRules.filter((rule) => rule.on === 'old-file'),
  newFile: protoRules.filter((rule) => rule.on === 'new-file'),
};

type RuleFor<P> = RuleHead & { check(pair: P, sides: SetPair): Iterable<Difference> };

function* run<P>(each: readonly RuleFor<P>[], pair: P, sides: SetPair): Iterable<Judged> {
  for (const rule of each) {
    for (const difference of rule.check(pair, sides)) yield { rule, difference };
  }
}
