import type { ProjectStatus, TargetStatus, WorkspaceInfo } from '#core/service.ts';
import { toUri } from '#host/paths.ts';
import { type StatusEntry, type StatusProject, type StatusTarget, status as statusMethod } from '#protocol/status.ts';
import { onOwn } from '../own.ts';
import type { Feature } from '../session.ts';

/** Everything that the tree shows, in one answer. */
export const status: Feature = (session) => {
  const { service, workspace } = session;
  onOwn(session, statusMethod, { ready: false, projects: [] }, () => {
    const { snapshot } = workspace;
    const info = service.workspace(snapshot);
    const words = new Map(info.projects.map(({ project, words: each }) => [project.name, each] as const));
    const projects = service
      .status(snapshot)
      .projects.map((each) => projectOf(each, words.get(each.project.name) ?? '', noticesOf(info, each.project.name)));
    return { ready: session.isReady, projects };
  });
};

function noticesOf({ notices }: WorkspaceInfo, name: string): readonly string[] {
  const own = notices.filter(({ project }) => project === name);
  return own.map(({ message }) => (message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message));
}

function projectOf(
  { project, dialectName, targets, evolutions }: ProjectStatus,
  words: string,
  notices: readonly string[],
): StatusProject {
  return {
    name: project.name,
    tool: project.tool,
    rootUri: toUri(project.root),
    dialect: dialectName,
    guessed: project.dialect.guessed,
    words,
    notices,
    targets: targets.map(targetOf),
    evolutions: evolutions.map(({ ref, table, phase, next, due, files }) => ({
      id: ref.id,
      operation: ref.operation,
      table,
      phase,
      next,
      due,
      files: files.map(({ path, phase: of, role, applied }) => ({ uri: toUri(path), phase: of, role, applied })),
    })),
  };
}

function targetOf({ entries, ...target }: TargetStatus): StatusTarget {
  return { ...target, entries: entries.map(entryOf) };
}

function entryOf({ file, checksum: _, ...entry }: TargetStatus['entries'][number]): StatusEntry {
  return { ...entry, script: entry.id, ...(file === undefined ? {} : { uri: toUri(file) }) };
}
