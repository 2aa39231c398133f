import type { MessageArgs } from '../model/finding.ts';
import type { ContractFinding } from './finding.ts';
import type { CompareRequest } from './format.ts';
import type { Refused, TreeEdit } from './language.ts';

/** One quick fix of one idea; a finding names it by its id. Edits the new side only. */
export interface ContractFix {
  readonly id: string;
  /** Imperative and specific: `Reserve 4 and "total"`. */
  readonly title: (args: MessageArgs) => string;
  propose(finding: ContractFinding, request: CompareRequest, args: MessageArgs): readonly TreeEdit[] | Refused;
}
