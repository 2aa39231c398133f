import { editedTree } from '../../../edited-tree.ts';
import type { ContractFinding } from '../../../finding.ts';
import type { ContractFix } from '../../../fix.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused, TreeEdit } from '../../../language.ts';
import { compareTrees } from '../compare/tree.ts';

/** A fix that is tried before it is offered: its text has to be a schema, and the finding gone. */
export function checked(fix: ContractFix): ContractFix {
  return {
    ...fix,
    propose: (finding, request, args) => {
      const edits = fix.propose(finding, request, args);
      return 'refused' in edits ? edits : (objection(finding, request, edits) ?? edits);
    },
  };
}

function objection(finding: ContractFinding, request: CompareRequest, edits: readonly TreeEdit[]): Refused | undefined {
  const before = compareTrees(request);
  const { notices, findings } = compareTrees({ ...request, after: editedTree(request.after, edits) });
  const known = new Set(before.notices.map(({ message }) => message));
  const problem = notices.find(({ id, message }) => isFatal.has(id) && !known.has(message));
  if (problem !== undefined) return { refused: `The schema would not be read any more: ${problem.message}` };
  const { rule, object, args } = finding;
  const isSame = (one: ContractFinding): boolean =>
    one.rule === rule &&
    one.object === object &&
    one.args.location === args.location &&
    one.args.direction === args.direction &&
    one.args.message === args.message;
  if (findings.some(isSame)) return { refused: 'It would not be enough: more is in the way here.' };
  return ofPeer(findings) < ofPeer(before.findings) || finding.peerRule === undefined
    ? undefined
    : { refused: 'It would break something else instead.' };
}

function ofPeer(findings: readonly ContractFinding[]): number {
  return findings.filter(({ peerRule }) => peerRule !== undefined).length;
}

const isFatal: ReadonlySet<string> = new Set(['avro/invalid-schema', 'avro/ambiguous-alias']);
