import type { Refused } from '../../../language.ts';
import type { FieldDescriptor } from '../descriptor.ts';
import type { Subject } from './subject.ts';
import { atTop, before, behind, indentAt, type TextEdit } from './text.ts';

/** @param starts whether the words begin a line, with this indent */
type Words = (starts: boolean, indent: string) => string;

/** Where the old field stands again: in front of what took its place, else behind the field that it stood behind. */
export function oldPlace({ home, was, old, now }: Subject, words: Words): TextEdit | Refused {
  const { text, message } = home;
  const at = ({ start }: { readonly start: number }) => {
    const indent = indentAt(text, start);
    return words(indent !== undefined, indent ?? '');
  };
  const isNeighbour = (field: FieldDescriptor) => field.oneof?.name === old.oneof?.name;
  const took = now !== undefined && isNeighbour(now) && (now.number === old.number || now.name === old.name);
  if (took) return before(text, now.span, at(now.span));
  const earlier = was.message.fields.slice(0, was.message.fields.indexOf(old)).filter(isNeighbour).reverse();
  for (const { number, name } of earlier) {
    const still = message.fields.find((field) => field.number === number && field.name === name && isNeighbour(field));
    if (still !== undefined) return behind(text, still.span, at(still.span));
  }
  const oneof = message.oneofs.find(({ name }) => name === old.oneof?.name);
  if (old.oneof !== undefined && oneof === undefined)
    return { refused: `${old.name} was in the oneof ${old.oneof.name}, which is gone: restore that first.` };
  const around = oneof ?? message;
  const outer = indentAt(text, around.span.start);
  const isOneLine = !/[\r\n]/.test(text.slice(around.nameSpan.end, around.span.end));
  return atTop(text, around, words(outer !== undefined && !isOneLine, `${outer ?? ''}  `));
}
