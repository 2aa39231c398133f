import type { MigrationTool } from '../migrations/tool.ts';
import { tools } from '../migrations/tools/index.ts';
import type { Notice } from '../model/finding.ts';
import type { Project } from '../model/project.ts';
import type { FilePath } from '../model/text.ts';
import type { Snapshot } from '../service.ts';
import type { Settings } from './settings.ts';

export interface Found {
  readonly project: Project;
  readonly tool: MigrationTool;
  readonly settings: Settings;
}

export interface Discovery {
  readonly found: readonly Found[];
  readonly notices: readonly Notice[];
}

/**
 * Projects of the workspace. A root whose `schemaward.yaml` names projects has exactly those; elsewhere the tools'
 * own configuration speaks, then the folders.
 */
export function discoverProjects(snapshot: Snapshot, settings: readonly Settings[]): Discovery {
  const named = settings.flatMap((each) => configured(snapshot, each));
  const silent = settings.filter((each) => each.config.projects.length === 0);
  const notices: Notice[] = [];
  const discovered = tools.flatMap((tool) => {
    const result = tool.discover(
      snapshot.files,
      silent.map(({ root }) => root),
    );
    notices.push(...result.notices);
    return result.projects.map((project) => ({ project, tool, settings: settingsAround(settings, project) }));
  });
  return { found: uniqueNames([...named, ...discovered]), notices };
}

function configured(snapshot: Snapshot, settings: Settings): readonly Found[] {
  return settings.config.projects.flatMap((entry) => {
    const tool = tools.find(({ id }) => id === (entry.tool ?? tools[0]?.id));
    if (tool === undefined) return [];
    const root = resolve(settings.root, entry.root);
    const project = tool.configure({ ...entry, root }, snapshot.files);
    return [{ project: { ...project, foundBy: 'schemaward.yaml' as const }, tool, settings }];
  });
}

function settingsAround(all: readonly Settings[], project: Project): Settings {
  let best = all[0];
  for (const each of all) {
    const holds = project.root === each.root || project.root.startsWith(`${each.root}/`);
    if (holds && each.root.length >= (best?.root.length ?? 0)) best = each;
  }
  if (best === undefined) throw new Error('a workspace has at least one root');
  return best;
}

/** Two services may both call their folder `db`: the second becomes `db-2`. */
function uniqueNames(found: readonly Found[]): readonly Found[] {
  const taken = new Map<string, number>();
  return found.map((each) => {
    const count = (taken.get(each.project.name) ?? 0) + 1;
    taken.set(each.project.name, count);
    if (count === 1) return each;
    return { ...each, project: { ...each.project, name: `${each.project.name}-${count}` } };
  });
}

/** A path of the configuration, `.` and `..` resolved against the root. */
export function resolve(root: FilePath, relative: string): FilePath {
  if (relative.startsWith('/') || /^[a-z]:\//i.test(relative)) return relative.replace(/\/+$/, '');
  const parts = root.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
