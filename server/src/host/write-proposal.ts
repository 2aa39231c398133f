import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Files } from '#core/migrations/tool.ts';
import type { Proposal, ProposedEdit } from '#core/model/proposal.ts';
import type { FilePath } from '#core/model/text.ts';

/** Writes a proposal to disk and says what it wrote. Nothing is written when a file to create exists already. */
export function writeProposal(proposal: Proposal, files: Files): readonly FilePath[] {
  const taken = [...proposal.creates.map(({ path }) => path), ...proposal.renames.map(({ to }) => to)].find((path) =>
    existsSync(path),
  );
  if (taken !== undefined) throw new Error(`${taken} exists already; nothing was written`);
  const written: FilePath[] = [];
  for (const { path, text } of proposal.creates) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    written.push(path);
  }
  for (const [path, edits] of byPath([...proposal.edits, ...proposal.configEdits])) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, applyEdits(files.get(path)?.text ?? '', edits));
    written.push(path);
  }
  for (const { from, to } of proposal.renames) {
    renameSync(from, to);
    written.push(to);
  }
  for (const path of proposal.deletes) rmSync(path, { force: true });
  return written;
}

function byPath(edits: readonly ProposedEdit[]): ReadonlyMap<FilePath, readonly ProposedEdit[]> {
  const grouped = new Map<FilePath, ProposedEdit[]>();
  for (const edit of edits) grouped.set(edit.path, [...(grouped.get(edit.path) ?? []), edit]);
  return grouped;
}

/** Edits refer to the text before all of them. */
export function applyEdits(text: string, edits: readonly ProposedEdit[]): string {
  let result = text;
  for (const { span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)) {
    result = result.slice(0, span.start) + newText + result.slice(span.end);
  }
  return result;
}
