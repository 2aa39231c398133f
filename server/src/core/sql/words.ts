import { lexemeEnd, lexemeKind } from './lexemes.ts';
import type { LexicalRules } from './tokens.ts';

/** The first words of a statement in capitals (`['ALTER', 'TABLE']`), up to the first thing that is no bare word. */
export function leadingWords(text: string, rules: LexicalRules, count = 4): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < text.length && words.length < count; ) {
    const kind = lexemeKind(text, at, rules);
    const end = lexemeEnd(text, at, kind, rules);
    if (kind === 'word') words.push(text.slice(at, end).toUpperCase());
    else if (kind !== 'space' && kind !== 'line-comment' && kind !== 'block-comment') break;
    at = end;
  }
  return words;
}
