import type { ConnectionOption } from '../service.ts';
import { resolve } from './discovery.ts';
import type { ProjectState } from './project-state.ts';

/** Targets that schemaward.yaml names, then the database of the tool's own configuration, unless one has its name. */
export function connectionsOf({ project, tool, settings }: ProjectState): readonly ConnectionOption[] {
  const { schema, table, environment, url, user, passwordFrom } = tool.historyTable(project);
  const common = { project: project.name, table: { table, ...(schema === undefined ? {} : { schema }) } };
  const credentials = {
    ...(user === undefined ? {} : { user }),
    ...(passwordFrom === undefined ? {} : { passwordFrom }),
  };
  const named = settings.config.targets
    .filter((target) => target.project === undefined || target.project === project.name)
    .map((target) => ({
      ...common,
      ...credentials,
      target: target.name,
      root: settings.root,
      foundIn: 'schemaward.yaml',
      ...(target.role === undefined ? {} : { role: target.role }),
      ...(target.url === undefined ? {} : { url: target.url }),
      ...(target.env === undefined ? {} : { env: target.env }),
      ...(target.from === undefined ? {} : { from: resolve(settings.root, target.from) }),
    }));
  const own = environment ?? tool.id;
  if (url === undefined || named.some(({ target }) => target === own)) return named;
  const foundIn = project.configFiles.map((path) => path.slice(path.lastIndexOf('/') + 1)).join(', ');
  return [...named, { ...common, ...credentials, target: own, root: project.root, url, foundIn }];
}
