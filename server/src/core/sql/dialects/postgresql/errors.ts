import type { Span } from '../../../model/text.ts';
import type { ReadProblem } from '../../dialect.ts';
import type { Source } from './source.ts';

/**
 * PostgreSQL's own words for a syntax error, on the token that it names.
 * @param cursor code points before that token; -1 where the parser gave none
 */
export function syntaxProblem(source: Source, message: string, cursor: number): ReadProblem {
  const span = offendingSpan(source, cursor);
  const until = takenUntil(source, message, span);
  return { kind: 'syntax', message, span, ...(until === undefined ? {} : { until }) };
}

/** The version whose grammar does not take any more what older ones took. */
function takenUntil({ tokens }: Source, message: string, { start }: Span): number | undefined {
  if (message.startsWith('trailing junk after numeric literal')) return 15;
  const at = tokens.findIndex((token) => token.start === start);
  if (tokens[at]?.value === 'oids') return 12;
  if (tokens[at]?.value === 'system_user') return 16;
  // An operator behind its operand, such as that of the factorial.
  const last = tokens[message.includes('end of input') ? at : at - 1];
  return last?.kind === 'operator' ? 14 : undefined;
}

/** The token at the cursor; the last one where the statement ends too early. Never empty. */
function offendingSpan({ text, tokens }: Source, cursor: number): Span {
  const offset = cursor < 0 ? 0 : utf16Offset(text, cursor);
  const token = tokens.find(({ end }) => end > offset) ?? tokens.at(-1);
  return token === undefined ? { start: 0, end: text.length } : { start: token.start, end: token.end };
}

function utf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count++)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}
