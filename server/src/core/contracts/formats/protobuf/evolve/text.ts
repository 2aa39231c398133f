import type { Span } from '../../../../model/text.ts';
import type { FieldDescriptor } from '../descriptor.ts';

export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

export function insert(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

export function replace({ start, end }: Span, newText: string): TextEdit {
  return { span: { start, end }, newText };
}

/** What a declaration is to say instead. */
export interface Rewrite {
  readonly name?: string;
  readonly number?: number;
  /** Options to take away. */
  readonly without?: readonly string[];
  readonly deprecated?: true;
  /** `required` becomes `optional`. */
  readonly optional?: true;
}

/** Edits of a declaration where it stands. */
export function rewriteEdits(text: string, field: FieldDescriptor, rewrite: Rewrite): readonly TextEdit[] {
  const { name, number, optional } = rewrite;
  return [
    ...(optional === undefined || field.labelSpan === undefined ? [] : [replace(field.labelSpan, 'optional')]),
    ...(name === undefined ? [] : [replace(field.nameSpan, name)]),
    ...(number === undefined ? [] : [replace(field.numberSpan, String(number))]),
    ...optionEdits(text, field, rewrite),
  ];
}

/** The declaration, from its first word to its semicolon. */
export function rewritten(text: string, field: FieldDescriptor, rewrite: Rewrite): string {
  const { start, end } = field.span;
  return [...rewriteEdits(text, field, rewrite)]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (made, { span, newText }) => made.slice(0, span.start - start) + newText + made.slice(span.end - start),
      text.slice(start, end),
    );
}

function optionEdits(
  text: string,
  { options, numberSpan }: FieldDescriptor,
  { without = [], deprecated }: Rewrite,
): readonly TextEdit[] {
  const all = [...options.values()];
  const kept = all.filter(({ name }) => !without.includes(name) && (deprecated === undefined || name !== 'deprecated'));
  const words = kept.map(({ span }) => text.slice(span.start, span.end));
  const last = Math.max(...all.map(({ span }) => span.end));
  if (all.length === 0) return deprecated === undefined ? [] : [insert(numberSpan.end, ' [deprecated = true]')];
  if (kept.length === all.length) return deprecated === undefined ? [] : [insert(last, ', deprecated = true')];
  const wanted = deprecated === undefined ? words : [...words, 'deprecated = true'];
  const list = { start: numberSpan.end, end: text.indexOf(']', last) + 1 };
  return [replace(list, wanted.length === 0 ? '' : ` [${wanted.join(', ')}]`)];
}

export function eolOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function withEol(words: string, eol: string): string {
  return words.replaceAll(/\r?\n/g, eol);
}

/** The blanks in front of what stands first on its line; undefined where something is before it. */
export function indentAt(text: string, offset: number): string | undefined {
  return /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, offset - 400), offset))?.[1];
}

/** Words on a line of their own behind an element and the comment on its line; beside it where its line goes on. */
export function behind(text: string, { start, end }: Span, words: string): TextEdit {
  const indent = indentAt(text, start);
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)?(?=[\r\n]|$)/.exec(text.slice(end));
  if (indent === undefined || rest === null) return insert(end, ` ${words}`);
  return insert(end + rest[0].length, `${eolOf(text)}${indent}${words}`);
}

/** Words on a line of their own in front of an element; beside it where it does not begin its line. */
export function before(text: string, { start }: Span, words: string): TextEdit {
  const indent = indentAt(text, start);
  return insert(start, indent === undefined ? `${words} ` : `${words}${eolOf(text)}${indent}`);
}

/** Words behind the `{` of an element. */
export function atTop(
  text: string,
  { nameSpan, span }: { readonly nameSpan: Span; readonly span: Span },
  words: string,
) {
  const brace = text.indexOf('{', nameSpan.end);
  const outer = indentAt(text, span.start);
  const isOneLine = !/[\r\n]/.test(text.slice(brace, span.end));
  if (outer === undefined || isOneLine) return insert(brace + 1, ` ${words}`);
  return insert(brace + 1, `${eolOf(text)}${outer}  ${words}`);
}

/** An element with the comments that belong to it, and its lines where it has them for itself. */
export function wholeOf(text: string, { span, comments }: { readonly span: Span; readonly comments: readonly Span[] }) {
  let { start } = span;
  for (const comment of [...comments].reverse()) {
    if (comment.end > start || indentAt(text, comment.start) === undefined) continue;
    if (!/^[ \t]*(?:\r?\n)?[ \t]*$/.test(text.slice(comment.end, start))) break;
    start = comment.start;
  }
  const indent = indentAt(text, start);
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/[ \t]*)?(?:\r?\n|$)/.exec(text.slice(span.end));
  if (indent === undefined || rest === null) return { start, end: span.end, indent: undefined };
  return { start: start - indent.length, end: span.end + rest[0].length, indent };
}
