import type { FileContent, Span } from '../../../../../model/text.ts';
import { deepest } from '../../json/read.ts';
import type { Import, Message } from '../../schema.ts';
import { Reading } from '../reading.ts';
import type { TokenRow } from './token-list.ts';
import type { Token } from './tokens.ts';

/** Thrown where a declaration breaks off, caught where the next one may begin. */
class Broken extends Error {}

/** Where a parser of IDL stands in the tokens, and what it has gathered. */
export class Cursor {
  readonly reading: Reading;
  readonly tokens: TokenRow;
  readonly imports: Import[] = [];
  readonly messages = new Map<string, Message>();
  at = 0;
  /** Something broke off. */
  broken = false;
  private depth = 0;

  constructor(content: FileContent, tokens: TokenRow) {
    this.reading = new Reading(content);
    this.tokens = tokens;
  }

  get token(): Token {
    return this.tokens.at(this.at) as Token;
  }

  /** What breaks off is left at the next place where something may begin: behind `;`, before or behind `}`. */
  attempt<Result>(read: () => Result, skips = true): Result | undefined {
    const { depth, at } = this;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.depth = depth;
      this.broken = true;
      if (skips) this.skip(at);
      return undefined;
    }
  }

  /** Braces are counted from where the declaration began, so that those of its own do not end what is around it. */
  private skip(start: number): void {
    const failed = this.at;
    this.at = start;
    for (let braces = 0; this.token.kind !== 'end'; this.next()) {
      if (this.isMark('{')) braces += 1;
      if (this.isMark('}')) {
        if (braces === 0) return;
        braces -= 1;
      }
      if (braces === 0 && this.at >= failed && (this.isMark(';') || this.isMark('}'))) {
        this.next();
        return;
      }
    }
  }

  next(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.at += 1;
    return token;
  }

  isWord(text: string): boolean {
    return this.token.kind === 'word' && !this.token.quoted && this.token.text === text;
  }

  isMark(text: string): boolean {
    return this.token.kind === 'mark' && this.token.text === text;
  }

  takes(text: string): boolean {
    if (!this.isMark(text)) return false;
    this.next();
    return true;
  }

  mark(text: string): Token {
    if (!this.isMark(text)) throw this.expected(text);
    return this.next();
  }

  identifier(): Token {
    if (this.token.kind !== 'word') throw this.expected('a name');
    return this.next();
  }

  literal(kind: 'integer' | 'string'): Token {
    if (this.token.kind !== kind) throw this.expected(kind === 'string' ? 'a string' : 'an integer');
    return this.next();
  }

  expected(what: string): Broken {
    return this.report(this.token.kind === 'end' ? this.lastSpan() : this.token.span, `Expected ${what}.`);
  }

  private lastSpan(): Span {
    return this.tokens.at(this.tokens.length - 2)?.span ?? { start: 0, end: 0 };
  }

  report(span: Span, message: string): Broken {
    this.reading.problem(span, message);
    this.broken = true;
    return new Broken(message);
  }

  /** Beyond the depth nothing is read, so that no text overflows the stack. */
  nested<Result>(read: () => Result): Result {
    if (this.depth >= deepest) throw this.report(this.token.span, `Nested deeper than ${deepest} levels.`);
    this.depth += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }
}

export function spanOf(start: Token, end: Token): Span {
  return { start: start.span.start, end: end.span.end };
}
