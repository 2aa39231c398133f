import type { Notice } from '../model/finding.ts';
import type { World } from './world.ts';

/** One notice for each way in which the base branch could not be used. */
export function baseNotices(world: World): readonly Notice[] {
  const problems = new Set(
    world.projects.filter(({ project }) => project.tool !== 'none').map(({ base }) => base.problem),
  );
  const notices: Notice[] = [];
  for (const problem of problems) {
    const message = problem === undefined ? undefined : words[problem];
    if (problem !== undefined && message !== undefined) notices.push({ id: `base-${problem}`, message });
  }
  return notices;
}

const words: Readonly<Record<string, string>> = {
  'no-git': 'There is no git repository here: every migration is judged as if all before it had shipped.',
  ignored: 'Git ignores this folder: every migration in it is judged as if all before it had shipped.',
  untrusted: 'The workspace is not trusted: git is not asked which migrations are new.',
  'no-base':
    'No base branch was found: every migration is judged as if all before it had shipped. Set base.ref in schemaward.yaml.',
  shallow: 'This is a shallow clone without the merge base: every migration is judged as if all before it had shipped.',
};
