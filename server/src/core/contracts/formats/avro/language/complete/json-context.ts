import type { Span } from '../../../../../model/text.ts';

/** An object or array that is open where the cursor stands. */
export interface Open {
  readonly kind: 'object' | 'array';
  readonly start: number;
  /** Of an object: the name in front of what is inside, or of the value that is being written. */
  readonly key: string | undefined;
  /** Names that stand before the cursor, with their values where those are strings. */
  readonly members: ReadonlyMap<string, string | undefined>;
}

/** Where in JSON a cursor stands. */
export interface JsonContext {
  /** Outermost first; empty: the document itself. */
  readonly open: readonly Open[];
  readonly expects: 'key' | 'value';
  /** In quotes: what stands between them up to where a name ends. Else the word before the cursor. */
  readonly replace: Span;
  readonly isQuoted: boolean;
}

interface Opened {
  readonly kind: Open['kind'];
  readonly start: number;
  key: string | undefined;
  isBehindColon: boolean;
  readonly members: Map<string, string | undefined>;
}

const piece = /"(?:[^"\\\n\r]|\\.)*"?|\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|[{}[\],:]|[^\s{}[\],:"/]+|\//g;

/** Undefined where nothing can be offered: in a comment, behind a value. Looks only at what stands before the cursor. */
export function jsonContext(text: string, offset: number): JsonContext | undefined {
  const before = text.slice(0, offset);
  const open: Opened[] = [];
  let last: RegExpExecArray | undefined;
  piece.lastIndex = 0;
  let isBehindValue = false;
  for (let found = piece.exec(before); found !== null; found = piece.exec(before)) {
    const [word] = found;
    const isLast = found.index + word.length === before.length;
    if (word.startsWith('/')) {
      if (isLast && !word.endsWith('*/')) return undefined;
      continue;
    }
    last = found;
    if (isLast && isUnfinished(word)) break;
    last = undefined;
    isBehindValue = step(open, word, found.index);
  }
  if (isBehindValue) return undefined;
  const top = open.at(-1);
  const isQuoted = last?.[0].startsWith('"') === true;
  const start = last === undefined ? offset : last.index + (isQuoted ? 1 : 0);
  return {
    open,
    expects: top?.kind === 'object' && !top.isBehindColon ? 'key' : 'value',
    replace: { start, end: offset + restOf(text, offset, isQuoted) },
    isQuoted,
  };
}

/** A string that nothing closes yet, or a word that may grow. */
function isUnfinished(word: string): boolean {
  if (word.startsWith('"')) return word.length === 1 || !word.endsWith('"') || /(?:^|[^\\])(?:\\\\)*\\"$/.test(word);
  return !/^[{}[\],:]$/.test(word);
}

/** Whether a value ended here, so that a comma has to come first. */
function step(open: Opened[], word: string, start: number): boolean {
  const top = open.at(-1);
  switch (word) {
    case '{':
    case '[':
      open.push({
        kind: word === '{' ? 'object' : 'array',
        start,
        key: undefined,
        isBehindColon: false,
        members: new Map(),
      });
      return false;
    case '}':
    case ']':
      open.pop();
      return true;
    case ',':
      if (top !== undefined) {
        top.isBehindColon = false;
        top.key = undefined;
      }
      return false;
    case ':':
      if (top !== undefined) top.isBehindColon = true;
      return false;
    default: {
      const value = word.startsWith('"') ? word.slice(1, -1) : undefined;
      if (top?.kind !== 'object') return true;
      if (!top.isBehindColon) {
        top.key = value;
        if (value !== undefined) top.members.set(value, undefined);
      } else if (top.key !== undefined) top.members.set(top.key, value);
      return true;
    }
  }
}

/** What of a name stands behind the cursor. */
function restOf(text: string, offset: number, isQuoted: boolean): number {
  const rest = isQuoted ? /[\w.-]*/y : /\w*/y;
  rest.lastIndex = offset;
  return rest.exec(text)?.[0].length ?? 0;
}
