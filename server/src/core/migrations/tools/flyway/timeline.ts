import type { Migration } from '../../../model/migration.ts';
import type { Project } from '../../../model/project.ts';
import type { FilePath } from '../../../model/text.ts';
import type { Files, IgnoredFile, Timeline } from '../../tool.ts';
import { readProperties } from './config/properties.ts';
import { meantName, type ParsedName, parseName } from './names.ts';
import { type FlywayOptions, optionsOf } from './options.ts';
import { compareVersions, type FlywayVersion, parseVersion } from './version.ts';

/** What Flyway would resolve in the project's locations, in the order in which it would run it. */
export function timeline(project: Project, files: Files): Timeline {
  const options = optionsOf(project);
  const migrations: Migration[] = [];
  const others: Migration[] = [];
  const ignored: IgnoredFile[] = [];
  for (const [file, script] of filesIn(project, files)) {
    const name = script.slice(script.lastIndexOf('/') + 1);
    const parsed = parseName(name, options);
    const migration = migrationOf(parsed, file, script, files);
    if (migration === undefined) addIgnored(ignored, parsed, file, name, options);
    else if (migration.kind === 'undo' || migration.kind === 'callback') others.push(migration);
    else migrations.push(migration);
  }
  return { migrations: migrations.sort(compareMigrations), others: others.sort(compareMigrations), ignored };
}

/** Path and script of every file below the locations; a location inside another is scanned once. */
function* filesIn(project: Project, files: Files): Generator<readonly [FilePath, string]> {
  const folders = project.locations.map(({ folder }) => folder);
  const roots = folders.filter(
    (folder) => !folders.some((other) => other !== folder && folder.startsWith(`${other}/`)),
  );
  for (const path of files.keys()) {
    const root = roots.find((folder) => path.startsWith(`${folder}/`));
    if (root !== undefined && !path.endsWith('.conf')) yield [path, path.slice(root.length + 1)];
  }
}

function migrationOf(parsed: ParsedName, file: FilePath, script: string, files: Files): Migration | undefined {
  if (parsed.kind === 'ignored' || parsed.kind === 'not-candidate') return undefined;
  const configFile = `${file}.conf`;
  return {
    id: script,
    kind: parsed.kind,
    file,
    description: parsed.description,
    script,
    language: parsed.language,
    ...('version' in parsed ? { version: parsed.version.display } : {}),
    ...scriptConfig(configFile, files),
  };
}

function scriptConfig(configFile: FilePath, files: Files): Pick<Migration, 'configFile' | 'literal'> {
  const text = files.get(configFile)?.text;
  if (text === undefined) return {};
  const value = readProperties(text).findLast(({ key }) => key === 'placeholderReplacement')?.value;
  return { configFile, ...(value === undefined ? {} : { literal: value.trim().toLowerCase() !== 'true' }) };
}

function addIgnored(
  ignored: IgnoredFile[],
  parsed: ParsedName,
  file: FilePath,
  name: string,
  options: FlywayOptions,
): void {
  if (parsed.kind !== 'ignored') return;
  const meant = meantName(name, options);
  if (meant === undefined) return;
  const reason =
    parsed.reason === 'unrecognised' || parsed.reason === 'repeatable-with-version' ? meant.reason : parsed.reason;
  ignored.push({ file, reason, toolMessage: parsed.toolMessage, suggestion: meant.suggestion });
}

const versions = new Map<string, FlywayVersion | undefined>();

/** Versions of migrations are parsed once; the map is small because they repeat. */
export function versionOf(text: string | undefined): FlywayVersion | undefined {
  if (text === undefined) return undefined;
  if (versions.has(text)) return versions.get(text);
  if (versions.size > 200_000) versions.clear();
  const parsed = parseVersion(text);
  versions.set(text, parsed);
  return parsed;
}

/** Versioned ones by version, baselines behind them, repeatables last by description in UTF-16 order. */
export function compareMigrations(a: Migration, b: Migration): number {
  const left = versionOf(a.version);
  const right = versionOf(b.version);
  if (left !== undefined && right !== undefined) {
    return compareVersions(left, right) || rank(a) - rank(b) || compareText(a.script, b.script);
  }
  if (left !== undefined) return -1;
  if (right !== undefined) return 1;
  return compareText(a.description, b.description) || compareText(a.script, b.script);
}

function rank({ kind }: Migration): number {
  return kind === 'versioned' ? 0 : kind === 'undo' ? 1 : 2;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
