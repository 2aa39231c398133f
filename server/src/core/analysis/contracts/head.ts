import type { Span } from '../../model/text.ts';

/**
 * What an editor underlines of a declaration of several lines, which peers report as a whole: its first line, without
 * the bracket that opens it. Undefined where the span is one line, or nothing else stands on the first one.
 */
export function headOf(text: string, { start, end }: Span): Span | undefined {
  const lineEnd = text.slice(start, end).search(/[\r\n]/);
  if (lineEnd < 0) return undefined;
  const words = text.slice(start, start + lineEnd).replace(/[\s{[(]+$/, '');
  return words === '' ? undefined : { start, end: start + words.length };
}
