import type { Span } from '../../../../model/text.ts';
import { type Cursor, symbol, trimmed } from './cursor.ts';
import { kinds } from './tokens.ts';

const [open, close, semicolon] = [symbol('{'), symbol('}'), symbol(';')];

/** Nested deeper than that nothing is read; a message says so. More than any compiler's stack would be asked for. */
const deepest = 100;

export interface Block<T> {
  readonly body: readonly T[];
  /** With its braces; undefined where there are none. */
  readonly span: Span | undefined;
  /** The token `{`. */
  readonly opening: number;
  /** What is before the braces or ends them is wrong. */
  readonly broken: boolean;
  /** Something in them is no element. */
  readonly gaps: boolean;
}

/**
 * Reads `{ … }` of the statement that begins with the token `first`. `element` reads one element, or answers undefined without
 * reading anything where none begins.
 */
export function block<T>(c: Cursor, first: number, element: (c: Cursor) => T | undefined, what: string): Block<T> {
  const wasFailed = c.failed;
  if (c.failed) findOpening(c);
  const opening = c.at;
  if (!c.expect(open)) {
    c.settle(first);
    return { body: [], span: undefined, opening: Math.max(first, c.at - 1), broken: true, gaps: false };
  }
  if (c.depth >= deepest) {
    c.problem('Nested too deeply: what is in these braces is not read.', c.spanFrom(opening));
    c.at = opening;
    c.skipBraces();
    return { body: [], span: c.spanFrom(opening), opening, broken: true, gaps: false };
  }
  c.depth++;
  const body: T[] = [];
  const { closed, whole } = elements(c, first, body, element, what);
  c.depth--;
  if (!closed) c.problem('These braces are not closed.', { start: c.start(opening), end: c.start(opening) + 1 });
  return { body: trimmed(body), span: c.spanFrom(opening), opening, broken: wasFailed || !closed, gaps: !whole };
}

/** Says whether the braces are closed, and all in them is an element. */
function elements<T>(
  c: Cursor,
  first: number,
  body: T[],
  element: (c: Cursor) => T | undefined,
  what: string,
): { readonly closed: boolean; readonly whole: boolean } {
  let whole = true;
  for (;;) {
    const kind = c.kind();
    if (kind === close) {
      c.at++;
      return { closed: true, whole };
    }
    if (kind === kinds.end) {
      c.unclosed = true;
      return { closed: false, whole };
    }
    if (c.byIndent && isOutside(c, first)) return { closed: false, whole };
    if (kind === semicolon) {
      c.at++;
      continue;
    }
    const start = c.at;
    const read = element(c);
    if (read !== undefined) body.push(read);
    else {
      whole = false;
      c.fail(what);
      c.settle(start);
    }
  }
}

const outer: ReadonlySet<string> = new Set(['message', 'enum', 'service', 'extend', 'import', 'export', 'local']);

/** A declaration that stands no further in than the one whose braces are open. */
function isOutside(c: Cursor, first: number): boolean {
  return c.firstOnLine(c.at) && c.column(c.at) <= c.column(first) && outer.has(c.word());
}

/** A statement that is wrong before its braces still has a body, if they open on the same line. */
function findOpening(c: Cursor): void {
  for (let at = c.at; ; at++) {
    const kind = c.tokens.kinds[at];
    if (kind === undefined || kind === kinds.end || kind === semicolon || kind === close) return;
    if (at > c.at && c.firstOnLine(at)) return;
    if (kind !== open) continue;
    c.at = at;
    c.failed = false;
    return;
  }
}
