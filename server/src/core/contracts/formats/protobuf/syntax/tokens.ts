import type { ProtoProblem } from './tree.ts';

/** Kinds of tokens; the kind of a symbol is its character code. */
export const kinds = { end: 0, word: 1, integer: 2, float: 3, string: 4, unknown: 5 } as const;

/** A file's tokens side by side in arrays, which costs a tenth of an object each. The last one is the end of the text. */
export interface Tokens {
  readonly text: string;
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where the line begins that the token begins on. */
  readonly lines: readonly number[];
  readonly comments: readonly RawComment[];
  readonly problems: readonly ProtoProblem[];
}

export interface RawComment {
  readonly start: number;
  readonly end: number;
  /** Index of the token behind it. */
  readonly before: number;
}

const letter = 1;
const digit = 2;
const blank = 3;
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) classes[code] = letter;
  else if (code >= 48 && code <= 57) classes[code] = digit;
  else if (code === 32 || (code >= 9 && code <= 13)) classes[code] = blank;
}

const newline = 10;
const slash = 47;
const star = 42;
const dot = 46;
const doubleQuote = 34;
const quote = 39;
const backslash = 92;

export function tokenize(text: string): Tokens {
  const tokenKinds: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const lines: number[] = [];
  const comments: RawComment[] = [];
  const problems: ProtoProblem[] = [];
  const length = text.length;
  let line = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const push = (kind: number, end: number): void => {
    tokenKinds.push(kind);
    starts.push(at);
    ends.push(end);
    lines.push(line);
    at = end;
  };
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? classes[code] : 0;
    if (kind === blank) {
      at++;
      if (code === newline) line = at;
    } else if (kind === letter) push(kinds.word, endOfWord(text, at + 1));
    else if (kind === digit || (code === dot && isDigit(text.charCodeAt(at + 1)))) {
      const end = endOfNumber(text, at);
      push(isFloat(text, at, end) ? kinds.float : kinds.integer, end);
    } else if (code === slash && text.charCodeAt(at + 1) === slash) {
      const end = endOfLine(text, at);
      comments.push({ start: at, end, before: starts.length });
      at = end;
    } else if (code === slash && text.charCodeAt(at + 1) === star) {
      const close = text.indexOf('*/', at + 2);
      const end = close === -1 ? length : close + 2;
      if (close === -1) problems.push({ span: { start: at, end: at + 2 }, message: 'This comment is not closed.' });
      comments.push({ start: at, end, before: starts.length });
      for (; at < end; at++) if (text.charCodeAt(at) === newline) line = at + 1;
    } else if (code === doubleQuote || code === quote) {
      const close = closeOfString(text, at);
      const end = close ?? endOfLine(text, at);
      if (close === undefined)
        problems.push({ span: { start: at, end }, message: 'This string is not closed on its line.' });
      push(kinds.string, end);
    } else if (code < 128 && code > 32) push(code, at + 1);
    else {
      const end = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
      problems.push({ span: { start: at, end }, message: 'This character can only stand in strings and comments.' });
      push(kinds.unknown, end);
    }
  }
  push(kinds.end, length);
  return { text, kinds: tokenKinds, starts, ends, lines, comments, problems };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isWordCode(code: number): boolean {
  return code < 128 && (classes[code] === letter || classes[code] === digit);
}

function endOfWord(text: string, from: number): number {
  let at = from;
  while (isWordCode(text.charCodeAt(at))) at++;
  return at;
}

/** Takes what belongs to no number too (`1x`): the reader says that it is none. */
function endOfNumber(text: string, from: number): number {
  const hex = text.charCodeAt(from) === 48 && (text.charCodeAt(from + 1) | 32) === 120;
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isWordCode(code) || code === dot) at++;
    else if (!hex && (code === 43 || code === 45) && at > from && (text.charCodeAt(at - 1) | 32) === 101) at++;
    else return at;
  }
}

function isFloat(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start) === 48 && (text.charCodeAt(start + 1) | 32) === 120) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === dot || (code | 32) === 101 || (code | 32) === 102) return true;
  }
  return false;
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  if (found === -1) return text.length;
  return text.charCodeAt(found - 1) === 13 ? found - 1 : found;
}

/** Behind the closing quote, if the line has one. */
function closeOfString(text: string, from: number): number | undefined {
  const close = text.charCodeAt(from);
  let at = from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === close) return at + 1;
    if (code === newline) return undefined;
    at += code === backslash && text.charCodeAt(at + 1) !== newline ? 2 : 1;
  }
  return undefined;
}
