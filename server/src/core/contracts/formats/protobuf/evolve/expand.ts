import { deprecationWords, type EvolveTarget, type ExpandStep } from '../../../evolution.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused } from '../../../language.ts';
import { isDeprecated } from '../compare/deprecated.ts';
import type { FieldDescriptor } from '../descriptor.ts';
import { jsonName } from '../link/names.ts';
import { nextFieldName, nextNumber } from './free.ts';
import { oldPlace } from './place.ts';
import { type Subject, subjectOf } from './subject.ts';
import {
  before,
  behind,
  eolOf,
  indentAt,
  type Rewrite,
  rewriteEdits,
  rewritten,
  type TextEdit,
  withEol,
} from './text.ts';

/** The old field as the baseline has it, deprecated, and beside it the one that takes over. */
export function expand(
  request: CompareRequest,
  target: EvolveTarget,
  removeAfter: string,
): ExpandStep | Refused | undefined {
  const subject = subjectOf(request, target);
  if (subject === undefined || 'refused' in subject) return subject;
  const { old, now } = subject;
  const isSame = now !== undefined && same(subject, now);
  if (isSame && isDeprecated(now)) return { refused: `${old.name} is deprecated already.` };
  return isSame ? beside(subject, now, removeAfter) : instead(subject, removeAfter);
}

/** The field is as it was: one of the same type is added. */
function beside(subject: Subject, now: FieldDescriptor, removeAfter: string): ExpandStep | Refused {
  const { text, message } = subject.home;
  const number = nextNumber([message, subject.was.message]);
  if (number === undefined) return noNumber;
  const name = nextFieldName(now.name, [message, subject.was.message]);
  const copy = rewritten(text, now, { name, number, without: ['json_name', 'deprecated'] });
  return step(subject, name, {
    added: text.slice(now.typeSpan.start, now.typeSpan.end),
    changed: false,
    edits: [
      commented(text, now, deprecationWords(name, removeAfter)),
      ...rewriteEdits(text, now, { deprecated: true }),
      behind(text, now.span, withEol(copy, eolOf(text))),
    ],
  });
}

const noNumber: Refused = { refused: 'The message has no number left behind its highest one.' };

/** The field was changed, renamed or removed: it stands again, and what came in its place moves beside it. */
function instead(subject: Subject, removeAfter: string): ExpandStep | Refused {
  const { home, was, old, now } = subject;
  const missing = missingType(subject);
  if (missing !== undefined) return { refused: `${old.name} needs ${missing}, which is gone: restore that first.` };
  const moved = now === undefined ? {} : rewriteFor(subject, now);
  if ('refused' in moved) return moved;
  const name = moved.name ?? now?.name;
  const { text } = home;
  const declaration = withEol(rewritten(was.text, old, { deprecated: true }), eolOf(text));
  const words = deprecationWords(name, removeAfter);
  const put = oldPlace(subject, (starts, indent) =>
    starts ? `// ${words}${eolOf(text)}${indent}${declaration}` : `/* ${words} */ ${declaration}`,
  );
  if ('refused' in put) return put;
  return step(subject, name, {
    ...(now === undefined || moved.name === undefined
      ? {}
      : { added: text.slice(now.typeSpan.start, now.typeSpan.end) }),
    changed: true,
    edits: [put, ...(now === undefined ? [] : rewriteEdits(text, now, moved))],
  });
}

/** What of the new field would be the old one's. */
function rewriteFor({ home, was, old }: Subject, now: FieldDescriptor): Rewrite | Refused {
  const messages = [home.message, was.message];
  const number = now.number === old.number ? nextNumber(messages) : now.number;
  if (number === undefined) return noNumber;
  const isTaken = now.jsonName === old.jsonName;
  const isNew = now.name !== old.name && !(isTaken && jsonName(now.name) === old.jsonName);
  return {
    ...(isNew ? {} : { name: nextFieldName(now.name, messages) }),
    ...(number === now.number ? {} : { number }),
    without: isTaken ? ['json_name', 'deprecated'] : ['deprecated'],
  };
}

function missingType({ home: { lookup, message }, old }: Subject): string | undefined {
  const { typeName } = old;
  if (typeName === undefined || old.isMap) return undefined;
  const declared = lookup.declared(typeName);
  return declared === undefined || !isSeen(lookup.sees(message.file.path), declared.outline.path, message.file.path)
    ? typeName
    : undefined;
}

function isSeen(seen: ReadonlySet<string>, path: string, own: string): boolean {
  return path === own || seen.has(path);
}

/** Whether both say the same, deprecation aside. */
function same({ home, was, old }: Subject, now: FieldDescriptor): boolean {
  if (now === old) return true;
  return signature(now, home.text) === signature(old, was.text);
}

function signature(field: FieldDescriptor, text: string): string {
  const words = ({ start, end }: { readonly start: number; readonly end: number }) => text.slice(start, end);
  const options = [...field.options.values()]
    .filter(({ name }) => name !== 'deprecated')
    .map(({ span }) => words(span));
  const { label, typeSpan, typeName, kind, mapKey, name, number, oneof } = field;
  const type = typeName === undefined || field.isMap ? words(typeSpan) : typeName;
  return JSON.stringify([label, type, kind, mapKey, name, number, oneof?.name, options.sort()]).replaceAll(/\s+/g, ' ');
}

function commented(text: string, { span }: FieldDescriptor, words: string): TextEdit {
  return before(text, span, indentAt(text, span.start) === undefined ? `/* ${words} */` : `// ${words}`);
}

function step(
  { home, old }: Subject,
  replacement: string | undefined,
  { edits, ...rest }: Pick<ExpandStep, 'added' | 'changed'> & { readonly edits: readonly TextEdit[] },
): ExpandStep {
  const { fullName, number, oneof } = old;
  return {
    kind: 'expand',
    evolution: { path: home.path, element: fullName, number, ...(replacement === undefined ? {} : { replacement }) },
    ...rest,
    edits: edits.map((edit) => ({ path: home.path, ...edit })),
    notes: replacement === undefined ? [] : notes(old.name, replacement, oneof !== undefined),
  };
}

function notes(old: string, replacement: string, inOneof: boolean): readonly string[] {
  return inOneof
    ? [`A oneof holds one of its fields: readers must know ${replacement} before any writer sets it instead of ${old}.`]
    : [`Until ${old} is removed, writers set both ${old} and ${replacement}, and readers prefer ${replacement}.`];
}
