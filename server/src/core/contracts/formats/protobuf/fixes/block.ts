import type { Span } from '../../../../model/text.ts';
import type { ProtoSyntax } from '../syntax/tree.ts';
import { bodyOf, type Holder, type Node } from './nodes.ts';
import { type Eol, eolOf, indentAt, indented, indentUnit, leveled, lineEnd, lineStart, wholeSpan } from './text.ts';

export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** Where statements stand: between braces, or in the file. */
export interface Block {
  readonly text: string;
  readonly comments: readonly Span[];
  readonly nodes: readonly Node[];
  /** Behind `{` and before `}`. */
  readonly start: number;
  readonly end: number;
  readonly outer: string;
  readonly isFile: boolean;
  readonly eol: Eol;
}

/** Undefined where the braces are not there yet. */
export function blockOf(syntax: ProtoSyntax, holder: Holder | undefined): Block | undefined {
  const { text } = syntax.content;
  const common = { text, comments: syntax.comments, eol: eolOf(text) };
  if (holder === undefined)
    return { ...common, nodes: syntax.body, start: 0, end: text.length, outer: '', isFile: true };
  const open = 'bodySpan' in holder ? holder.bodySpan?.start : text.indexOf('{', holder.name?.end ?? holder.start);
  if (open === undefined || open < 0 || text[holder.end - 1] !== '}') return undefined;
  const outer = indentAt(text, holder.start);
  return { ...common, nodes: bodyOf(holder), start: open + 1, end: holder.end - 1, outer, isFile: false };
}

/** Puts statements behind another one, or at the beginning of the block. */
export function insertAfter(block: Block, after: Node | undefined, statements: string): Edit {
  const { text, eol, isFile, start, end } = block;
  const at = after === undefined ? start : wholeSpan(text, after).end;
  if (isFile && after === undefined) return insertFirst(block, statements);
  const onOneLine = !isFile && !text.slice(start, end).includes('\n');
  if (onOneLine && !/\n|\/\//.test(statements)) {
    const close = text.slice(at, end).trim() === '' && at === end ? ' ' : '';
    return { span: { start: at, end: at }, newText: ` ${statements}${close}` };
  }
  const indent = childIndent(block);
  const lines = leveled(statements, indentUnit(text));
  const behind = endOfLineComment(block, at);
  const gap = isFile && statements.includes('\n') ? eol : '';
  const written = `${gap}${eol}${indented(lines, indent, eol)}`;
  const rest = text.slice(behind, lineEnd(text, behind));
  if (rest.trim() === '') return { span: { start: behind, end: behind + rest.length }, newText: written };
  const blanks = rest.length - rest.trimStart().length;
  const closes = behind + blanks >= end;
  return {
    span: { start: behind, end: behind + blanks },
    newText: `${written}${eol}${closes ? block.outer : indent}`,
  };
}

function insertFirst({ text, eol, nodes: [first] }: Block, statements: string): Edit {
  const at = first === undefined ? text.length : lineStart(text, wholeSpan(text, first).start);
  const start = Math.max(at, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  return {
    span: { start, end: start },
    newText: `${indented(statements, '', eol)}${eol}${first === undefined ? '' : eol}`,
  };
}

/** Behind a comment that follows on the line. */
function endOfLineComment({ text, comments }: Block, at: number): number {
  let end = at;
  for (const comment of comments) {
    if (comment.start < end) continue;
    const between = text.slice(end, comment.start);
    if (between.trim() !== '' || between.includes('\n') || text.slice(comment.start, comment.end).includes('\n')) break;
    end = comment.end;
  }
  return end;
}

function childIndent({ text, nodes, outer, isFile, start }: Block): string {
  if (isFile) return '';
  for (const node of nodes) {
    const { start: at } = wholeSpan(text, node);
    const line = lineStart(text, at);
    if (line >= start && text.slice(line, at).trim() === '') return text.slice(line, at);
  }
  return outer + indentUnit(text);
}

/** Takes a statement out, with its comments and with its lines where nothing else is on them. */
export function remove({ text }: Pick<Block, 'text'>, node: Node): Edit {
  const { start, end } = wholeSpan(text, node);
  const line = lineStart(text, start);
  const close = lineEnd(text, end);
  const isWhole = text.slice(line, start).trim() === '' && text.slice(end, close).trim() === '';
  if (!isWhole) {
    const from =
      text.slice(line, start).trim() === ''
        ? start
        : start - (/[ \t]*$/.exec(text.slice(line, start))?.[0].length ?? 0);
    return { span: { start: from, end }, newText: '' };
  }
  const next = text.startsWith('\r\n', close) ? close + 2 : text.startsWith('\n', close) ? close + 1 : close;
  return { span: { start: line, end: next }, newText: '' };
}

export function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((before, { span, newText }) => before.slice(0, span.start) + newText + before.slice(span.end), text);
}
