import type { ConfigProblem } from '../../config/config.ts';
import { baselineSpan } from '../../config/set-baseline.ts';
import type { Settings } from '../settings.ts';
import type { World } from '../world.ts';
import type { ContractState } from './state.ts';
import { baselineWords } from './words.ts';

/**
 * What the settings name and is not there is said where they name it, and fails a check: compared with nothing, everything would be
 * compatible. Before the first release there is no tag yet.
 */
export function baselineProblems({ contracts }: World, settings: Settings): readonly ConfigProblem[] {
  const problem = contracts.find((state) => state.settings === settings && isMissing(state))?.baseline.problem;
  const span = settings.content === undefined ? undefined : baselineSpan(settings.content.text);
  if (problem === undefined || span === undefined) return [];
  const isTag = settings.config.contracts.baseline.kind === 'tag';
  return [{ kind: 'wrong-value', span, message: baselineWords(problem), severity: isTag ? 'warning' : 'error' }];
}

/** Where it is said in the settings, it is not said again beside them. */
export function isToldInSettings(state: ContractState): boolean {
  const { content } = state.settings;
  return isMissing(state) && content !== undefined && baselineSpan(content.text) !== undefined;
}

function isMissing({ baseline: { problem } }: ContractState): boolean {
  return problem?.kind === 'not-found';
}
