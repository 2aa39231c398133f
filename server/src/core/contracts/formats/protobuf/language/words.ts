import type { Span } from '../../../../model/text.ts';

/** The word that the offset is in or at the end of. */
export function wordSpan(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && /\w/.test(text[start - 1] ?? '')) start--;
  while (end < text.length && /\w/.test(text[end] ?? '')) end++;
  return { start, end };
}

export function wordAt(text: string, offset: number): string {
  const { start, end } = wordSpan(text, offset);
  return text.slice(start, end);
}
