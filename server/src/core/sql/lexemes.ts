import type { LexicalRules, TokenKind } from './tokens.ts';

/** What starts at an offset, told apart by its first characters only. */
export type LexemeKind = TokenKind | 'space' | 'line-comment' | 'block-comment';

const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const DOLLAR = 36;
const DASH = 45;
const SLASH = 47;
const STAR = 42;
const HASH = 35;
const BACKTICK = 96;
const BRACKET = 91;
const BACKSLASH = 92;

/** Kind of the lexeme at `at`. Every character starts one, so that scanning never fails. */
export function lexemeKind(text: string, at: number, rules: LexicalRules): LexemeKind {
  const code = text.charCodeAt(at);
  if (isSpace(code)) return 'space';
  if (isWordStart(code)) return isPrefixedString(text, at) ? prefixedKind(text, at) : 'word';
  if (isDigit(code)) return 'number';
  switch (code) {
    case QUOTE:
      return 'string';
    case DOUBLE_QUOTE:
      return 'quoted-name';
    case BACKTICK:
      return rules.backtickNames ? 'quoted-name' : 'operator';
    case BRACKET:
      return rules.bracketNames ? 'quoted-name' : 'punctuation';
    case DASH:
      return text.charCodeAt(at + 1) === DASH ? 'line-comment' : 'operator';
    case HASH:
      return rules.hashComments ? 'line-comment' : 'operator';
    case SLASH:
      return text.charCodeAt(at + 1) === STAR ? 'block-comment' : 'operator';
    case DOLLAR:
      return rules.dollarQuotes && dollarTag(text, at) !== undefined ? 'string' : 'parameter';
    case 46:
      return isDigit(text.charCodeAt(at + 1)) && text[at - 1] !== '.' ? 'number' : 'punctuation';
    default:
      return isPunctuation(code) ? 'punctuation' : 'operator';
  }
}

/** Offset behind the lexeme that starts at `at`: always greater than `at`. What is unterminated ends with the text. */
export function lexemeEnd(text: string, at: number, kind: LexemeKind, rules: LexicalRules): number {
  switch (kind) {
    case 'space':
      return spaceEnd(text, at);
    case 'word':
      return wordEnd(text, at);
    case 'number':
      return numberEnd(text, at);
    case 'string':
      return stringEnd(text, at, rules);
    case 'quoted-name':
      return quotedNameEnd(text, at);
    case 'line-comment':
      return lineEnd(text, at);
    case 'block-comment':
      return blockCommentEnd(text, at, rules.nestedComments);
    case 'parameter':
      return wordEnd(text, at + 1);
    case 'punctuation':
      return at + 1;
    case 'operator':
      return operatorEnd(text, at, rules);
    default: {
      const none: never = kind;
      return none;
    }
  }
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0;
}

/** Offset of the line's end, before its line break. */
export function lineEnd(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) return i;
  }
  return text.length;
}

/** `$$` or `$tag$` at the offset, or undefined. */
export function dollarTag(text: string, at: number): string | undefined {
  let i = at + 1;
  if (isDigit(text.charCodeAt(i))) return undefined;
  while (i < text.length && isWordPart(text.charCodeAt(i)) && text.charCodeAt(i) !== DOLLAR) i++;
  return text.charCodeAt(i) === DOLLAR ? text.slice(at, i + 1) : undefined;
}

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 128 && code !== 0xfeff);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || isDigit(code) || code === DOLLAR;
}

function isPunctuation(code: number): boolean {
  return (
    code === 40 ||
    code === 41 ||
    code === 44 ||
    code === 59 ||
    code === 91 ||
    code === 93 ||
    code === 58 ||
    code === BACKSLASH
  );
}

/** `E'...'`, `B'...'`, `X'...'`, `N'...'`, `U&'...'` and `U&"..."`. */
function isPrefixedString(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (next === QUOTE) return 'eEbBxXnN'.includes(text[at] ?? ' ');
  if (next !== 38) return false;
  const quote = text.charCodeAt(at + 2);
  return (text[at] === 'U' || text[at] === 'u') && (quote === QUOTE || quote === DOUBLE_QUOTE);
}

function prefixedKind(text: string, at: number): LexemeKind {
  return text.charCodeAt(at + 2) === DOUBLE_QUOTE ? 'quoted-name' : 'string';
}

function spaceEnd(text: string, at: number): number {
  let i = at + 1;
  while (i < text.length && isSpace(text.charCodeAt(i))) i++;
  return i;
}

function wordEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && isWordPart(text.charCodeAt(i))) i++;
  return Math.max(i, at);
}

function numberEnd(text: string, at: number): number {
  let i = at + 1;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code) || isWordStart(code)) continue;
    if (code === 46 && text.charCodeAt(i + 1) !== 46) continue;
    const before = text.charCodeAt(i - 1) | 32;
    if ((code === 43 || code === DASH) && before === 101 && isDigit(text.charCodeAt(i + 1))) continue;
    break;
  }
  return i;
}

function stringEnd(text: string, at: number, rules: LexicalRules): number {
  if (text.charCodeAt(at) === DOLLAR) {
    const tag = dollarTag(text, at) ?? '$';
    const end = text.indexOf(tag, at + tag.length);
    return end === -1 ? text.length : end + tag.length;
  }
  const open = text.indexOf("'", at);
  const escapes =
    rules.backslashEscapes === 'always' ||
    (rules.backslashEscapes === 'e-strings' && (text.charCodeAt(at) | 32) === 101);
  return quoteEnd(text, open, QUOTE, escapes);
}

function quotedNameEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === BRACKET) return quoteEnd(text, at, 93, false);
  if (code === BACKTICK) return quoteEnd(text, at, BACKTICK, false);
  return quoteEnd(text, text.indexOf('"', at), DOUBLE_QUOTE, false);
}

/** A doubled closing quote stands for itself. */
function quoteEnd(text: string, open: number, quote: number, escapes: boolean): number {
  const closing = String.fromCharCode(quote);
  let i = open + 1;
  if (!escapes) {
    for (;;) {
      const end = text.indexOf(closing, i);
      if (end === -1) return text.length;
      if (text.charCodeAt(end + 1) !== quote) return end + 1;
      i = end + 2;
    }
  }
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i++;
    else if (code === quote) {
      if (text.charCodeAt(i + 1) !== quote) return i + 1;
      i++;
    }
  }
  return text.length;
}

function blockCommentEnd(text: string, at: number, nested: boolean): number {
  if (!nested) {
    const end = text.indexOf('*/', at + 2);
    return end === -1 ? text.length : end + 2;
  }
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at + 2;
  for (let depth = 1; depth > 0; ) {
    const mark = marks.exec(text);
    if (mark === null) return text.length;
    depth += mark[0] === '/*' ? 1 : -1;
  }
  return marks.lastIndex;
}

/** Longest run of operator characters that does not swallow a comment. */
function operatorEnd(text: string, at: number, rules: LexicalRules): number {
  let i = at + 1;
  while (i < text.length && '+-*/<>=~!@#%^&|`?'.includes(text[i] ?? ' ')) {
    if (lexemeKind(text, i, rules) !== 'operator') break;
    i++;
  }
  return i;
}
