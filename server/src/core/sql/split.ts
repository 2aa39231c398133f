import type { Span } from '../model/text.ts';
import { commonEnd, commonStart } from '../text/common.ts';
import { isSpace, lexemeEnd, lexemeKind, lineEnd } from './lexemes.ts';
import type { ScriptStatement } from './script.ts';
import { tokenize } from './tokenize.ts';
import type { LexicalRules } from './tokens.ts';

/**
 * Splits a script into its statements as psql does, in one linear pass that makes no tokens. Every character outside
 * white space, comments and `;` lies in the span of exactly one statement. A parenthesis that is never closed does not
 * swallow what follows: only the actions of CREATE RULE may hold a `;` in parentheses.
 * @param before how the text was split before an edit: what it leaves as it was is not looked at again
 */
export function splitScript(text: string, rules: LexicalRules, before?: Split): readonly ScriptStatement[] {
  const add = adder(text);
  const edit = before === undefined ? undefined : editFrom(before, text);
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (const each of edit?.kept ?? []) at = add.again(each, 0);
  while (at < text.length) {
    const rest = edit?.restAt(at);
    if (rest !== undefined) {
      for (const each of rest) add.again(each, edit?.moved ?? 0);
      break;
    }
    const piece = nextPiece(text, at, rules);
    if (piece === undefined) break;
    at = piece.full.end;
    if (piece.span.end > piece.span.start) add.piece(piece, piece.psql ? 'psql' : 'sql');
    const data = rules.copyData && !piece.psql ? copyData(text, piece.span, at, rules) : undefined;
    if (data === undefined) continue;
    if (data.span.end > data.span.start) add.piece(data, 'copy-data');
    at = data.full.end;
  }
  return add.found;
}

/** A text and its statements. */
export interface Split {
  readonly text: string;
  readonly statements: readonly ScriptStatement[];
}

/** What an edit leaves as it was: where a statement ends, nothing before it has a part in how the text behind it is split. */
interface Edit {
  /** Statements before the edit. */
  readonly kept: readonly ScriptStatement[];
  /** Those from a place on where one ended before, and everything behind it is what it was. */
  restAt(at: number): readonly ScriptStatement[] | undefined;
  /** By how much they are further behind. */
  readonly moved: number;
}

function editFrom({ text: old, statements }: Split, text: string): Edit {
  const moved = text.length - old.length;
  const same = commonStart(old, text);
  const rest = text.length - commonEnd(old, text, Math.min(old.length, text.length) - same);
  // The statement right before the edit is read again: what stands behind a statement may have a part in its end.
  let kept = statements.findIndex(({ full }) => full.end >= same);
  kept = Math.max((kept === -1 ? statements.length : kept) - 1, 0);
  while (kept > 0 && !isOver(statements, kept - 1)) kept -= 1;
  let next = kept;
  return {
    kept: statements.slice(0, kept),
    moved,
    restAt(at) {
      if (at < rest) return undefined;
      while (next < statements.length && (statements[next]?.full.end ?? 0) + moved < at) next += 1;
      const isEnd = (statements[next]?.full.end ?? -1) + moved === at && isOver(statements, next);
      return isEnd ? statements.slice(next + 1) : undefined;
    },
  };
}

/** Not a COPY whose rows may follow. */
function isOver(statements: readonly ScriptStatement[], index: number): boolean {
  const text = statements[index]?.id.text ?? '';
  return statements[index]?.kind === 'copy-data' || !/^copy\b/i.test(text.slice(0, 5));
}

/** Where statements stand, five numbers each: everything of a split that the text itself does not say. */
export function placesOf(statements: readonly ScriptStatement[]): readonly number[] {
  return statements.flatMap(({ kind, span, full }) => [
    kinds.indexOf(kind),
    full.start,
    span.start,
    span.end,
    full.end,
  ]);
}

/** The statements of a text from their places, without reading it. */
export function statementsAt(text: string, places: readonly number[]): readonly ScriptStatement[] {
  const add = adder(text);
  for (let at = 0; at + 5 <= places.length; at += 5) {
    const [kind = 0, fullStart = 0, start = 0, end = 0, fullEnd = 0] = places.slice(at, at + 5);
    add.piece({ span: { start, end }, full: { start: fullStart, end: fullEnd } }, kinds[kind] ?? 'sql');
  }
  return add.found;
}

const kinds: readonly ScriptStatement['kind'][] = ['sql', 'copy-data', 'psql'];

/** Names statements in the order in which they are added. */
function adder(text: string) {
  const found: ScriptStatement[] = [];
  const seen = new Map<string, number>();
  const piece = ({ span, full }: Piece, kind: ScriptStatement['kind']) => {
    const own = text.slice(span.start, span.end);
    const nth = seen.get(own) ?? 0;
    seen.set(own, nth + 1);
    found.push({ id: { text: own, nth }, kind, span, full });
  };
  /** A statement that was found before, further behind by now. Answers where it ends. */
  const again = ({ id, kind, span, full }: ScriptStatement, moved: number): number => {
    const nth = seen.get(id.text) ?? 0;
    seen.set(id.text, nth + 1);
    found.push({
      id: id.nth === nth ? id : { text: id.text, nth },
      kind,
      span: moved === 0 ? span : { start: span.start + moved, end: span.end + moved },
      full: moved === 0 ? full : { start: full.start + moved, end: full.end + moved },
    });
    return full.end + moved;
  };
  return { found, piece, again };
}

interface Piece {
  readonly span: Span;
  readonly full: Span;
}

/** The next statement at or after `from`; undefined where only white space and comments are left. */
function nextPiece(text: string, from: number, rules: LexicalRules): (Piece & { readonly psql: boolean }) | undefined {
  const first = firstWord(text, from, rules);
  if (first === undefined) return undefined;
  if (rules.copyData && text[first.at] === '\\') {
    const end = lineEnd(text, first.at);
    return { ...pieceOf(first.full, first.at, trimmedEnd(text, first.at, end), end), psql: true };
  }
  const { last, end } = statementEnd(text, first.at, rules);
  return { ...pieceOf(first.full, first.at, last, end), psql: false };
}

function pieceOf(fullStart: number, start: number, last: number, end: number): Piece {
  return { span: { start, end: last }, full: { start: fullStart, end } };
}

/**
 * Where a statement's words start, and where the comments that belong to it do: those above it without a blank line
 * between, but not one on the last line of the statement before.
 */
function firstWord(
  text: string,
  from: number,
  rules: LexicalRules,
): { readonly at: number; readonly full: number } | undefined {
  let full: number | undefined;
  let breaks = from === 0 ? 1 : 0;
  for (let at = from; at < text.length; ) {
    const kind = lexemeKind(text, at, rules);
    const end = lexemeEnd(text, at, kind, rules);
    if (kind === 'space') {
      const own = lineBreaks(text, at, end);
      if (own > 1) full = undefined;
      breaks += own;
    } else if (kind !== 'line-comment' && kind !== 'block-comment') return { at, full: full ?? at };
    else if (breaks > 0) full ??= at;
    at = end;
  }
  return undefined;
}

/** Counts up to two: more make no difference. */
function lineBreaks(text: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end && count < 2; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}

/** `last`: behind the last word; `end`: behind the `;`. */
function statementEnd(
  text: string,
  start: number,
  rules: LexicalRules,
): { readonly last: number; readonly end: number } {
  const nesting = new Nesting(rules);
  let last = start;
  for (let at = start; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === SEMICOLON && nesting.endsAt()) return { last, end: at + 1 };
    if (code === BACKSLASH && rules.copyData && at > start && text.charCodeAt(at + 1) === 103) return { last, end: at };
    const kind = lexemeKind(text, at, rules);
    const end = lexemeEnd(text, at, kind, rules);
    if (kind === 'word') nesting.word(text, at, end);
    else if (code === OPEN) nesting.parentheses++;
    else if (code === CLOSE) nesting.parentheses--;
    if (kind !== 'space' && kind !== 'line-comment' && kind !== 'block-comment') last = end;
    at = end;
  }
  return { last, end: last };
}

const SEMICOLON = 59;
const BACKSLASH = 92;
const OPEN = 40;
const CLOSE = 41;

/** What a `;` may stand in: the actions of a rule, a BEGIN ATOMIC body. Follows psql's own scanner (psqlscan.l). */
class Nesting {
  parentheses = 0;
  private blocks = 0;
  private words = 0;
  private what: 'other' | 'create' | 'routine' | 'rule' = 'other';
  private readonly atomicBodies: boolean;

  constructor(rules: LexicalRules) {
    this.atomicBodies = rules.atomicBodies;
  }

  endsAt(): boolean {
    return this.blocks === 0 && (this.what !== 'rule' || this.parentheses <= 0);
  }

  word(text: string, start: number, end: number): void {
    this.words++;
    if (this.what === 'other' && this.words > 1) return;
    if (this.what === 'create' && this.words > 4) this.what = 'other';
    if (this.what === 'routine' && end - start > 5) return;
    const word = text.slice(start, Math.min(end, start + 10)).toLowerCase();
    if (this.words <= 4) this.recognise(word);
    else if (this.what === 'routine') this.block(word);
  }

  private recognise(word: string): void {
    if (this.words === 1) this.what = word === 'create' ? 'create' : 'other';
    else if (this.what === 'create' && (word === 'function' || word === 'procedure')) this.what = 'routine';
    else if (this.what === 'create' && word === 'rule') this.what = 'rule';
    else if (this.what === 'create' && word !== 'or' && word !== 'replace') this.what = 'other';
  }

  private block(word: string): void {
    if (!this.atomicBodies || this.parentheses > 0) return;
    if (word === 'begin') this.blocks++;
    else if (word === 'case' && this.blocks > 0) this.blocks++;
    else if (word === 'end' && this.blocks > 0) this.blocks--;
  }
}

/** The rows from the line behind a COPY ... FROM STDIN up to a line with `\.`, or the end. */
function copyData(text: string, statement: Span, from: number, rules: LexicalRules): Piece | undefined {
  if (!/^copy\b/i.test(text.slice(statement.start, statement.start + 5)) || !readsStdin(text, statement, rules))
    return undefined;
  const lineStop = lineEnd(text, from);
  if (!/^\s*(--.*)?$/.test(text.slice(from, lineStop))) return undefined;
  const start = nextLine(text, lineStop);
  const end = dataEnd(text, start);
  return pieceOf(start, start, end, end);
}

function readsStdin(text: string, { start, end }: Span, rules: LexicalRules): boolean {
  const tokens = tokenize(text.slice(start, end), rules, 10_000);
  return tokens.some((token, i) => token.value === 'stdin' && tokens[i - 1]?.value === 'from');
}

function dataEnd(text: string, start: number): number {
  if (/^\\\.[ \t]*(\r|\n|$)/.test(text.slice(start, start + 8))) return start + 2;
  const end = /[\r\n]\\\.(?=[ \t]*(?:[\r\n]|$))/g;
  end.lastIndex = start;
  return end.exec(text) === null ? trimmedEnd(text, start, text.length) : end.lastIndex;
}

function nextLine(text: string, lineEnd: number): number {
  return text.startsWith('\r\n', lineEnd) ? lineEnd + 2 : Math.min(lineEnd + 1, text.length);
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
  return last;
}
