import type { Span } from '../../../../../model/text.ts';
import { kinds, type Tokens, tokenize } from '../../syntax/tokens.ts';
import type { ProtoSyntax } from '../../syntax/tree.ts';

/** An open bracket with the words of the statement before it. */
export interface Frame {
  readonly opening: string;
  readonly head: readonly string[];
}

/** What stands before the cursor, read by itself: a half-typed statement has no tree. */
export interface Context {
  readonly text: string;
  readonly offset: number;
  /** From the outermost in. */
  readonly frames: readonly Frame[];
  /** Words of the statement before what is being typed; what is between parentheses is one word. */
  readonly statement: readonly string[];
  /** What is being typed: a name with dots, perhaps empty. */
  readonly typed: string;
  /** Between the quotes, if the cursor is between some. */
  readonly string: Span | undefined;
}

const closers: Readonly<Record<string, string>> = { '}': '{', ']': '[', ')': '(', '>': '<' };

/** Undefined in a comment. */
export function contextAt({ content: { text }, body }: ProtoSyntax, offset: number): Context | undefined {
  const from = body.findLast((node) => node.start < offset)?.start ?? 0;
  const before = text.slice(from, offset);
  const tokens = tokenize(before);
  if (isInComment(tokens, before)) return undefined;
  const string = openString(tokens, before);
  const typed = string === undefined ? (/[\w.]*$/.exec(before)?.[0] ?? '') : '';
  const end = string === undefined ? before.length - typed.length : string;
  const frames: Frame[] = [];
  let statement: string[] = [];
  for (let index = 0; (tokens.ends[index] ?? end + 1) <= end && tokens.kinds[index] !== kinds.end; index++) {
    const word = before.slice(tokens.starts[index], tokens.ends[index]);
    const top = frames.at(-1)?.opening;
    if (word === '{' || word === '[' || word === '(' || (word === '<' && statement.at(-1) === 'map')) {
      frames.push({ opening: word, head: statement });
      statement = [];
    } else if (word in closers && closers[word] === top) {
      const { head } = frames.pop() as Frame;
      statement = word === '}' ? [] : [...head, `${top}${statement.join('')}${word}`];
    } else if (word === ';' || (word === ',' && top === '[')) statement = [];
    else statement.push(word);
  }
  const isNew = isLineStart(before, end) && isWhole(statement) && [undefined, '{'].includes(frames.at(-1)?.opening);
  return {
    text,
    offset,
    frames,
    statement: isNew ? [] : statement,
    typed,
    string: string === undefined ? undefined : { start: from + string + 1, end: stringEnd(text, offset) },
  };
}

function isInComment({ comments }: Tokens, text: string): boolean {
  const last = comments.at(-1);
  if (last === undefined || last.end < text.length) return false;
  return text.startsWith('//', last.start) || !text.endsWith('*/') || last.end - last.start < 4;
}

/** Where a string begins that is not closed yet. */
function openString({ kinds: all, starts, ends }: Tokens, text: string): number | undefined {
  const index = all.length - 2;
  if (all[index] !== kinds.string || ends[index] !== text.length) return undefined;
  const start = starts[index] ?? 0;
  const isClosed = text.length > start + 1 && text.endsWith(text[start] ?? '') && !text.endsWith(`\\${text[start]}`);
  return isClosed ? undefined : start;
}

/** Before the closing quote, if the line has one. */
function stringEnd(text: string, offset: number): number {
  const rest = /^[^"'\r\n;]*(?=["'])/.exec(text.slice(offset, offset + 1000))?.[0];
  return offset + (rest?.length ?? 0);
}

function isLineStart(text: string, at: number): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 200), at));
}

/** Only its `;` is missing. */
function isWhole(statement: readonly string[]): boolean {
  const last = statement.at(-1) ?? '';
  const [first] = statement;
  if (first === 'import' || first === 'syntax' || first === 'edition') return /["']$/.test(last);
  if (first === 'package') return statement.length > 1;
  if (first === 'rpc') return statement.includes('returns') && last.endsWith(')');
  return statement.includes('=') && last !== '=';
}
