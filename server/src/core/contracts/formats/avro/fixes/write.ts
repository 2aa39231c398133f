import type { Span } from '../../../../model/text.ts';
import { readJson } from '../json/read.ts';
import { type Json, type JsonArray, type JsonObject, memberSpan, valueAt } from '../json/value.ts';

/** One change of one text. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

export function insertAt(offset: number, newText: string): Edit {
  return { span: { start: offset, end: offset }, newText };
}

export function replace(span: Span, newText: string): Edit {
  return { span, newText };
}

/** The value that stands in a span of a text, with places in that text. */
export function jsonAt(text: string, { start, end }: Span): Json | undefined {
  const { value } = readJson(`${' '.repeat(start)}${text.slice(start, end)}`);
  return value;
}

/** A member at the end of an object, on a line of its own where the others have one. */
export function addMember(text: string, object: JsonObject, written: string): Edit {
  const last = object.members.at(-1);
  if (last === undefined) return insertAt(object.span.start + 1, written);
  const { start, end } = memberSpan(last);
  return insertAt(end, `,${gapBefore(text, start, object.span.start)}${written}`);
}

/** An item behind the one before `index`, which is the first, any or the last one. */
export function addItem(text: string, array: JsonArray, written: string, index: number): Edit {
  const first = array.items[0];
  if (first === undefined) return insertAt(array.span.start + 1, written);
  const gap = gapBefore(text, first.span.start, array.span.start);
  const before = array.items[index - 1];
  if (before === undefined) return insertAt(first.span.start, `${written},${gap}`);
  return insertAt(before.span.end, `,${gap}${written}`);
}

export function arrayAt(text: string, object: Span, key: string): JsonArray | undefined {
  const json = jsonAt(text, object);
  const value = json?.kind === 'object' ? valueAt(json, key) : undefined;
  return value?.kind === 'array' ? value : undefined;
}

export function objectAt(text: string, span: Span): JsonObject | undefined {
  const json = jsonAt(text, span);
  return json?.kind === 'object' ? json : undefined;
}

/** The line break and indent in front of what stands first on its line; else a blank. */
export function gapBefore(text: string, start: number, from: number): string {
  return /\r?\n[ \t]*$/.exec(text.slice(from + 1, start))?.[0] ?? ' ';
}
