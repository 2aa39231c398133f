import type { RuleId } from '../model/finding.ts';
import type { ContractFormat } from './format.ts';
import type { ContractRule } from './rule.ts';

export function unreadableId(area: string): RuleId {
  return `${area}/unreadable`;
}

/** Every format has this rule: what cannot be read cannot be compared. */
export function unreadableRule({ area, displayName }: Pick<ContractFormat, 'area' | 'displayName'>): ContractRule {
  return {
    id: unreadableId(area),
    summary: `What is written is no valid ${displayName}, so it is compared with nothing.`,
    severity: 'error',
    explanation: `The words at the place are no valid ${displayName}. The rest of the file is compared all the same; what cannot be read is left out, and nothing is guessed about it.

Where the state that contracts are compared with cannot be read, this is said once, at the beginning of the file, and what is wrong there is compared with nothing.`,
    messages: {
      now: '{problem}',
      before: 'The baseline of this file cannot be read as a whole: what is wrong there is compared with nothing.',
      reason: '{problem}',
    },
    examples: [],
  };
}
