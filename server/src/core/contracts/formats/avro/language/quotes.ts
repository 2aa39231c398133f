import type { Span } from '../../../../model/text.ts';

/** What stands between quotes, where there are any; a string that nothing closes yet has but one. */
export function withoutQuotes(text: string, { start, end }: Span): Span {
  if (text[start] !== '"') return { start, end };
  return { start: start + 1, end: end > start + 1 && text[end - 1] === '"' ? end - 1 : end };
}
