import { editedTree } from '#core/contracts/edited-tree.ts';
import type { ContractFinding } from '#core/contracts/finding.ts';
import type { CompareRequest } from '#core/contracts/format.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import type { TreeEdit } from '#core/contracts/language.ts';
import type { Tree } from '#core/contracts/tree.ts';
import type { FixRef } from '#core/model/finding.ts';

/** What a fix proposes for a finding, and the tree with it. */
export type Fixed =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'fixed'; readonly edits: readonly TreeEdit[]; readonly tree: Tree };

export function fixed(finding: ContractFinding, ref: FixRef, request: CompareRequest): Fixed {
  const fix = protobuf.fixes?.find(({ id }) => id === ref.id);
  if (fix === undefined) throw new Error(`no fix ${ref.id}`);
  const edits = fix.propose(finding, request, ref.args);
  if ('refused' in edits) return { kind: 'refused', reason: edits.refused };
  return { kind: 'fixed', edits, tree: editedTree(request.after, edits) };
}

/** Of one finding, whatever moved around it. */
export function keyOf({ rule, object, messageId, place }: ContractFinding): string {
  return `${rule} ${messageId} ${object} ${place.path}`;
}
