import { wordsOfBaseline } from '../../config/config.ts';
import { setBaseline } from '../../config/set-baseline.ts';
import type { ContractFinding } from '../../contracts/finding.ts';
import type { ContractVerdict } from '../../contracts/format.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { FilePath } from '../../model/text.ts';
import { refuse } from '../../rules/fix.ts';
import { messageOf } from '../../rules/index.ts';
import type { ContractChange, ContractStatus } from '../../service.ts';
import type { World } from '../world.ts';
import { fieldEvolutions } from './evolutions.ts';
import { headOf } from './head.ts';
import { type ContractState, comparisonOf, fileOf } from './state.ts';
import { baselineReason } from './words.ts';

/** Every contract with its verdict: what a view shows. */
export function contractStatus(world: World): readonly ContractStatus[] {
  return world.contracts.map((state) => {
    const comparison = comparisonOf(state);
    const breaking = Map.groupBy(comparison.findings.filter(breaks), ({ place: { side, path } }) => `${side} ${path}`);
    return {
      root: state.settings.root,
      format: state.format.displayName,
      profile: comparison.profile,
      ...(state.before[0] === undefined ? {} : { baseline: state.before[0].name }),
      wanted: wordsOfBaseline(state.settings.config.contracts.baseline),
      ...problem(state),
      contracts: comparison.contracts
        .filter(({ files }) => files.length > 0)
        .map(({ files, deprecated, ...verdict }) => ({
          ...verdict,
          changes: goneLast(files)
            .flatMap(({ side, path }) => breaking.get(`${side} ${path}`) ?? [])
            .map((found) => changeOf(state, found)),
          files: goneLast(files).map(({ side, path }) => ({ side, path: fileOf(state, path) })),
          deprecated: deprecated.map((each) => ({ ...each, path: fileOf(state, each.path) })),
        })),
      evolutions: fieldEvolutions(world, state),
    };
  });
}

/** What can be opened comes first, whatever order a format has. */
function goneLast(files: ContractVerdict['files']): ContractVerdict['files'] {
  return [...files.filter(({ side }) => side === 'after'), ...files.filter(({ side }) => side === 'before')];
}

function breaks({ compat }: ContractFinding): boolean {
  return compat === 'breaking' || compat === 'destructive';
}

function changeOf(state: ContractState, { rule, object, messageId, args, place }: ContractFinding): ContractChange {
  const { side, path, span } = place;
  const text = (side === 'after' ? state.after : state.before[0]?.tree)?.get(path)?.text ?? '';
  return {
    rule,
    object,
    message: messageOf(rule, messageId, args),
    path: fileOf(state, path),
    span: headOf(text, span) ?? span,
    side,
  };
}

function problem({ baseline }: ContractState): { readonly problem?: string } {
  return baseline.problem === undefined ? {} : { problem: baselineReason(baseline.problem) };
}

/** @param words as `contracts.baseline` takes them */
export function baselineProposal(world: World, root: FilePath, words: string): Proposal | Refusal {
  const settings = world.settings.find((each) => each.root === root);
  if (settings === undefined) return refuse('The folder is not open any more.');
  return setBaseline(settings.path, settings.content, words);
}
