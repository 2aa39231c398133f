import { clip } from '../text/bytes.ts';
import { dollarTag, lexemeEnd, lexemeKind } from './lexemes.ts';
import type { LexicalRules, Token, TokenKind } from './tokens.ts';

/**
 * Tokens of a text without comments and white space, in one linear pass. Never fails: what is unterminated ends
 * with the text.
 * @param limit stop after so many tokens (for a look at the first words of something huge)
 */
export function tokenize(text: string, rules: LexicalRules, limit = Number.POSITIVE_INFINITY): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length && tokens.length < limit; ) {
    const kind = lexemeKind(text, at, rules);
    const end = lexemeEnd(text, at, kind, rules);
    if (kind !== 'space' && kind !== 'line-comment' && kind !== 'block-comment')
      tokens.push(token(text, kind, at, end, rules));
    at = end;
  }
  return tokens;
}

/** The words that a string literal stands for, without quotes and escapes. */
export function stringValue(literal: string): string {
  if (literal.startsWith('$')) {
    const tag = dollarTag(literal, 0) ?? '$';
    return literal.endsWith(tag) && literal.length >= 2 * tag.length
      ? literal.slice(tag.length, -tag.length)
      : literal.slice(tag.length);
  }
  const open = literal.indexOf("'");
  const closed = literal.length > open + 1 && literal.endsWith("'");
  return literal.slice(open + 1, closed ? -1 : undefined).replaceAll("''", "'");
}

/** Lower case of ASCII letters only, as PostgreSQL folds names in UTF-8. */
function fold(words: string): string {
  for (let i = 0; i < words.length; i++)
    if (words.charCodeAt(i) > 127) return words.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
  return words.toLowerCase();
}

function token(text: string, kind: TokenKind, start: number, end: number, { nameBytes }: LexicalRules): Token {
  const words = text.slice(start, end);
  return { kind, start, end, text: words, value: foldedValue(kind, words, nameBytes) };
}

function foldedValue(kind: TokenKind, words: string, nameBytes = Number.POSITIVE_INFINITY): string {
  if (kind === 'word') return clip(fold(words), nameBytes);
  if (kind === 'string') return stringValue(words);
  return kind === 'quoted-name' ? clip(nameValue(words), nameBytes) : words;
}

function nameValue(words: string): string {
  const open = words.search(/["`[]/);
  const quote = words[open] === '[' ? ']' : (words[open] ?? '"');
  const closed = words.length > open + 1 && words.endsWith(quote);
  return words.slice(open + 1, closed ? -1 : undefined).replaceAll(quote + quote, quote);
}
