import type { ProposedEdit } from '../../model/proposal.ts';
import { spanToWritten } from '../../text/mapped.ts';
import type { EditContext } from '../fix.ts';

/** Another statement in the same file, on a line of its own behind that of the finding. */
export function behind({ mapped, statement, file, eol }: EditContext, sql: string, label: string): ProposedEdit {
  const close = /^\s*;/.exec(mapped.text.slice(statement.span.end, statement.span.end + 200));
  const end = statement.span.end + (close?.[0].length ?? 0);
  const newText = `${close === null ? ';' : ''}${eol}${sql};`;
  return { path: file.path, span: spanToWritten(mapped, { start: end, end }), newText, label };
}
