import type { ReportedFinding } from '../../model/finding.ts';
import type { Proposal, ProposedEdit, Refusal } from '../../model/proposal.ts';
import type { FilePath, Span } from '../../model/text.ts';
import { emptyProposal, refuse } from '../../rules/fix.ts';
import { fixById } from '../../rules/fixes/index.ts';
import type { ActionOffer, Snapshot } from '../../service.ts';
import { findingsOfFile } from '../check.ts';
import type { World } from '../world.ts';
import { resolve } from './actions.ts';

/** What a client runs when it saves: every fix of the file that edits nothing but its text and keeps the schema. */
export function fixAllOffer(snapshot: Snapshot, path: FilePath, worldOf: WorldOf): readonly ActionOffer[] {
  if (fixAll(snapshot, path, worldOf).kind === 'refusal') return [];
  const span = { start: 0, end: 0 };
  return [{ kind: 'fix-all', title: 'Fix all in this file', preferred: false, span, data: { kind: 'fix-all', path } }];
}

type WorldOf = (snapshot: Snapshot) => World;

/**
 * One fix after the other, each made for the text that the last one left, so that no two can meet. One whose finding stays
 * is taken back: a second time there is nothing left to do.
 */
export function fixAll(snapshot: Snapshot, path: FilePath, worldOf: WorldOf): Proposal | Refusal {
  const content = snapshot.files.get(path);
  if (content === undefined) return refuse('The file is not there.');
  let text = content.text;
  const left = new Set<string>();
  for (let step = 0; step < MOST; step++) {
    const world = worldOf(withText(snapshot, path, text));
    const fixed = nextFix(world, path, text, left);
    if (fixed === undefined) break;
    const before = countOf(world, path, fixed.finding);
    if (countOf(worldOf(withText(snapshot, path, fixed.text)), path, fixed.finding) < before) text = fixed.text;
    else left.add(fixed.finding.fingerprint);
  }
  worldOf(snapshot);
  if (text === content.text) return refuse('There is nothing to fix that one edit of this file would settle.');
  const { span, newText } = difference(content.text, text);
  return { ...emptyProposal(), edits: [{ path, span, newText, label: 'Fix all in this file' }] };
}

/** A file with more to fix is saved again. */
const MOST = 100;

function nextFix(
  world: World,
  path: FilePath,
  text: string,
  left: ReadonlySet<string>,
): { readonly finding: ReportedFinding; readonly text: string } | undefined {
  for (const finding of findingsOfFile(world, path).findings) {
    const { rule, fingerprint, fixes } = finding;
    const [ref] = fixes;
    if (ref === undefined || left.has(fingerprint) || fixById(ref.id)?.changesSchema === true) continue;
    const proposal = resolve(world, { kind: 'fix', path, rule, fingerprint, fix: ref.id });
    if (proposal.kind === 'proposal' && isEditOf(proposal, path))
      return { finding, text: edited(text, proposal.edits) };
  }
  return undefined;
}

/** Findings that say the same of the same object. */
function countOf(world: World, path: FilePath, { rule, object, messageId }: ReportedFinding): number {
  return findingsOfFile(world, path).findings.filter(
    (each) => each.rule === rule && each.object === object && each.messageId === messageId,
  ).length;
}

/** Nothing is made, moved or deleted, and there is nothing left for a person to do. */
function isEditOf(proposal: Proposal, path: FilePath): boolean {
  const { creates, renames, deletes, configEdits, notes, edits } = proposal;
  const others = [creates, renames, deletes, configEdits, notes];
  return others.every((each) => each.length === 0) && edits.every((edit) => edit.path === path);
}

function edited(text: string, edits: readonly ProposedEdit[]): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((now, { span, newText }) => now.slice(0, span.start) + newText + now.slice(span.end), text);
}

function withText(snapshot: Snapshot, path: FilePath, text: string): Snapshot {
  const known = snapshot.files.get(path);
  if (known === undefined || known.text === text) return snapshot;
  return { ...snapshot, files: new Map(snapshot.files).set(path, { ...known, text }) };
}

/** The smallest stretch in which two texts differ, so that cursors elsewhere stay. */
function difference(before: string, after: string): { readonly span: Span; readonly newText: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { span: { start, end: before.length - end }, newText: after.slice(start, after.length - end) };
}
