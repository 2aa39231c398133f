import type { Location, Project } from '../../../model/project.ts';
import type { FilePath } from '../../../model/text.ts';
import type { Discovered, Files } from '../../tool.ts';
import { readProperties } from './config/properties.ts';
import { listOf, optionsFrom, type Settings } from './config/settings.ts';
import {
  flywaySettings,
  mentionsFlyway,
  profilesWithLocations,
  profileUrls,
  readSpring,
  type SpringDocument,
} from './config/spring.ts';
import { readToml } from './config/toml.ts';
import { dialectOfFolder, guessDialect } from './dialect-guess.ts';
import { join, parentOf, resolveLocations } from './locations.ts';
import { parseName } from './names.ts';
import { defaultOptions, type FlywayOptions } from './options.ts';

/** Projects by their configuration; folders with `V…__….sql` files that no configuration claims are projects of their own. */
export function discover(files: Files, roots: readonly FilePath[]): Discovered {
  const notices: Discovered['notices'][number][] = [];
  const inside = (path: FilePath) => roots.some((root) => path.startsWith(`${root}/`));
  const configured = [
    ...tomlProjects(files, inside, notices),
    ...confProjects(files, inside),
    ...springProjects(files, inside),
  ];
  const merged = withoutRepeats(configured);
  const claimed = merged.flatMap(({ locations }) => locations.map(({ folder }) => folder));
  const found = conventionProjects(files, inside, claimed);
  return { projects: [...merged, ...found].map((project) => ({ ...project, name: nameOf(project, roots) })), notices };
}

/**
 * The first configuration of a folder speaks for it: toml, then conf, then Spring. Projects of one configuration may
 * share a folder: what all vendors have in common.
 */
function withoutRepeats(projects: readonly Project[]): readonly Project[] {
  const taken = new Map<FilePath, string>();
  return projects.flatMap((project) => {
    const owner = project.configFiles.join();
    const locations = project.locations.filter(({ folder }) => (taken.get(folder) ?? owner) === owner);
    const isNew = locations.some(({ folder }) => !taken.has(folder));
    for (const { folder } of locations) taken.set(folder, owner);
    return isNew ? [{ ...project, locations }] : [];
  });
}

const isTest = /\/src\/(test|it|integrationTest)\//;

function* filesNamed(files: Files, inside: (path: FilePath) => boolean, pattern: RegExp): Generator<FilePath> {
  for (const path of files.keys()) if (pattern.test(path) && inside(path) && !isTest.test(path)) yield path;
}

function tomlProjects(
  files: Files,
  inside: (path: FilePath) => boolean,
  notices: { id: string; message: string; path?: FilePath }[],
): readonly Project[] {
  return [...filesNamed(files, inside, /\/flyway\.toml$/)].flatMap((path) => {
    const folder = parentOf(path);
    const settings = readToml(files.get(path)?.text ?? '', files.get(`${folder}/flyway.user.toml`)?.text);
    if (settings === undefined) {
      notices.push({ id: 'flyway-toml', message: `${path} is not valid TOML, so it is not used.`, path });
      return [];
    }
    return projectsOf(settings, folder, folder, [path], files, { path, form: 'toml' }, [
      'sql',
      'migrations',
      'db/migration',
    ]);
  });
}

function confProjects(files: Files, inside: (path: FilePath) => boolean): readonly Project[] {
  return [...filesNamed(files, inside, /\/flyway\.conf$/)].flatMap((path) => {
    const folder = parentOf(path);
    const base = folder.endsWith('/conf') ? parentOf(folder) : folder;
    const properties = readProperties(files.get(path)?.text ?? '');
    const settings = new Map(
      properties.flatMap(({ key, value }) =>
        key.startsWith('flyway.') ? [[key.slice('flyway.'.length).toLowerCase(), value] as const] : [],
      ),
    );
    return projectsOf(settings, base, base, [path], files, { path, form: 'properties' }, [
      'sql',
      'migrations',
      'db/migration',
    ]);
  });
}

function springProjects(files: Files, inside: (path: FilePath) => boolean): readonly Project[] {
  const byFolder = new Map<FilePath, FilePath[]>();
  for (const path of filesNamed(files, inside, /\/(application|bootstrap)(-[^/]+)?\.(ya?ml|properties)$/)) {
    byFolder.set(parentOf(path), [...(byFolder.get(parentOf(path)) ?? []), path]);
  }
  return [...byFolder].flatMap(([folder, paths]) => springProject(folder, paths, files));
}

function springProject(folder: FilePath, paths: readonly FilePath[], files: Files): readonly Project[] {
  const ordered = [...paths].sort((a, b) => profileRank(a) - profileRank(b));
  const documents: SpringDocument[] = ordered.flatMap((path) =>
    readSpring(path.slice(path.lastIndexOf('/') + 1), files.get(path)?.text ?? ''),
  );
  const module = folder.replace(/\/(src\/main\/resources(\/config)?|resources|config)$/, '');
  const settings = flywaySettings(documents);
  const [hint] = settings.has('url') ? [] : profileUrls(documents);
  const all = [settings, ...profilesWithLocations(documents).map((profile) => flywaySettings(documents, profile))];
  // Where only profiles name locations, the default ones are nobody's.
  const meant = settings.has('locations') || all.length === 1 ? all : all.slice(1);
  const says = mentionsFlyway(documents);
  if (
    settings.get('enabled')?.toLowerCase() === 'false' &&
    !documents.some(({ profile, values }) => profile !== undefined && values.get('spring.flyway.enabled') === 'true')
  )
    return [];
  const [first = folder] = ordered;
  const writable = { path: first, form: first.endsWith('.properties') ? 'spring-properties' : 'spring-yaml' } as const;
  const found = meant.flatMap((each) =>
    projectsOf(each, module, module, ordered, files, writable, ['classpath:db/migration'], hint),
  );
  return says || found.some(({ locations }) => locations.length > 0) ? found : [];
}

/** The base file first; what profiles add comes after it. */
function profileRank(path: FilePath): number {
  return /\/(application|bootstrap)\.(ya?ml|properties)$/.test(path) ? 0 : 1;
}

function projectsOf(
  settings: Settings,
  module: FilePath,
  configFolder: FilePath,
  configFiles: readonly FilePath[],
  files: Files,
  writableConfig: NonNullable<FlywayOptions['writableConfig']>,
  usual: readonly string[],
  hint?: string,
): readonly Project[] {
  const options = optionsFrom(settings, { writableConfig });
  const written = listOf(settings.get('locations'));
  const wanted = written ?? usual.map((each) => (each.includes(':') ? each : `filesystem:${each}`));
  const locations = resolveLocations(wanted, module, configFolder, files);
  const groups = byVendor(
    written === undefined
      ? locations
          .slice(0, 1)
          .concat(locations.filter(({ configured }) => configured === locations[0]?.configured).slice(1))
      : locations,
  );
  return groups
    .filter((each) => each.length > 0)
    .map((each) => makeProject(module, each, 'tool-config', configFiles, options, files, hint));
}

/** `{vendor}` with several folders: each is a history of its own. */
function byVendor(locations: readonly Location[]): readonly (readonly Location[])[] {
  const vendors = locations.filter(({ configured }) => configured.includes('{vendor}'));
  const others = locations.filter(({ configured }) => !configured.includes('{vendor}'));
  if (vendors.length < 2) return [locations];
  return vendors.map((vendor) => [...others, vendor]);
}

function makeProject(
  root: FilePath,
  locations: readonly Location[],
  foundBy: Project['foundBy'],
  configFiles: readonly FilePath[],
  options: FlywayOptions,
  files: Files,
  hint?: string,
): Project {
  const encoding = options.encoding.toLowerCase().replace(/^iso_/, 'iso-');
  return {
    name: root.slice(root.lastIndexOf('/') + 1),
    tool: 'flyway',
    root,
    locations,
    foundBy,
    configFiles,
    dialect: guessDialect(options.url, locations, root, files, hint),
    options,
    ...(encoding === 'utf-8' || encoding === 'utf8' ? {} : { encoding }),
  };
}

/** Folders with at least one versioned SQL file of the default form, each topmost one once. */
function conventionProjects(
  files: Files,
  inside: (path: FilePath) => boolean,
  claimed: readonly FilePath[],
): readonly Project[] {
  const folders = new Set<FilePath>();
  for (const path of files.keys()) {
    const folder = parentOf(path);
    if (
      folders.has(folder) ||
      !inside(path) ||
      isTest.test(path) ||
      claimed.some((each) => `${folder}/`.startsWith(`${each}/`))
    )
      continue;
    const parsed = parseName(path.slice(path.lastIndexOf('/') + 1), defaultOptions);
    if (parsed.kind === 'versioned' && parsed.language === 'sql' && /__.+\.sql$/i.test(path)) folders.add(folder);
  }
  return topmost(folders).map((folder) =>
    makeProject(
      conventionRoot(folder),
      [{ folder, configured: 'found by its files' }],
      'convention',
      [],
      defaultOptions,
      files,
    ),
  );
}

/** A folder inside another one is scanned with it, unless it is named after a database. */
function topmost(folders: ReadonlySet<FilePath>): readonly FilePath[] {
  const roots = new Set<FilePath>();
  for (const folder of folders) {
    const above = [...folders].find((other) => other !== folder && folder.startsWith(`${other}/`));
    if (above === undefined) roots.add(folder);
  }
  return [...roots].sort();
}

/** `services/orders/src/main/resources/db/migration` belongs to `services/orders`. */
function conventionRoot(folder: FilePath): FilePath {
  const maven = /^(.*)\/src\/main\/resources\/.*$/.exec(folder)?.[1];
  if (maven !== undefined && maven !== '') return maven;
  const short = folder.replace(/\/(db\/)?migrations?(\/[^/]+)?$/, '').replace(/\/(sql|db|database|resources)$/, '');
  return short === '' ? folder : short;
}

/** The folder's name; the location's where the root is the workspace itself and several would share it. */
function nameOf(project: Project, roots: readonly FilePath[]): string {
  const first = project.locations.find(({ configured }) => configured.includes('{vendor}')) ?? project.locations[0];
  const vendor =
    project.locations.some(({ configured }) => /\{vendor\}/.test(configured)) ||
    (project.foundBy === 'convention' && isOneOfSeveral(first?.folder ?? ''));
  const base = project.root.slice(project.root.lastIndexOf('/') + 1);
  if (vendor && first !== undefined) return `${base}-${first.folder.slice(first.folder.lastIndexOf('/') + 1)}`;
  return roots.includes(project.root) || base !== '' ? base : project.root;
}

/** A folder beside others of its kind: below `db/migration`, or named as a database is and nothing else. */
function isOneOfSeveral(folder: FilePath): boolean {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const isWord = !/[-_.]/.test(name.replace(/^sql[-_]server$/i, ''));
  return /\/db\/migration\/[^/]+$/.test(folder) || (isWord && dialectOfFolder(`/${name}`) !== undefined);
}

/** A project that schemaward.yaml names: Flyway's own files beside it are still read for everything it does not say. */
export function configure(
  entry: {
    readonly name?: string;
    readonly root: FilePath;
    readonly locations: readonly string[];
    readonly dialect?: string;
    readonly targetVersion?: number;
    readonly completeFrom?: string;
  },
  files: Files,
): Project {
  const found =
    discover(files, [entry.root]).projects.find(({ root }) => root === entry.root) ??
    discover(files, [entry.root]).projects[0];
  const options = (found?.options as FlywayOptions | undefined) ?? defaultOptions;
  const written = entry.locations.map((each) => (/^[a-z]+:/.test(each) ? each : `filesystem:${each}`));
  const own = resolveLocations(written, entry.root, entry.root, files);
  const literal = entry.locations
    .filter((each) => !/[*?{]/.test(each))
    .map((each) => ({ folder: join(entry.root, each.replace(/^filesystem:/, '')), configured: each }));
  const locations = entry.locations.length === 0 ? (found?.locations ?? []) : own.length > 0 ? own : literal;
  const project = makeProject(entry.root, locations, 'schemaward.yaml', found?.configFiles ?? [], options, files);
  return {
    ...project,
    ...(entry.name === undefined ? {} : { name: entry.name }),
    ...(entry.dialect === undefined
      ? {}
      : { dialect: { id: entry.dialect, guessed: false, because: 'schemaward.yaml' } }),
    ...(entry.targetVersion === undefined ? {} : { targetVersion: entry.targetVersion }),
    ...(entry.completeFrom === undefined ? {} : { completeFrom: entry.completeFrom }),
  };
}
