import type { Notice } from '../model/finding.ts';
import type { FileContent } from '../model/text.ts';
import { problemWords } from './not-examined.ts';
import type { ProjectState } from './project-state.ts';
import { notExaminedBy } from './replay.ts';

/** What was not examined in a project that was replayed, and why: once per reason, never once per file. */
export function projectNotices(state: ProjectState): readonly Notice[] {
  const { project, dialect, timeline } = state;
  if (timeline.migrations.length === 0) return [];
  const since = [...versionNotices(state), ...targetNotices(state)];
  if (dialect.reader === undefined) return [...since, notRead(state)];
  const reasons = new Map<string, { count: number; files: Set<string> }>();
  const add = (reason: string, file: string) => {
    const entry = reasons.get(reason) ?? { count: 0, files: new Set<string>() };
    entry.count += 1;
    entry.files.add(file);
    reasons.set(reason, entry);
  };
  for (const [migration, notExamined] of notExaminedBy(state.replay)) {
    for (const reason of notExamined) add(reason, migration.script);
  }
  const skipped = [...reasons].map(([reason, { count, files }]) => ({
    id: 'not-examined',
    project: project.name,
    message: `${project.name}: ${count} ${count === 1 ? 'part' : 'parts'} of ${named(files)} not examined: ${reason}.`,
  }));
  return [...since, ...skipped];
}

function targetNotices({ project, targets }: ProjectState): readonly Notice[] {
  return targets.flatMap(({ name, result }) =>
    result.kind === 'failed'
      ? [
          {
            id: `target-${name}`,
            project: project.name,
            message: `${project.name}: ${name} was not read. ${result.reason}`,
          },
        ]
      : [],
  );
}

/** Versions of schemaward.yaml that the tool cannot read: each counts as if it were not there. */
function versionNotices(state: ProjectState): readonly Notice[] {
  const { project, settings } = state;
  const { since } = settings.config.base;
  const { completeFrom } = project;
  return [
    ...unread(state, 'base-since', 'base.since', since, 'nothing is left out'),
    ...(completeFrom === 'none'
      ? []
      : unread(
          state,
          'complete-from',
          'completeFrom',
          completeFrom,
          'the files are taken never to tell the whole schema',
        )),
  ];
}

function unread(
  { project, tool, timeline }: ProjectState,
  id: string,
  key: string,
  version: string | undefined,
  therefore: string,
): readonly Notice[] {
  const [first] = timeline.migrations;
  if (version === undefined || first === undefined || tool.precedes(project, first, version) !== undefined) return [];
  const message = `${project.name}: ${key} says ${version}, which is no version of ${tool.displayName}; ${therefore}.`;
  return [{ id, project: project.name, message }];
}

export function fileNotices(contents: Iterable<FileContent>): readonly Notice[] {
  const notices: Notice[] = [];
  for (const { path, problem } of contents) {
    if (problem !== undefined)
      notices.push({ id: `file-${problem.kind}`, message: `${path}: ${problemWords(problem)}.`, path });
  }
  return notices;
}

function notRead({ project, dialect }: ProjectState): Notice {
  return {
    id: 'dialect-not-examined',
    project: project.name,
    message: `${project.name}: ${dialect.displayName} statements are not examined yet; order, names and states are.`,
  };
}

function named(files: ReadonlySet<string>): string {
  const [first = ''] = files;
  return files.size === 1 ? first : `${files.size} files (${first}, ...)`;
}
