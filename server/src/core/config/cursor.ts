import type { Span } from '../model/text.ts';
import { type Located, locate } from './document.ts';
import { shape } from './schema.ts';
import type { Shape } from './shape.ts';

/** Where the cursor stands in the form of the file. */
export interface ConfigCursor {
  readonly shape: Shape;
  /** Keys that are written already beside the cursor. */
  readonly present: readonly string[];
  /** `key`: a key is being written; `value`: what stands behind the colon or the dash. */
  readonly writing: 'key' | 'value';
  readonly word: Span;
}

/**
 * By indentation, not by the tree: a file is broken most of the time while somebody types in it. The line's own
 * indentation says which keys enclose it.
 */
export function cursorAt(text: string, offset: number): ConfigCursor | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(start, offset);
  const value = /^(\s*(?:- +)?)([\w./*-]+):[ \t]+(.*)$/.exec(line);
  const indent = indentOf(line);
  const path = enclosing(text.slice(0, start), value === null ? indent : indent);
  if (value !== null) {
    const key = value[2] ?? '';
    const found = walk(shape, [...path, key]);
    return found === undefined
      ? undefined
      : { shape: found, present: [], writing: 'value', word: { start: offset - (value[3] ?? '').length, end: offset } };
  }
  const found = walk(shape, path);
  if (found === undefined) return undefined;
  const word = /[\w./*-]*$/.exec(line)?.[0] ?? '';
  const writing = found.kind === 'object' || found.kind === 'map' ? 'key' : 'value';
  return { shape: found, present: siblings(text, path), writing, word: { start: offset - word.length, end: offset } };
}

/** Columns before the first word; `- ` counts, because it indents what follows. */
function indentOf(line: string): number {
  return /^\s*(?:- +)*/.exec(line)?.[0].length ?? 0;
}

/** Keys around a line of this indentation; list items have no key of their own. */
function enclosing(before: string, indent: number): readonly string[] {
  const path: string[] = [];
  let limit = indent;
  for (const line of before.split('\n').reverse()) {
    const match = /^(\s*(?:- +)*)([\w./*-]+):\s*(?:#.*)?$/.exec(line);
    const columns = match?.[1]?.length ?? 0;
    if (match === null || columns >= limit) continue;
    path.unshift(match[2] ?? '');
    limit = /^\s*/.exec(line)?.[0].length ?? 0;
    if (columns === 0) break;
  }
  return path;
}

function walk(from: Shape, path: readonly string[]): Shape | undefined {
  let current: Shape | undefined = from;
  for (const key of path) {
    if (current?.kind === 'list') current = current.item;
    if (current?.kind === 'object') current = current.fields[key];
    else if (current?.kind === 'map') current = current.value;
    else return undefined;
  }
  return current?.kind === 'list' ? current.item : current;
}

function siblings(text: string, path: readonly string[]): readonly string[] {
  let value: Located | undefined = locate(text).root;
  for (const key of path)
    value = value?.kind === 'map' ? value.entries.find((entry) => entry.key === key)?.value : undefined;
  return value?.kind === 'map' ? value.entries.map(({ key }) => key) : [];
}

/** The form of the key or value that stands at an offset of a written file. */
export function shapeAt(
  text: string,
  offset: number,
): { readonly shape: Shape; readonly key: string; readonly span: Span } | undefined {
  const { root } = locate(text);
  return root === undefined ? undefined : descend(root, shape, offset);
}

function descend(value: Located, form: Shape, offset: number): ReturnType<typeof shapeAt> {
  if (value.kind === 'list' && form.kind === 'list') {
    const item = value.items.find(({ span }) => span.start <= offset && offset <= span.end);
    return item === undefined ? undefined : descend(item, form.item, offset);
  }
  if (value.kind !== 'map') return undefined;
  for (const { key, keySpan, value: inner } of value.entries) {
    const field = form.kind === 'object' ? form.fields[key] : form.kind === 'map' ? form.value : undefined;
    if (field === undefined) continue;
    if (keySpan.start <= offset && offset <= keySpan.end) return { shape: field, key, span: keySpan };
    if (inner.span.start <= offset && offset <= inner.span.end) {
      return descend(inner, field, offset) ?? { shape: field, key, span: inner.span };
    }
  }
  return undefined;
}
