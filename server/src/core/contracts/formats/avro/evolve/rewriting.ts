import type { Span } from '../../../../model/text.ts';
import { below } from '../fixes/locate.ts';
import { type Edit, replace } from '../fixes/write.ts';
import { isNamed, type Schema } from '../schema.ts';

/** A part of a text after edits within it. */
export function rewritten(text: string, { start, end }: Span, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (made, { span, newText }) => made.slice(0, span.start - start) + newText + made.slice(span.end - start),
      text.slice(start, end),
    );
}

/** The outermost types that a schema defines where it stands. */
export function definitionsIn(schema: Schema): readonly (Schema & { readonly name: { readonly full: string } })[] {
  return isNamed(schema) ? [schema] : below(schema).flatMap(definitionsIn);
}

export function referenceEdits(schema: Schema): readonly Edit[] {
  return definitionsIn(schema).map(({ span, name }) => replace(span, JSON.stringify(name.full)));
}

export function eolOf(text: string): '\n' | '\r\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function withEol(words: string, eol: string): string {
  return words.replaceAll(/\r?\n/g, eol);
}
