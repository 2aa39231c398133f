import { editedTree } from '../../contracts/edited-tree.ts';
import type { EvolveTarget, ExpandStep } from '../../contracts/evolution.ts';
import type { Refused } from '../../contracts/language.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { FilePath } from '../../model/text.ts';
import { daysAfter } from '../../plans/days.ts';
import {
  evolveField,
  evolveTitle,
  type FieldPlan,
  fieldPlanId,
  fieldPlanText,
  fieldProgress,
} from '../../plans/evolve-field.ts';
import { planFileName } from '../../plans/plan-file.ts';
import { refuse } from '../../rules/fix.ts';
import type { FieldEvolutionStatus } from '../../service.ts';
import { lineIndex } from '../../text/positions.ts';
import { todayOf } from '../today.ts';
import type { World } from '../world.ts';
import { evolutionsOf, type FieldPlanFile, fieldPlans, isAwaited } from './answered.ts';
import { contractAt } from './check.ts';
import { proposalOf } from './language.ts';
import { type ContractState, fileOf, keyOf, requestOf } from './state.ts';

/** Fields of one format that give way to others, each with how far it has come: what is wrong, then what is due, then by date. */
export function fieldEvolutions({ snapshot }: World, state: ContractState): readonly FieldEvolutionStatus[] {
  const { evolution } = state.format;
  if (evolution === undefined) return [];
  const all = fieldPlans(snapshot, state).map(({ id, file, plan }): FieldEvolutionStatus => {
    const standing = evolution.standing(state.after, plan.evolution);
    const isRemoved = standing.kind === 'gone' && isAwaited(state, plan);
    return {
      id,
      ...plan.evolution,
      removeAfter: plan.removeAfter,
      ...fieldProgress(plan, isRemoved ? { kind: 'removed' } : standing, todayOf(snapshot)),
      file,
      ...(standing.kind === 'both' ? { place: { path: fileOf(state, standing.path), span: standing.span } } : {}),
    };
  });
  return all.sort((a, b) => (urgency(a) < urgency(b) ? -1 : 1));
}

const phases: readonly FieldEvolutionStatus['phase'][] = ['broken', 'due', 'both', 'removed', 'done'];

function urgency({ phase, removeAfter, element }: FieldEvolutionStatus): string {
  return `${phases.indexOf(phase)} ${removeAfter} ${element}`;
}

export interface Evolvable {
  readonly title: string;
  readonly step: ExpandStep;
  readonly proposal: Proposal | Refusal;
}

/** The field that is meant, kept beside the one that takes over. Undefined where no field is. */
export function evolvable(world: World, state: ContractState, target: EvolveTarget): Evolvable | Refused | undefined {
  const { config } = state.settings;
  const removeAfter = daysAfter(todayOf(world.snapshot), config.contracts.deprecationDays);
  const step = state.format.evolution?.expand(requestOf(state), target, removeAfter);
  if (step === undefined || 'refused' in step) return step;
  const title = evolveTitle(step, removeAfter);
  return {
    title,
    step,
    proposal: planned(world, state, step, { format: state.format.id, evolution: step.evolution, removeAfter }),
  };
}

function planned(world: World, state: ContractState, step: ExpandStep, plan: FieldPlan): Proposal | Refusal {
  const id = fieldPlanId(plan);
  const path = `${evolutionsOf(state)}/${id}/${planFileName}`;
  if (world.snapshot.files.has(path)) return refuse(`The evolution ${id} exists already.`, `promote ${id}`);
  const { element, replacement = '' } = step.evolution;
  const made = proposalOf(state, step.edits, labelOf(step));
  if (made.kind === 'refusal') return made;
  const eol = state.after.get(step.evolution.path)?.text.includes('\r\n') ? '\r\n' : '\n';
  return {
    ...made,
    evolution: { id, operation: evolveField, old: element, new: replacement, final: replacement, names: {} },
    creates: [
      {
        path,
        role: 'config',
        text: fieldPlanText(plan, step.notes, eol),
        transactional: true,
        label: 'Plan file: owner, ticket, date of the removal',
      },
    ],
    notes: [...step.notes, `The tree tracks it as ${id}; its removal is due after ${plan.removeAfter}.`],
  };
}

function labelOf({ evolution: { element, replacement } }: ExpandStep): string {
  return replacement === undefined ? `Deprecate ${element}` : `Deprecate ${element} beside ${replacement}`;
}

/** What `evolve` rebuilds, from the texts as they are now. */
export function evolveProposal(world: World, path: FilePath, element: string): Proposal | Refusal {
  const state = contractAt(world, path);
  const key = state === undefined ? undefined : keyOf(state, path);
  if (state === undefined || key === undefined) return refuse(`${path} is not a known contract.`);
  const found = evolvable(world, state, { path: key, element });
  if (found === undefined) return refuse('There is no field that could be evolved.');
  return 'refused' in found ? refuse(found.refused) : found.proposal;
}

/** @param line 1-based; the field that begins on it or around it is meant */
export function evolveOnLine(
  world: World,
  from: { readonly path: FilePath; readonly line: number } | undefined,
): Proposal | Refusal {
  if (from === undefined) return refuse('Name the line of the field.', '--from <path>:<line>');
  const { path, line } = from;
  const state = contractAt(world, path);
  const content = world.snapshot.files.get(path);
  if (state === undefined || content === undefined) return refuse(`${path} is not a known contract.`, '--from');
  const start = lineIndex(content.text).offset({ line: line - 1, character: 0 });
  const blanks = /^[ \t]*/.exec(content.text.slice(start))?.[0].length ?? 0;
  const key = keyOf(state, path) ?? '';
  const found = evolvable(world, state, { path: key, offset: start + blanks });
  if (found === undefined) return refuse(`Line ${line} holds no field that could be evolved.`, '--from');
  return 'refused' in found ? refuse(found.refused) : found.proposal;
}

/** Undefined where no contract's field has an evolution of this id. */
export function promoteField(world: World, id: string): Proposal | Refusal | undefined {
  for (const state of world.contracts) {
    const found = fieldPlans(world.snapshot, state).find((each) => each.id === id);
    if (found !== undefined) return promoted(world, state, found);
  }
  return undefined;
}

/** The plan goes with the field, unless what the removal breaks is still to be answered for. */
function promoted({ snapshot }: World, state: ContractState, { file, plan }: FieldPlanFile): Proposal | Refusal {
  const step = state.format.evolution?.contract(state.after, plan.evolution);
  if (step === undefined) return refuse('There is no field that could be removed.');
  if ('refused' in step) return refuse(step.refused);
  const made = proposalOf(state, step.edits, `Remove ${plan.evolution.element}`);
  if (made.kind === 'refusal') return made;
  const isEarly = step.edits.length > 0 && todayOf(snapshot) <= plan.removeAfter;
  const early = isEarly ? [`It is before its date: the removal was to be after ${plan.removeAfter}.`] : [];
  const then = { ...state, after: editedTree(state.after, step.edits) };
  if (!isAwaited(then, plan)) return { ...made, deletes: [file], notes: [...early, ...step.notes] };
  if (step.edits.length === 0) return refuse('The removal is made: its plan answers for it until the baseline has it.');
  const until = `${isEarly ? `After ${plan.removeAfter} its` : 'Its'} plan answers for the removal, until the baseline has it.`;
  return { ...made, notes: [...early, ...step.notes, until] };
}

/** Ids for who mistypes one. */
export function fieldEvolutionIds(world: World): readonly string[] {
  return world.contracts.flatMap((state) => fieldPlans(world.snapshot, state).map(({ id }) => id));
}
