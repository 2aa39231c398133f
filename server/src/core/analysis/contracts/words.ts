import type { BaselineProblem } from '../../contracts/baseline.ts';

/** Why contracts are compared with nothing. */
export function baselineWords(problem: BaselineProblem | undefined): string | undefined {
  if (problem === undefined) return undefined;
  switch (problem.kind) {
    case 'no-git':
      return 'Contracts are compared with nothing: there is no git repository here. Name a folder under contracts.baseline in schemaward.yaml, or use schemaward compat.';
    case 'untrusted':
      return 'Contracts are compared with nothing: the workspace is not trusted, so git is not asked.';
    case 'ignored':
      return 'Contracts are compared with nothing: git ignores this folder.';
    case 'unborn':
      return 'Contracts are compared with nothing: the repository has no commit yet.';
    case 'no-base':
      return 'Contracts are compared with nothing: no base branch was found. Set base.ref or contracts.baseline in schemaward.yaml.';
    case 'shallow':
      return 'Contracts are compared with nothing: this shallow clone has no merge base. Fetch more history.';
    case 'not-found':
      return `Contracts are compared with nothing: ${problem.what} was not found.`;
    default: {
      const never: never = problem;
      return never;
    }
  }
}
