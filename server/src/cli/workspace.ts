import { existsSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { configName } from '#core/config/config.ts';
import type { FilePath } from '#core/model/text.ts';
import type { Service, Snapshot } from '#core/service.ts';
import { findRepository } from '#host/git/base.ts';
import { fromNative } from '#host/paths.ts';
import { readTargets } from '#host/targets.ts';
import { createWorkspace, type Workspace } from '#host/workspace.ts';
import { didYouMean, integerOption, oneOf, type Terminal, textOption, UsageError, type Values } from './command.ts';

export const workspaceOptions = {
  base: { type: 'string' },
  target: { type: 'string' },
  dialect: { type: 'string' },
  'target-version': { type: 'string' },
  'no-cache': { type: 'boolean' },
} as const;

/** Lines of `--help` for them. */
export const workspaceUsage: readonly string[] = [
  '  --base REF           what is new is compared with REF; default: base.ref, what CI says, origin/HEAD, main',
  "  --target NAME        connect to this target (schemaward.yaml, or the tool's own configuration)",
  '  --dialect D          the database, over what the project says; --target-version V: its major version',
  '  --no-cache           neither read nor write what earlier runs have derived',
];

export interface OpenedWorkspace {
  readonly workspace: Workspace;
  /** Where the person stands, symbolic links resolved: paths are printed relative to it. */
  readonly cwd: FilePath;
  /** What was named on the command line; undefined: everything. */
  readonly paths: readonly FilePath[] | undefined;
}

/**
 * Opens the folder of the command line. The root is the nearest folder above with a schemaward.yaml, else the repository,
 * so that configuration above is found; only what lies under the named paths is reported.
 */
export async function openWorkspace(
  service: Service,
  terminal: Terminal,
  values: Values,
  named: readonly string[],
): Promise<OpenedWorkspace> {
  const cwd = standingIn(terminal.cwd);
  const paths = named.map((path) => existing(terminal.cwd, path));
  const root = await rootAround(cwd);
  const outside = paths.find((path) => path !== root && !path.startsWith(`${root}/`));
  const workspace = createWorkspace(service, {
    roots: [outside === undefined ? root : await rootAround(folderOf(outside))],
    named: paths.length === 0 ? [cwd] : [...new Set(paths.map(folderOf))],
    trusted: true,
    overrides: overridesOf(service, values),
    ...(values.all === true ? { all: true } : {}),
    ...optionalText('base', textOption(values, 'base')),
    env: terminal.env,
    now: terminal.now,
  });
  await workspace.load();
  requireBase(workspace, values);
  await connectTargets(service, workspace, terminal, values);
  addLoose(service, workspace, paths);
  return { workspace, cwd, paths: paths.length === 0 ? (cwd === root ? undefined : [cwd]) : paths };
}

function standingIn(folder: string): FilePath {
  try {
    return fromNative(realpathSync(folder));
  } catch {
    throw new UsageError('The working directory does not exist any more.');
  }
}

function existing(cwd: string, path: string): FilePath {
  const full = resolve(cwd, path);
  if (!existsSync(full)) throw new UsageError(`${path} does not exist.`);
  return fromNative(realpathSync(full));
}

function folderOf(path: FilePath): FilePath {
  return statSync(path).isDirectory() ? path : path.slice(0, path.lastIndexOf('/'));
}

async function rootAround(folder: FilePath): Promise<FilePath> {
  const top = (await findRepository(folder))?.root ?? folder;
  for (let at = folder; at.length > top.length; at = at.slice(0, at.lastIndexOf('/')))
    if (existsSync(`${at}/${configName}`)) return at;
  return top;
}

function overridesOf(service: Service, values: Values): NonNullable<Snapshot['overrides']> {
  const dialect = dialectOption(service, textOption(values, 'dialect'));
  const version = integerOption(values, 'target-version');
  checkVersion(service, dialect, version);
  return {
    ...optionalText('dialect', dialect),
    ...optionalText('lintTarget', textOption(values, 'target')),
    ...(version === undefined ? {} : { targetVersion: version }),
    ...optionalText('profile', profileOption(service, values)),
    ...(values['in-transaction'] === true ? { inTransaction: true } : {}),
  };
}

function profileOption(service: Service, values: Values): string | undefined {
  const value = textOption(values, 'profile');
  return value === undefined ? undefined : oneOf('--profile', value, service.profiles());
}

function dialectOption(service: Service, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const ids = service.dialects().map(({ id }) => id);
  return oneOf('--dialect', value, ids);
}

/** Only versions that are told apart mean something; without `--dialect`, those of any dialect. */
function checkVersion(service: Service, dialect: string | undefined, version: number | undefined): void {
  if (version === undefined) return;
  const told = service
    .dialects()
    .filter(({ id, versions }) => (dialect === undefined || id === dialect) && versions.newest > versions.oldest);
  if (told.length === 0)
    throw new UsageError(`Versions of ${dialect} are not told apart yet: leave --target-version out.`);
  if (told.some(({ versions: { oldest, newest } }) => oldest <= version && version <= newest)) return;
  const ranges = told.map(({ displayName, versions }) => `${displayName} ${versions.oldest} to ${versions.newest}`);
  throw new UsageError(`--target-version is one of ${ranges.join(', ')}, not ${version}.`);
}

function requireBase(workspace: Workspace, values: Values): void {
  const base = textOption(values, 'base');
  if (base === undefined) return;
  for (const { base: found } of workspace.snapshot.bases) {
    if (found.problem === 'shallow')
      throw new UsageError(`This shallow clone has no merge base with ${base}: fetch more history.`);
    if (found.problem === 'ignored')
      throw new UsageError(`Git ignores this folder, so nothing in it can be compared with ${base}.`);
    if (found.problem === 'no-git')
      throw new UsageError(`There is no git repository here (or no git), so nothing can be compared with ${base}.`);
    if (found.problem !== undefined) throw new UsageError(`The base ${base} was not found here.`);
  }
}

/** Only a target that is asked for is connected to; files that say what is applied are always read. */
async function connectTargets(
  service: Service,
  workspace: Workspace,
  terminal: Terminal,
  values: Values,
): Promise<void> {
  const wanted = textOption(values, 'target');
  const { connections } = service.workspace(workspace.snapshot);
  if (wanted !== undefined && !connections.some(({ target }) => target === wanted)) {
    const known = [...new Set(connections.map(({ target }) => target))];
    throw new UsageError(
      `There is no target ${wanted}.${didYouMean(wanted, known)} ${known.length === 0 ? 'None is configured.' : `Known: ${known.join(', ')}.`}`,
    );
  }
  const chosen = connections.filter(({ target, from }) => target === wanted || from !== undefined);
  await readTargets(service, workspace, chosen, terminal.env);
}

/** `.sql` files that were named and belong to no project; folders without any project count file by file. */
function addLoose(service: Service, workspace: Workspace, paths: readonly FilePath[]): void {
  const snapshot = workspace.snapshot;
  const inProject = (path: FilePath) => service.fileInfo(snapshot, path).project !== undefined;
  const noProject = service.workspace(snapshot).projects.length === 0;
  const files = paths.filter((path) => statSync(path).isFile() && /\.sql$/i.test(path) && !inProject(path));
  const folders = paths.length === 0 ? workspace.options.roots : paths.filter((path) => statSync(path).isDirectory());
  const below = noProject
    ? [...snapshot.files.keys()].filter(
        (path) => /\.sql$/i.test(path) && folders.some((folder) => path.startsWith(`${folder}/`)),
      )
    : [];
  const loose = [...new Set([...files, ...below])];
  if (loose.length > 0) workspace.addLoose(loose);
}

function optionalText<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}
