import type { Span } from '../../../../model/text.ts';
import type { Node } from './nodes.ts';

export type Eol = '\n' | '\r\n';

export function eolOf(text: string): Eol {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Before the line break. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline === -1) return text.length;
  return newline > at && text[newline - 1] === '\r' ? newline - 1 : newline;
}

export function indentAt(text: string, at: number): string {
  return /^[\ufeff]?([ \t]*)/.exec(text.slice(lineStart(text, at), at))?.[1] ?? '';
}

/** What one level of the file is indented by. */
export function indentUnit(text: string): string {
  const first = /^(\t|[ ]{1,8})(?=\S)/m.exec(text.replace(/\/\*[\s\S]*?\*\//g, ''))?.[1];
  return first ?? '  ';
}

/** With the comments that belong to it, and with its visibility. */
export function wholeSpan(text: string, node: Node): Span {
  let start = 'visibility' in node && node.visibility !== undefined ? node.visibility.start : node.start;
  let { end } = node;
  if (!('comments' in node)) return { start, end };
  for (const comment of node.comments) {
    if (comment.end <= node.start) start = Math.min(start, comment.start);
    else if (comment.start >= node.end && !text.slice(node.end, comment.start).includes('\n'))
      end = Math.max(end, comment.end);
  }
  return { start, end };
}

/** A statement as text that starts at the margin, lines ending in a line feed. */
export function statementText(text: string, node: Node): string {
  const { start, end } = wholeSpan(text, node);
  return dedented(text, start, end);
}

/** Where the statement itself begins in its text, behind its comments. */
export function statementStart(text: string, node: Node): number {
  return dedented(text, wholeSpan(text, node).start, node.start).length;
}

function dedented(text: string, start: number, end: number): string {
  const indent = indentAt(text, start);
  return text
    .slice(start, end)
    .split(/\r?\n/)
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

export function indented(text: string, indent: string, eol: Eol): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : indent + line))
    .join(eol);
}

/** Levels within the text by the unit of the file that it goes into. */
export function leveled(text: string, unit: string): string {
  const own = indentUnit(text);
  if (own === unit) return text;
  return text.replace(/^[ \t]+(?=\S)/gm, (blanks) => {
    const levels = blanks.length / own.length;
    return blanks === own.repeat(Math.floor(levels)) ? unit.repeat(levels) : blanks;
  });
}

/** Of a node nothing but its place. */
export function spanOf({ start, end }: Span): Span {
  return { start, end };
}
