import type { ProjectInfo, WorkspaceInfo } from '../service.ts';
import { baseNotices } from './base-notices.ts';
import { connectionsOf } from './connections.ts';
import { isLinted, type ProjectState } from './project-state.ts';
import type { World } from './world.ts';

export function workspaceInfo(world: World): WorkspaceInfo {
  return {
    projects: world.projects.map(projectInfo),
    bases: world.settings.map(({ root, config }) => ({
      root,
      ...(config.base.ref === undefined ? {} : { ref: config.base.ref }),
    })),
    baselines: world.settings.map(({ root, config: { contracts } }) => ({
      root,
      baseline: contracts.baseline,
      ...(contracts.versions === undefined ? {} : { versions: contracts.versions }),
    })),
    connections: world.projects.filter(({ project }) => project.tool !== 'none').flatMap(connectionsOf),
    notices: [...world.notices, ...baseNotices(world)],
  };
}

function projectInfo(state: ProjectState): ProjectInfo {
  const { project, tool, timeline, dialect } = state;
  const migrations = timeline.migrations.length;
  const versions = timeline.migrations.filter(({ kind }) => kind === 'versioned').length;
  const guessed = project.dialect.guessed ? ' (guessed)' : '';
  const naming = tool.naming(project, timeline).words;
  return {
    project,
    dialectName: dialect.displayName,
    examined: dialect.reader !== undefined,
    migrations,
    newMigrations: timeline.migrations.filter((migration) => isLinted(state, migration)).length,
    words: [`${versions} ${versions === 1 ? 'version' : 'versions'}`, naming, `${dialect.displayName}${guessed}`]
      .filter((part) => part !== '')
      .join(', '),
  };
}
