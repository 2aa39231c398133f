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
  readFieldPlan,
} from '../../plans/evolve-field.ts';
import { planFileName, planFilesIn } from '../../plans/plan-file.ts';
import { refuse } from '../../rules/fix.ts';
import type { FieldEvolutionStatus } from '../../service.ts';
import { lineIndex } from '../../text/positions.ts';
import type { World } from '../world.ts';
import { contractAt } from './check.ts';
import { proposalOf } from './language.ts';
import { type ContractState, fileOf, keyOf, requestOf } from './state.ts';

/** Fields of one format that give way to others, each with how far it has come. */
export function fieldEvolutions({ snapshot }: World, state: ContractState): readonly FieldEvolutionStatus[] {
  const { evolution } = state.format;
  if (evolution === undefined) return [];
  return planFilesIn(snapshot.files, folderOf(state)).flatMap(({ id, path, text }): readonly FieldEvolutionStatus[] => {
    const plan = readFieldPlan(text);
    if (plan === undefined || plan.format !== state.format.id) return [];
    const standing = evolution.standing(state.after, plan.evolution);
    return [
      {
        id,
        ...plan.evolution,
        removeAfter: plan.removeAfter,
        ...fieldProgress(plan, standing, snapshot.now.slice(0, 10)),
        file: path,
        ...(standing.kind === 'both' ? { place: { path: fileOf(state, standing.path), span: standing.span } } : {}),
      },
    ];
  });
}

export interface Evolvable {
  readonly title: string;
  readonly step: ExpandStep;
  readonly proposal: Proposal | Refusal;
}

/** The field that is meant, kept beside the one that takes over. Undefined where no field is. */
export function evolvable(world: World, state: ContractState, target: EvolveTarget): Evolvable | Refused | undefined {
  const { config } = state.settings;
  const removeAfter = daysAfter(world.snapshot.now.slice(0, 10), config.contracts.deprecationDays);
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
  const path = `${folderOf(state)}/${id}/${planFileName}`;
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
    const status = fieldEvolutions(world, state).find((each) => each.id === id);
    const { evolution } = state.format;
    if (status === undefined || evolution === undefined) continue;
    const { path, element, number, replacement, removeAfter, file } = status;
    const step = evolution.contract(state.after, {
      path,
      element,
      ...(number === undefined ? {} : { number }),
      ...(replacement === undefined ? {} : { replacement }),
    });
    if ('refused' in step) return refuse(step.refused);
    const made = proposalOf(state, step.edits, `Remove ${element}`);
    if (made.kind === 'refusal') return made;
    const early = status.phase === 'both' ? [`It is before its date: the removal was to be after ${removeAfter}.`] : [];
    return { ...made, deletes: [file], notes: [...early, ...step.notes] };
  }
  return undefined;
}

/** Ids for who mistypes one. */
export function fieldEvolutionIds(world: World): readonly string[] {
  return world.contracts.flatMap((state) => fieldEvolutions(world, state).map(({ id }) => id));
}

function folderOf({ settings: { root, config } }: ContractState): FilePath {
  return `${root}/${config.evolutions.dir}`;
}
