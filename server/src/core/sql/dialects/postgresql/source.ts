import type { RangeVar } from '@pgsql/types';
import type { Span } from '../../../model/text.ts';
import type { Ident, ObjectName } from '../../../schema/names.ts';
import { nowhere } from '../../../text/nowhere.ts';
import { tokenize } from '../../tokenize.ts';
import type { Token } from '../../tokens.ts';
import { postgresqlLexical } from './lexical.ts';

/**
 * One statement as words: what the parser's tree leaves out are the places of most names. Every span is in UTF-16 units
 * of `text`.
 */
export interface Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** UTF-16 offset of a position of the tree, which counts UTF-8 bytes. */
  readonly offset: (bytes: number | undefined) => number;
  /** What a bare name may be besides a column: any variable (the statement stands in PL/pgSQL), or a parameter of these names. */
  readonly variables: boolean | ReadonlySet<string>;
  /** The statement is an action of a rule of this relation: OLD and NEW are rows of it. */
  readonly ruled?: RangeVar;
}

export function sourceOf(text: string, variables: Source['variables'] = false): Source {
  return { text, tokens: tokenize(text, postgresqlLexical), offset: byteOffsets(text), variables };
}

/** Tokens of a stretch of the statement. The second argument of most lowering functions: where to look for the words. */
export type Words = readonly Token[];

/** From the first of the words to the last. */
export function spanOf(words: Words): Span {
  const first = words[0];
  const last = words.at(-1);
  return first === undefined || last === undefined ? nowhere : { start: first.start, end: last.end };
}

/** The words that start at or after `start` and before `end`. */
export function between(words: Words, start: number, end = Number.POSITIVE_INFINITY): Words {
  const from = firstAtOrAfter(words, start);
  const to = end === Number.POSITIVE_INFINITY ? words.length : firstAtOrAfter(words, end);
  return words.slice(from, to);
}

/** Index of the first word that starts at or behind the offset. */
export function firstAtOrAfter(words: Words, offset: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pieces between the commas that stand in no parenthesis. */
export function splitCommas(words: Words): readonly Words[] {
  const pieces: Words[] = [];
  let depth = 0;
  let start = 0;
  words.forEach((word, i) => {
    if (opens(word)) depth++;
    else if (closes(word)) depth--;
    else if (depth === 0 && word.text === ',') {
      pieces.push(words.slice(start, i));
      start = i + 1;
    }
  });
  return [...pieces, words.slice(start)];
}

/** Index of the first of the keywords that stands in no parenthesis, or -1. */
export function indexOfWord(words: Words, keywords: string | readonly string[], from = 0): number {
  let depth = 0;
  for (let i = from; i < words.length; i++) {
    const word = words[i];
    if (word === undefined) break;
    if (opens(word)) depth++;
    else if (closes(word)) depth--;
    else if (depth === 0 && isWord(word, keywords)) return i;
  }
  return -1;
}

export function isWord(word: Token | undefined, keywords: string | readonly string[]): boolean {
  if (word?.kind !== 'word') return false;
  return typeof keywords === 'string' ? word.value === keywords : keywords.includes(word.value);
}

export function startsWith(words: Words, ...keywords: readonly string[]): boolean {
  return keywords.every((keyword, i) => isWord(words[i], keyword));
}

/** What stands in the parentheses that open at or behind `from`, without them. */
export function inParentheses(words: Words, from = 0): Words {
  const open = words.findIndex((word, i) => i >= from && word.text === '(');
  if (open === -1) return [];
  return words.slice(open + 1, closing(words, open));
}

/** Index of the parenthesis that closes the one at `open`, or the number of words. */
export function closing(words: Words, open: number): number {
  let depth = 0;
  for (let i = open; i < words.length; i++) {
    const word = words[i];
    if (word === undefined) break;
    if (opens(word)) depth++;
    else if (closes(word) && --depth === 0) return i;
  }
  return words.length;
}

function opens(word: Token): boolean {
  return word.kind === 'punctuation' && (word.text === '(' || word.text === '[');
}

function closes(word: Token): boolean {
  return word.kind === 'punctuation' && (word.text === ')' || word.text === ']');
}

/** Number of words of the qualified name (`a`, `a.b`, `a.b.c`) that starts at `at`. */
export function nameLength(words: Words, at: number): number {
  let end = at + 1;
  while (words[end]?.text === '.' && words[end + 1] !== undefined) end += 2;
  return Math.min(end, words.length) - at;
}

/** The qualified name that starts at `at`. The tree's own parts win over the words: they know every escape. */
export function objectName(words: Words, at: number, parts?: readonly string[]): ObjectName {
  const own = words.slice(at, at + nameLength(words, at));
  const names = parts ?? own.filter(({ text }) => text !== '.').map(({ value }) => value);
  const schema = names.at(-2);
  return { ...(schema === undefined ? {} : { schema }), name: names.at(-1) ?? '', span: spanOf(own) };
}

/** What has no name but its description: `(int AS text)` of a cast. */
export function wholeName(words: Words): ObjectName {
  const name = words.map(({ text, start }, i) => (start > (words[i - 1]?.end ?? start) ? ` ${text}` : text)).join('');
  return { name, span: spanOf(words) };
}

/** One name of one word. */
export function ident(words: Words, at: number, name?: string): Ident {
  const word = words[at];
  if (word === undefined) return { name: name ?? '', span: spanOf(words.slice(-1)) };
  return { name: name ?? word.value, span: { start: word.start, end: word.end } };
}

/** The name where the words have it as a name (not as a keyword in front of it), or else the whole stretch. */
export function findIdent(words: Words, name: string, from = 0): Ident {
  const at = words.findIndex(
    (word, i) => i >= from && (word.kind === 'word' || word.kind === 'quoted-name') && word.value === name,
  );
  return at === -1 ? { name, span: spanOf(words) } : ident(words, at, name);
}

/** Index behind `IF EXISTS` or `IF NOT EXISTS`, where it stands at `at`. */
export function afterIfExists(words: Words, at: number): number {
  if (!isWord(words[at], 'if')) return at;
  if (isWord(words[at + 1], 'exists')) return at + 2;
  return isWord(words[at + 1], 'not') && isWord(words[at + 2], 'exists') ? at + 3 : at;
}

function byteOffsets(text: string): Source['offset'] {
  const wide = wideCharacters(text);
  if (wide.length === 0) return (bytes = 0) => bytes;
  return (bytes = 0) => bytes - shiftBefore(wide, bytes);
}

interface WideCharacter {
  /** Where it starts, in UTF-8. */
  readonly byte: number;
  /** UTF-8 bytes less UTF-16 units of all characters up to it, itself included. */
  readonly shift: number;
}

function shiftBefore(wide: readonly WideCharacter[], byte: number): number {
  let low = 0;
  let high = wide.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((wide[middle]?.byte ?? 0) < byte) low = middle + 1;
    else high = middle;
  }
  return wide[low - 1]?.shift ?? 0;
}

/** Characters that take more UTF-8 bytes than UTF-16 units. */
function wideCharacters(text: string): readonly WideCharacter[] {
  const found: WideCharacter[] = [];
  let byte = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      byte++;
      continue;
    }
    const pair = code >= 0xd800 && code <= 0xdbff && i + 1 < text.length;
    const bytes = pair ? 4 : code < 0x800 ? 2 : 3;
    shift += bytes - (pair ? 2 : 1);
    found.push({ byte, shift });
    byte += bytes;
    if (pair) i++;
  }
  return found;
}
