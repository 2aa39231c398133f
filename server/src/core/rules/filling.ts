import type { ChangeOf } from '../schema/change.ts';

/** Columns that a statement fills in the rows that it asks for by their NULL: `SET c = ... WHERE c IS NULL`. */
export function filledNulls(text: string, { fills, whereSpan }: ChangeOf<'WriteRows'>): readonly string[] {
  const where = whereSpan === undefined ? '' : text.slice(whereSpan.start, whereSpan.end);
  const asked = [...where.matchAll(/([\w$]+)"?\s+IS\s+NULL/gi)].map(([, name = '']) => name.toLowerCase());
  return fills.filter((name) => asked.includes(name.toLowerCase()));
}

/** Does an UPDATE put a constant wherever the column holds NULL? Of another expression nobody knows that it is never NULL. */
export function leavesNoNull(text: string, change: ChangeOf<'WriteRows'>, column: string): boolean {
  if (change.verb !== 'update' || change.certainty === 'maybe' || !change.fills.includes(column)) return false;
  const { start, end } = change.whereSpan ?? { start: text.length, end: text.length };
  const where = text.slice(start, end);
  const asksForMore =
    change.rows !== 'all' && (!filledNulls(text, change).includes(column) || /\band\b|\bnot\s*\(/i.test(where));
  return !asksForMore && isSetToConstant(text.slice(0, start), column);
}

/** With nothing behind it that might make NULL of it. */
const constant = String.raw`\s*=\s*(?:'(?:[^']|'')*'|[-+]?\d[\w.]*|true\b|false\b|now\s*\(\s*\)|current_(?:date|timestamp)\b)(?:::[\w ."]+?)?\s*(?:[,;]|$|\b(?:from|where)\b)`;

function isSetToConstant(set: string, column: string): boolean {
  const name = column.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?:^|[\\s,("])${name}"?${constant}`, 'i').test(set);
}
