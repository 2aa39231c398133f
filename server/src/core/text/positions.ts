import { commonEnd, commonStart } from './common.ts';

/** Zero-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Offsets of one text to lines and back. A line ends at `\n`, `\r\n` or a lone `\r`, as in LSP. */
export interface LineIndex {
  readonly lineCount: number;
  /** Offsets outside the text are clamped to it. */
  position(offset: number): Position;
  /** Positions outside the text are clamped: a column never passes the end of its line. */
  offset(position: Position): number;
}

export function lineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line: number): number => starts[line] ?? text.length;
  return {
    lineCount: starts.length,
    position(offset) {
      const clamped = Math.min(Math.max(offset, 0), text.length);
      const line = lastAtOrBefore(starts, clamped);
      return { line, character: clamped - startOf(line) };
    },
    offset({ line, character }) {
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      const start = startOf(line);
      return Math.min(start + Math.max(character, 0), contentEnd(text, start, startOf(line + 1)));
    },
  };
}

type Starts = Int32Array;

/** Those of the last text: an edit leaves most lines of a long one as they were. */
let last: { readonly text: string; readonly starts: Starts } = { text: '', starts: new Int32Array(1) };

function lineStarts(text: string): Starts {
  const { text: old, starts } = last;
  const same = commonStart(old, text);
  const rest = commonEnd(old, text, Math.min(old.length, text.length) - same);
  // Whether a line starts at a place is said by the characters on either side of it.
  const kept = lastAtOrBefore(starts, Math.max(same - 1, 0)) + 1;
  const between = startsBetween(text, Math.max(same, 1), text.length - rest);
  const tail = starts.subarray(lastAtOrBefore(starts, old.length - rest) + 1);
  const found = new Int32Array(kept + between.length + tail.length);
  found.set(starts.subarray(0, kept));
  found.set(between, kept);
  const moved = text.length - old.length;
  for (let at = 0, to = kept + between.length; at < tail.length; at += 1, to += 1) found[to] = (tail[at] ?? 0) + moved;
  last = { text, starts: found };
  return found;
}

/** Both of them included. */
function startsBetween(text: string, first: number, end: number): readonly number[] {
  const starts: number[] = [];
  for (let i = first - 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

function lastAtOrBefore(starts: Starts, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the line's characters end, before its line break. */
function contentEnd(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text[end - 1] === '\n') end -= 1;
  if (end > start && text[end - 1] === '\r') end -= 1;
  return end;
}
