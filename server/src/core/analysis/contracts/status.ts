import { setBaseline } from '../../config/set-baseline.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { FilePath } from '../../model/text.ts';
import { refuse } from '../../rules/fix.ts';
import type { ContractStatus } from '../../service.ts';
import type { World } from '../world.ts';
import { fieldEvolutions } from './evolutions.ts';
import { type ContractState, comparisonOf, fileOf } from './state.ts';
import { baselineWords } from './words.ts';

/** Every contract with its verdict: what a view shows. */
export function contractStatus(world: World): readonly ContractStatus[] {
  return world.contracts.map((state) => {
    const comparison = comparisonOf(state);
    return {
      root: state.settings.root,
      format: state.format.displayName,
      profile: comparison.profile,
      ...(state.before[0] === undefined ? {} : { baseline: state.before[0].name }),
      ...problem(state),
      contracts: comparison.contracts.map(({ files, deprecated, ...verdict }) => ({
        ...verdict,
        files: files.map(({ side, path }) => ({ side, path: fileOf(state, path) })),
        deprecated: deprecated.map((each) => ({ ...each, path: fileOf(state, each.path) })),
      })),
      evolutions: fieldEvolutions(world, state),
    };
  });
}

function problem({ baseline }: ContractState): { readonly problem?: string } {
  const words = baselineWords(baseline.problem);
  return words === undefined ? {} : { problem: words };
}

/** @param words as `contracts.baseline` takes them */
export function baselineProposal(world: World, root: FilePath, words: string): Proposal | Refusal {
  const settings = world.settings.find((each) => each.root === root);
  if (settings === undefined) return refuse('The folder is not open any more.');
  return setBaseline(settings.path, settings.content, words);
}
