import type { BaselineProblem } from '../../contracts/baseline.ts';

/** That contracts are compared with nothing, as a sentence of its own. */
export function baselineWords(problem: BaselineProblem): string {
  return `Contracts are compared with nothing: ${baselineReason(problem)}`;
}

/** Why contracts are compared with nothing. */
export function baselineReason(problem: BaselineProblem): string {
  switch (problem.kind) {
    case 'no-git':
      return 'there is no git repository here. Name a folder under contracts.baseline in schemaward.yaml, or use schemaward compat.';
    case 'untrusted':
      return 'the workspace is not trusted, so git is not asked.';
    case 'ignored':
      return 'git ignores this folder.';
    case 'unborn':
      return 'the repository has no commit yet.';
    case 'no-base':
      return 'no base branch was found. Set base.ref or contracts.baseline in schemaward.yaml.';
    case 'shallow':
      return 'this shallow clone has no merge base. Fetch more history.';
    case 'not-found':
      return `${problem.what} was not found.`;
    default: {
      const never: never = problem;
      return never;
    }
  }
}
