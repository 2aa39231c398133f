import type { Finding } from '../../model/finding.ts';
import type { Proposal, ProposedEdit, Refusal } from '../../model/proposal.ts';
import type { FilePath, Span } from '../../model/text.ts';
import { emptyProposal, refuse } from '../../rules/fix.ts';
import type { ActionOffer } from '../../service.ts';
import { spanToWritten } from '../../text/mapped.ts';
import { findingsOfFile } from '../check.ts';
import { readOutlineOf } from '../project-state.ts';
import type { Outline } from '../slot.ts';
import type { Translatable } from '../suppress.ts';
import type { World } from '../world.ts';

/** Ignore comments of other linters under the cursor, to be written as ours. */
export function translateOffers(world: World, path: FilePath, span: Span): readonly ActionOffer[] {
  return translatable(world, path).flatMap(({ comment, ignored }, nth) =>
    [comment.span, comment.endSpan].some(
      (each) => each !== undefined && each.start <= span.end && span.start <= each.end,
    )
      ? [
          {
            kind: 'translate',
            title: `Write this comment of ${comment.peer} as schemaward-ignore ${rulesOf(ignored)}`,
            preferred: false,
            span: comment.span,
            data: { kind: 'translate', path, nth },
          },
        ]
      : [],
  );
}

export function translated(world: World, path: FilePath, nth: number): Proposal | Refusal {
  const owned = world.byFile.get(path);
  const found = translatable(world, path)[nth];
  if (owned === undefined || found === undefined) return refuse('The file has changed since: ask again.');
  const script = readOutlineOf(owned.state, owned.migration);
  return { ...emptyProposal(), edits: editsOf(found, script, path) };
}

/** Only comments to the end of a line: one of ours would swallow what stands behind a block comment. */
function translatable(world: World, path: FilePath): readonly Translatable[] {
  const text = world.snapshot.files.get(path)?.text ?? '';
  return findingsOfFile(world, path).translatable.filter(({ comment }) => text.startsWith('--', comment.span.start));
}

function editsOf({ comment, ignored }: Translatable, script: Outline, path: FilePath): readonly ProposedEdit[] {
  const { text } = script.content;
  const label = 'Ignore it as Schemaward does';
  const edit = (span: Span, newText: string): ProposedEdit => ({ path, span, newText, label });
  const reason = comment.reason === '' ? 'TODO say why' : comment.reason;
  const words = (findings: readonly Finding[], file = ''): string =>
    `-- schemaward-ignore${file} ${rulesOf(findings)}: ${reason}`;
  if (comment.endSpan === undefined)
    return [edit(withoutLineEnd(text, comment.span), words(ignored, comment.covers === 'file' ? '-file' : ''))];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const covered = comment.covers === 'file' ? [] : comment.covers;
  const each = covered.flatMap((nth) => {
    const statement = script.statements[nth];
    const own = ignored.filter(
      ({ anchor }) => anchor.statement?.text === statement?.id.text && anchor.statement?.nth === statement?.id.nth,
    );
    if (statement === undefined || own.length === 0) return [];
    const { start } = spanToWritten(script.mapped, statement.span);
    return [edit({ start, end: start }, `${words(own)}${eol}${indentBefore(text, start)}`)];
  });
  return [edit(wholeLine(text, comment.span), ''), ...each, edit(wholeLine(text, comment.endSpan), '')];
}

function rulesOf(ignored: readonly Finding[]): string {
  return [...new Set(ignored.map(({ rule }) => rule))].sort().join(', ');
}

function withoutLineEnd(text: string, { start, end }: Span): Span {
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/** With its line end, where nothing else stands on the line. */
function wholeLine(text: string, comment: Span): Span {
  const span = withoutLineEnd(text, comment);
  const start = span.start - indentBefore(text, span.start).length;
  if (start > 0 && !/[\r\n]/.test(text[start - 1] ?? '')) return span;
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(span.end));
  return { start, end: span.end + (rest?.[0].length ?? 0) };
}

function indentBefore(text: string, offset: number): string {
  return /[ \t]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
}
