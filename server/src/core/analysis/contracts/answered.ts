import type { ContractFinding } from '../../contracts/finding.ts';
import type { FilePath } from '../../model/text.ts';
import { type FieldPlan, readFieldPlan } from '../../plans/evolve-field.ts';
import { planFilesIn } from '../../plans/plan-file.ts';
import type { Snapshot } from '../../service.ts';
import { todayOf } from '../today.ts';
import { type ContractState, comparisonOf, requestOf } from './state.ts';

type Answers = (finding: ContractFinding) => boolean;

export interface FieldPlanFile {
  readonly id: string;
  readonly file: FilePath;
  readonly plan: FieldPlan;
}

/** Plans for the fields of one format that give way. */
export function fieldPlans({ files }: Snapshot, state: ContractState): readonly FieldPlanFile[] {
  if (state.format.evolution === undefined) return [];
  return planFilesIn(files, evolutionsOf(state)).flatMap(({ id, path, text }) => {
    const plan = readFieldPlan(text);
    return plan?.format === state.format.id ? [{ id, file: path, plan }] : [];
  });
}

export function evolutionsOf({ settings: { root, config } }: ContractState): FilePath {
  return `${root}/${config.evolutions.dir}`;
}

const known = new WeakMap<Snapshot, WeakMap<ContractState, Answers>>();

/**
 * A removal is the end of a plan: after its date nobody is told of it again who was told to be gone by then, as long as the plan stands.
 * Once for a snapshot, because every file with findings asks.
 */
export function answersOf(snapshot: Snapshot, state: ContractState): Answers {
  const byState = known.get(snapshot) ?? new WeakMap<ContractState, Answers>();
  known.set(snapshot, byState);
  const answers = byState.get(state) ?? answersIn(snapshot, state);
  byState.set(state, answers);
  return answers;
}

function answersIn(snapshot: Snapshot, state: ContractState): Answers {
  const today = todayOf(snapshot);
  const all = fieldPlans(snapshot, state).flatMap(({ plan }) => {
    const answers = today > plan.removeAfter ? removalIn(state, plan) : undefined;
    return answers === undefined ? [] : [answers];
  });
  return (finding) => all.some((answers) => answers(finding));
}

/** The removal is made, and those who are compared with have not seen it: something is to be answered, after the date. */
export function isAwaited(state: ContractState, plan: FieldPlan): boolean {
  const answers = removalIn(state, plan);
  return answers !== undefined && comparisonOf(state).findings.some(answers);
}

function removalIn(state: ContractState, { evolution }: FieldPlan): Answers | undefined {
  const { evolution: steps } = state.format;
  if (steps === undefined || steps.standing(state.after, evolution).kind !== 'gone') return undefined;
  return steps.announced(requestOf(state), evolution);
}
