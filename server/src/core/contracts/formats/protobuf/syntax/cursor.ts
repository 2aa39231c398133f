import type { Span } from '../../../../model/text.ts';
import { stringOf } from './literals.ts';
import { kinds, type RawComment, type Tokens } from './tokens.ts';
import type { Name, ProtoProblem } from './tree.ts';

const none: readonly Span[] = [];
/** Tokens of a statement. */
const longestRetry = 256;
export const symbol = (char: string): number => char.charCodeAt(0);
const semicolon = symbol(';');
const open = symbol('{');
const close = symbol('}');
const dot = symbol('.');

/**
 * Walks the tokens. The first thing that a statement misses is a problem and makes the statement `failed`; from then on
 * nothing is read any more until `recover`, so readers of statements need no branches for what is wrong.
 */
export class Cursor {
  readonly tokens: Tokens;
  readonly problems: ProtoProblem[] = [];
  /** A dedented declaration closes the braces before it: the second try, for files whose braces do not match. */
  readonly byIndent: boolean;
  at = 0;
  failed = false;
  depth = 0;
  unclosed = false;

  constructor(tokens: Tokens, byIndent: boolean) {
    this.tokens = tokens;
    this.byIndent = byIndent;
  }

  kind(ahead = 0): number {
    return this.tokens.kinds[this.at + ahead] ?? kinds.end;
  }

  textAt(index: number): string {
    return this.tokens.text.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  /** The word here, else an empty string. */
  word(ahead = 0): string {
    return this.kind(ahead) === kinds.word ? this.textAt(this.at + ahead) : '';
  }

  start(index = this.at): number {
    return this.tokens.starts[index] ?? this.tokens.text.length;
  }

  /** Where the last token read ends. */
  lastEnd(): number {
    return this.at === 0 ? 0 : (this.tokens.ends[this.at - 1] ?? 0);
  }

  /** The end of what was read from a token on; an empty span where nothing was. */
  endFrom(token: number): number {
    return Math.max(this.start(token), this.lastEnd());
  }

  spanFrom(token: number): Span {
    return { start: this.start(token), end: this.endFrom(token) };
  }

  /** A name, unless it turned out to belong to the next statement. */
  kept(name: Name | undefined): Name | undefined {
    return name !== undefined && name.end <= this.lastEnd() ? name : undefined;
  }

  here(): Span {
    const start = this.start();
    return { start, end: this.tokens.ends[this.at] ?? start };
  }

  problem(message: string, span: Span): void {
    this.problems.push({ span, message });
  }

  fail(expected: string): undefined {
    if (this.failed) return undefined;
    this.failed = true;
    const isEnd = this.kind() === kinds.end;
    const found = isEnd ? 'the file ends' : `found ${shown(this.textAt(this.at).slice(0, 40))}`;
    // What is missing at the end of a line is missed there, not where the next line begins.
    const elsewhere = isEnd || (this.at > 0 && this.firstOnLine(this.at));
    const span = elsewhere ? { start: Math.max(0, this.lastEnd() - 1), end: this.lastEnd() } : this.here();
    this.problem(elsewhere && !isEnd ? `Expected ${expected} here.` : `Expected ${expected}, ${found}.`, span);
    return undefined;
  }

  isAt(code: number): boolean {
    return !this.failed && this.kind() === code;
  }

  accept(code: number): boolean {
    if (this.failed || this.kind() !== code) return false;
    this.at++;
    return true;
  }

  acceptWord(word: string): boolean {
    if (this.failed || this.word() !== word) return false;
    this.at++;
    return true;
  }

  expect(code: number, what = `\`${String.fromCharCode(code)}\``): boolean {
    if (this.accept(code)) return true;
    this.fail(what);
    return false;
  }

  /** Reads one word. */
  name(what: string): Name | undefined {
    if (this.failed) return undefined;
    if (this.kind() !== kinds.word) return this.fail(what);
    const name = { text: shared(this.textAt(this.at)), start: this.start(), end: this.tokens.ends[this.at] ?? 0 };
    this.at++;
    return name;
  }

  /** Reads `a.b.C`, with a leading dot where it is allowed. */
  qualified(what: string, leadingDot: boolean): Name | undefined {
    if (this.failed) return undefined;
    const first = this.at;
    if (leadingDot) this.accept(dot);
    if (this.kind() !== kinds.word) return this.fail(what);
    this.at++;
    while (this.kind() === dot && this.kind(1) === kinds.word) this.at += 2;
    const start = this.start(first);
    const end = this.lastEnd();
    return { text: this.joined(first, start, end), start, end };
  }

  private joined(first: number, start: number, end: number): string {
    let length = 0;
    for (let token = first; token < this.at; token++)
      length += (this.tokens.ends[token] ?? 0) - (this.tokens.starts[token] ?? 0);
    if (length === end - start) return shared(this.tokens.text.slice(start, end));
    let text = '';
    for (let token = first; token < this.at; token++) text += this.textAt(token);
    return text;
  }

  /** Reads adjacent string literals as one. */
  string(what: string): Name | undefined {
    if (this.failed) return undefined;
    if (this.kind() !== kinds.string) return this.fail(what);
    const first = this.at;
    let text = '';
    while (this.kind() === kinds.string) text += stringOf(this.textAt(this.at++));
    return { text, start: this.start(first), end: this.endFrom(first) };
  }

  firstOnLine(token: number): boolean {
    return token === 0 || this.tokens.lines[token] !== this.tokens.lines[token - 1];
  }

  column(token: number): number {
    return this.start(token) - (this.tokens.lines[token] ?? 0);
  }

  /** Ends a statement with its `;`. Says whether it was well formed; afterwards the next one can be read. */
  finish(first: number): boolean {
    this.expect(semicolon);
    return this.settle(first);
  }

  /** Says whether the statement was well formed; if not, skips what is left of it. */
  settle(first: number): boolean {
    if (!this.failed) return true;
    this.recover(first);
    this.failed = false;
    return false;
  }

  /**
   * To behind the statement's `;` or braces, but never beyond a line that begins like the next statement: what fails is often
   * a half-typed statement that has taken words of the one below. Long ones are not gone through again, or it would not be linear.
   */
  private recover(first: number): void {
    const column = this.column(first);
    const failedAt = this.at;
    const again = failedAt - first < longestRetry;
    let depth = 0;
    for (this.at = first; this.kind() !== kinds.end; this.at++) {
      const kind = this.kind();
      const leads = this.at > first && this.firstOnLine(this.at) && (again || this.at >= failedAt);
      if (leads && (kind === kinds.word || kind === dot) && this.column(this.at) <= column) return;
      if (kind === open) depth++;
      else if (kind === semicolon && depth === 0 && this.at >= failedAt) {
        this.at++;
        return;
      } else if (kind === close) {
        if (depth === 0 || (leads && this.column(this.at) < column)) return;
        depth--;
        if (depth > 0 || this.at < failedAt) continue;
        this.at++;
        if (this.kind() === semicolon) this.at++;
        return;
      }
    }
  }

  /** Skips to behind the `}` that belongs to the `{` here, however deep. */
  skipBraces(): void {
    let depth = 0;
    for (; this.kind() !== kinds.end; this.at++) {
      if (this.kind() === open) depth++;
      if (this.kind() !== close) continue;
      depth--;
      if (depth > 0) continue;
      this.at++;
      return;
    }
  }

  /** Comments right above the token `first` and behind the token `last` on its line. */
  comments(first: number, last: number): readonly Span[] {
    const { comments } = this.tokens;
    if (comments.length === 0) return none;
    const above = this.above(first);
    const behind = this.behind(last);
    if (above.length === 0) return behind;
    return behind.length === 0 ? above : [...above, ...behind];
  }

  private above(token: number): readonly Span[] {
    const to = lowerBound(this.tokens.comments, token + 1);
    let from = to;
    let below = this.start(token);
    const previous = token === 0 ? -1 : (this.tokens.ends[token - 1] ?? 0);
    while (from > 0) {
      const comment = this.tokens.comments[from - 1];
      if (comment === undefined || comment.before !== token || this.breaks(comment.end, below) > 1) break;
      if (previous >= 0 && this.breaks(previous, comment.start) === 0) break;
      below = comment.start;
      from--;
    }
    return from === to ? none : this.tokens.comments.slice(from, to);
  }

  private behind(token: number): readonly Span[] {
    const from = lowerBound(this.tokens.comments, token + 1);
    const comment = this.tokens.comments[from];
    if (comment?.before !== token + 1) return none;
    return this.breaks(this.tokens.ends[token] ?? 0, comment.start) === 0 ? [comment] : none;
  }

  /** Line breaks between two places, two standing for more. */
  private breaks(from: number, to: number): number {
    let count = 0;
    for (let at = from; at < to && count < 2; at++) if (this.tokens.text.charCodeAt(at) === 10) count++;
    return count;
  }
}

const common: ReadonlyMap<string, string> = new Map(
  (
    'double float int64 uint64 int32 fixed64 fixed32 bool string bytes uint32 sfixed32 sfixed64 sint32 sint64 optional ' +
    'required repeated deprecated default packed google.protobuf.Timestamp'
  )
    .split(' ')
    .map((word) => [word, word]),
);

/** One string for what stands in every file, not one for each place. */
function shared(text: string): string {
  return common.get(text) ?? text;
}

export const nothing: readonly never[] = [];

/** An array without the room that growing arrays keep. */
export function trimmed<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? nothing : list.slice();
}

/** Index of the first comment whose token is at or behind `token`. */
function lowerBound(comments: readonly RawComment[], token: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.before ?? 0) < token) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A character that nobody sees by its number. */
function shown(words: string): string {
  const [first = ''] = words;
  return /^\p{C}/u.test(words)
    ? `U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : `\`${words}\``;
}
