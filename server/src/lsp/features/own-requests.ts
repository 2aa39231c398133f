import { findVersion } from '#host/git/applied-text.ts';
import { fromUri } from '#host/paths.ts';
import { appliedText } from '#protocol/applied-text.ts';
import { checkHistory } from '#protocol/check-history.ts';
import { explain } from '#protocol/explain.ts';
import { fileInfo } from '#protocol/file-info.ts';
import { onOwn } from '../own.ts';
import type { Feature, Session } from '../session.ts';

export const ownRequests: Feature = (session) => {
  const { service, workspace } = session;
  onOwn(session, fileInfo, null, (params) => {
    const path = fromUri(params.uri);
    if (path === undefined) return null;
    const info = service.fileInfo(workspace.snapshot, path);
    return {
      inProject: info.project !== undefined,
      words: info.words,
      guessed: info.project?.dialect.guessed === true,
      notExamined: info.notExamined,
      ...(info.dialectName === undefined ? {} : { dialect: info.dialectName }),
      ...(info.frozenWhy === undefined ? {} : { frozenWhy: info.frozenWhy }),
    };
  });
  onOwn(session, explain, null, (params) => {
    const page = service.explain(params.rule);
    return page === undefined ? null : { title: page.id, markdown: page.markdown };
  });
  onOwn(session, checkHistory, { findings: 0, files: 0 }, async (params) => {
    workspace.configure({ all: params.on });
    session.invalidated(['file-info']);
    await session.background.settled();
    const findings = [...session.background.findings.values()];
    return { findings: findings.reduce((sum, each) => sum + each.length, 0), files: findings.length };
  });
  onOwn(session, appliedText, { kind: 'not-found', reason: 'Git could not be read.' }, (params) =>
    findApplied(session, params),
  );
};

async function findApplied({ service, workspace }: Session, params: { uri: string; project: string; target: string }) {
  const { snapshot, repositories, options } = workspace;
  const path = fromUri(params.uri);
  const status = service.status(snapshot).projects.find(({ project }) => project.name === params.project);
  const entries = status?.targets.find(({ name }) => name === params.target)?.entries ?? [];
  const applied = entries.find(({ file, rank }) => file === path && rank !== undefined)?.checksum;
  if (path === undefined || applied === undefined)
    return { kind: 'not-found' as const, reason: 'The history has no checksum for this migration.' };
  if (!options.trusted)
    return { kind: 'not-found' as const, reason: 'This workspace is not trusted, so git is not asked.' };
  const repository = [...repositories.values()].find(({ root }) => path.startsWith(`${root}/`));
  if (repository === undefined) return { kind: 'not-found' as const, reason: 'There is no git repository here.' };
  const found = await findVersion(repository, path, (text) => service.checksum(snapshot, path, text) === applied);
  if (found === undefined)
    return { kind: 'not-found' as const, reason: `No version of the file in git has the checksum ${applied}.` };
  return { kind: 'found' as const, text: found.text, from: found.commit.slice(0, 10) };
}
