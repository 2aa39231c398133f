import type { Span } from '../model/text.ts';
import { lexemeEnd, lexemeKind } from './lexemes.ts';
import type { LexicalRules } from './tokens.ts';

/** Every comment of a text, with its `--`, in order. What looks like one inside a string or a quoted name is none. */
export function comments(text: string, rules: LexicalRules): readonly Span[] {
  const found: Span[] = [];
  for (let at = 0; at < text.length; ) {
    const kind = lexemeKind(text, at, rules);
    const end = lexemeEnd(text, at, kind, rules);
    if (kind === 'line-comment' || kind === 'block-comment') found.push({ start: at, end });
    at = end;
  }
  return found;
}

/** The same text with blanks for comments, so that every offset stays. */
export function withoutComments(text: string, rules: LexicalRules): string {
  let bare = '';
  let at = 0;
  for (const { start, end } of comments(text, rules)) {
    bare += text.slice(at, start) + ' '.repeat(end - start);
    at = end;
  }
  return at === 0 ? text : bare + text.slice(at);
}
