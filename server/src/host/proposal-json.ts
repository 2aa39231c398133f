import type { Files } from '#core/migrations/tool.ts';
import type { Proposal, ProposedEdit, Refusal } from '#core/model/proposal.ts';
import { lineIndex } from '#core/text/positions.ts';
import { posix } from './status-json.ts';

/** The document of `schemaward scaffold --format json` (design: "`scaffold` JSON"). */
export function proposalJson(result: Proposal | Refusal, cwd: string, files: Files) {
  if (result.kind === 'refusal') {
    return { schemaVersion: 1, refused: { reason: result.reason, nearest: result.nearest } };
  }
  const edit = (each: ProposedEdit) => editJson(each, cwd, files);
  return {
    schemaVersion: 1,
    evolution: result.evolution,
    creates: result.creates.map(({ path, role, phase, text, transactional }) => ({
      path: posix(cwd, path),
      role,
      phase,
      text,
      transactional,
    })),
    edits: result.edits.map(edit),
    configEdits: result.configEdits.map(edit),
    renames:
      result.renames.length === 0
        ? undefined
        : result.renames.map(({ from, to }) => ({ from: posix(cwd, from), to: posix(cwd, to) })),
    deletes: result.deletes.map((path) => posix(cwd, path)),
    notes: result.notes,
  };
}

function editJson({ path, span, newText }: ProposedEdit, cwd: string, files: Files) {
  const lines = lineIndex(files.get(path)?.text ?? '');
  return {
    path: posix(cwd, path),
    range: { start: lines.position(span.start), end: lines.position(span.end) },
    newText,
  };
}
