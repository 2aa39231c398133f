import type { Span } from '../../../../model/text.ts';
import { closing, isWord, spanOf, type Words } from '../source.ts';

/** An edit of a statement. */
export interface Rewritten {
  readonly span: Span;
  readonly text: string;
}

/**
 * What to write for older servers.
 * @param at index of the feature's first word
 * @param count how many words it has
 */
export type Rewrite = (tokens: Words, at: number, count: number) => Rewritten | undefined;

/** Other words in the place of those of the feature. */
export const words =
  (text: string): Rewrite =>
  (tokens, at, count) => ({ span: spanOf(tokens.slice(at, at + count)), text });

/** STORED behind the expression, where VIRTUAL or nothing stands. */
export const stored: Rewrite = (tokens, at, count) => {
  const end = tokens[closing(tokens, at + count)];
  if (end === undefined) return undefined;
  const kind = tokens[tokens.indexOf(end) + 1];
  return kind !== undefined && isWord(kind, 'virtual')
    ? { span: { start: kind.start, end: kind.end }, text: 'STORED' }
    : { span: { start: end.end, end: end.end }, text: ' STORED' };
};
