import { type EvolveTarget, splitElement } from '../../../evolution.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused } from '../../../language.ts';
import { isSuccessor } from '../../../succession.ts';
import type { FieldDescriptor, MessageDescriptor } from '../descriptor.ts';
import { innermost } from '../language/elements.ts';
import { open } from '../language/opened.ts';
import { byName, byNumber, type FoundMessage, findMessage, isNameReserved, isReserved } from './find.ts';

/** A field as readers and writers know it, and the one that is to take over where there is one already. */
export interface Subject {
  /** Its message of now. */
  readonly home: FoundMessage;
  /** Its message as the baseline has it; that of now where there is none. */
  readonly was: FoundMessage;
  readonly old: FieldDescriptor;
  /** The field that stands there, or that took over where the old one is gone. */
  readonly now: FieldDescriptor | undefined;
}

export function subjectOf(request: CompareRequest, target: EvolveTarget): Subject | Refused | undefined {
  const element = 'element' in target ? target.element : elementAt(request, target);
  if (element === undefined || typeof element === 'object') return element;
  const { parent, name } = splitElement(element);
  const home = findMessage('after', request.after, parent, target.path);
  const [baseline] = request.before;
  const was = baseline === undefined ? home : findMessage('before', baseline.tree, parent, target.path);
  if (home === undefined) return undefined;
  const standing = byName(home.message, name);
  const old = was && (byName(was.message, name) ?? (standing && byNumber(was.message, standing.number)));
  if (was === undefined || old === undefined)
    return standing && { refused: `Nobody uses ${name} yet: change it as it is.` };
  if (home.message.incomplete || was.message.incomplete)
    return { refused: `Something in ${parent} cannot be read: write it to its end first.` };
  return refusedFor(old, was) ?? withNow(home, was, old);
}

/** The full name of the field around a place. */
function elementAt(
  { after }: CompareRequest,
  { path, offset }: Extract<EvolveTarget, { offset: number }>,
): string | Refused | undefined {
  const opened = open({ tree: after, path });
  const entry = opened && innermost(opened.file, { start: offset, end: offset });
  switch (entry?.kind) {
    case 'field':
      return entry.element.extendee === undefined
        ? entry.element.fullName
        : { refused: 'The numbers of an extension are given out by the message that it extends.' };
    case 'value':
      return { refused: 'A value of an enum is only a name and a number: deprecate it, and add another one.' };
    case 'message':
    case 'oneof':
    case 'enum':
    case 'service':
    case 'method':
    case undefined:
      return undefined;
    default: {
      const never: never = entry;
      return never;
    }
  }
}

function refusedFor(field: FieldDescriptor, { text }: FoundMessage): Refused | undefined {
  if (text.slice(field.typeSpan.start, field.typeSpan.end) === 'group')
    return { refused: `The group ${field.name} declares its type along with it: write the message by itself first.` };
  if (field.features.fieldPresence === 'LEGACY_REQUIRED' || field.label === 'required')
    return {
      refused: `${field.name} is required, and can never go: readers that know it refuse every message without it.`,
    };
  return undefined;
}

function withNow(home: FoundMessage, was: FoundMessage, old: FieldDescriptor): Subject | Refused {
  const { message } = home;
  const [numbered, named] = [byNumber(message, old.number), byName(message, old.name)];
  if (numbered !== undefined && named !== undefined && numbered !== named)
    return {
      refused: `${numbered.name} has the number of ${old.name}, and ${named.number} its name: undo one of them.`,
    };
  const there = numbered ?? named;
  if (there !== undefined && named === undefined && !hasBecome(was, old, home, there))
    return { refused: `${there.name} has taken the number of ${old.name}: give it another one first.` };
  if (there !== undefined) return refusedFor(there, home) ?? { home, was, old, now: there };
  if (isReserved(message, old.number) || isNameReserved(message, old.name))
    return { refused: `${old.name} is reserved: its removal is done.` };
  return { home, was, old, now: successor(home, was, old) };
}

/** Of two fields with one number: the same type says so, or the name. */
function hasBecome(was: FoundMessage, old: FieldDescriptor, home: FoundMessage, now: FieldDescriptor): boolean {
  return sameType(was, old, home, now) || isSuccessor(old.name, now.name, false);
}

/** Where one field went and one came under a name that goes on from it, the one is what the other has become. */
function successor(home: FoundMessage, was: FoundMessage, old: FieldDescriptor): FieldDescriptor | undefined {
  const isKnown = (to: MessageDescriptor) => (field: FieldDescriptor) =>
    byName(to, field.name) === undefined && byNumber(to, field.number) === undefined;
  const added = home.message.fields.filter(isKnown(was.message));
  const gone = was.message.fields.filter(isKnown(home.message));
  const [now] = added;
  if (now === undefined || added.length > 1 || gone.length > 1) return undefined;
  return isSuccessor(old.name, now.name, sameType(was, old, home, now)) ? now : undefined;
}

function sameType(was: FoundMessage, old: FieldDescriptor, home: FoundMessage, now: FieldDescriptor): boolean {
  return typeWords(old, was.text) === typeWords(now, home.text);
}

function typeWords({ label, isMap, typeName, typeSpan: { start, end } }: FieldDescriptor, text: string): string {
  const type = isMap || typeName === undefined ? text.slice(start, end).replaceAll(/\s/g, '') : typeName;
  return label === 'repeated' ? `repeated ${type}` : type;
}
