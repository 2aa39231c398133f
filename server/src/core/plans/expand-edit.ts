import type { ProposedEdit, Refusal } from '../model/proposal.ts';
import type { Span } from '../model/text.ts';
import type { EditContext } from '../rules/fix.ts';
import { spanToWritten, touchesSubstitution } from '../text/mapped.ts';

/**
 * Replaces the statement of a finding. Where it is one part of an ALTER TABLE with several, only that part goes, and
 * the new statements follow behind.
 */
export function replaceStatement(context: EditContext, sql: string, label: string): readonly ProposedEdit[] | Refusal {
  const { statement, change, mapped, file, eol } = context;
  if (touchesSubstitution(mapped, statement.span))
    return {
      kind: 'refusal',
      reason: 'The statement holds a placeholder, which no fix edits.',
      nearest: 'Write the statements by hand, or use schemaward scaffold.',
    };
  const parts = statement.reading.changes;
  const written = (span: Span) => spanToWritten(mapped, span);
  const end = endOf(mapped.text, statement.span.end);
  const text = sql.replaceAll('\n', eol) + (hasMore(mapped.text, end) ? eol : '');
  if (parts.length <= 1 || change === undefined) {
    const { start } = statement.span;
    const newText = startsLine(mapped.text, start) ? text : eol + text;
    return [{ path: file.path, span: written({ start, end }), newText, label }];
  }
  const part = change.step.change.span;
  const removed = withComma(statement.id.text, part);
  if (removed === undefined)
    return { kind: 'refusal', reason: 'The statement does several things at once. Split it first.' };
  const start = statement.span.start;
  const closing = end === statement.span.end ? ';' : '';
  return [
    { path: file.path, span: written({ start: start + removed.start, end: start + removed.end }), newText: '', label },
    { path: file.path, span: written({ start: end, end }), newText: `${closing}${eol}${eol}${text}`, label },
  ];
}

/** Comments of ours need lines of their own: the marker to be found, and the last one not to swallow what follows. */
function startsLine(text: string, at: number): boolean {
  return /(?:^|[\r\n])[ \t\ufeff]*$/.test(text.slice(Math.max(0, at - 400), at));
}

function hasMore(text: string, at: number): boolean {
  return /^[ \t]*[^ \t\r\n]/.test(text.slice(at, at + 400));
}

/** Behind the `;`, when there is one. */
export function endOf(text: string, at: number): number {
  const rest = /^\s*;/.exec(text.slice(at, at + 200));
  return rest === null ? at : at + rest[0].length;
}

/** The words with one comma beside them. */
function withComma(text: string, { start, end }: Span): Span | undefined {
  const after = /^\s*,\s*/.exec(text.slice(end));
  if (after !== null) return { start, end: end + after[0].length };
  const before = /\s*,\s*$/.exec(text.slice(0, start));
  return before === null ? undefined : { start: before.index, end };
}
