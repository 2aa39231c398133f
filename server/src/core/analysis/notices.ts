import type { Notice } from '../model/finding.ts';
import type { FileContent, FileProblem } from '../model/text.ts';
import { type ProjectState, planOf } from './project-state.ts';
import type { World } from './world.ts';

/** What was not examined in a project, and why: once per reason, never once per file. */
export function projectNotices(world: World, state: ProjectState): readonly Notice[] {
  const { project, dialect, timeline } = state;
  if (timeline.migrations.length === 0) return [];
  if (dialect.reader === undefined) return [notRead(state)];
  const reasons = new Map<string, { count: number; files: Set<string> }>();
  const add = (reason: string, file: string) => {
    const entry = reasons.get(reason) ?? { count: 0, files: new Set<string>() };
    entry.count += 1;
    entry.files.add(file);
    reasons.set(reason, entry);
  };
  for (const { script } of planOf(state, world.snapshot.files)) {
    for (const reason of notExamined(state, script)) add(reason, script.migration.script);
  }
  return [...reasons].map(([reason, { count, files }]) => ({
    id: 'not-examined',
    project: project.name,
    message: `${project.name}: ${count} ${count === 1 ? 'part' : 'parts'} of ${named(files)} not examined: ${reason}.`,
  }));
}

/** Reasons why parts of one migration were not examined. */
export function notExamined(state: ProjectState, script: import('./slot.ts').Script): readonly string[] {
  const reasons: string[] = [];
  const { migration, content, statements } = script;
  if (migration.language === 'code') reasons.push('code migrations are not read');
  if (content.problem !== undefined) reasons.push(problemWords(content.problem));
  if (state.dialect.reader === undefined) return reasons;
  for (const { reading } of statements) {
    if (reading.problem?.kind === 'not-examined') reasons.push(reading.problem.reason);
    for (const change of reading.changes)
      if (change.kind === 'RunSql' && change.taint !== 'nothing') reasons.push(change.reason);
  }
  return reasons;
}

export function fileNotices(contents: Iterable<FileContent>): readonly Notice[] {
  const notices: Notice[] = [];
  for (const { path, problem } of contents) {
    if (problem !== undefined)
      notices.push({ id: `file-${problem.kind}`, message: `${path}: ${problemWords(problem)}.`, path });
  }
  return notices;
}

function problemWords(problem: FileProblem): string {
  switch (problem.kind) {
    case 'not-decodable':
      return `the file is not valid ${problem.encoding}; characters that could not be decoded were replaced`;
    case 'unreadable':
      return `the file could not be read (${problem.reason})`;
    case 'too-large':
      return `the file has ${Math.round(problem.bytes / 1e6)} MB and is not read`;
    default: {
      const never: never = problem;
      return never;
    }
  }
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
