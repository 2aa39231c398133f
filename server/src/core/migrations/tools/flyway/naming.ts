import type { Migration } from '../../../model/migration.ts';
import type { Project } from '../../../model/project.ts';
import type { FilePath } from '../../../model/text.ts';
import type { NamingStyle, NewMigration, Timeline } from '../../tool.ts';
import { parentOf } from './locations.ts';
import { optionsOf } from './options.ts';
import { stampAfter } from './stamps.ts';
import { versionOf } from './timeline.ts';
import { compareVersions, type FlywayVersion } from './version.ts';

/** How the project numbers its migrations, from the names that are there. */
export interface Scheme extends NamingStyle {
  /** Digits of a version (of its last part, for dotted ones). */
  readonly digits: number;
  /** Between parts, as written in file names. */
  readonly dot: '.' | '_';
}

export function schemeOf(_project: Project, { migrations }: Timeline): Scheme {
  const versioned = migrations.filter(({ kind }) => kind === 'versioned');
  const names = versioned.map(({ script, version = '' }) => ({
    version,
    written: script.slice(script.lastIndexOf('/') + 1),
  }));
  const single = names.filter(({ version }) => /^\d+$/.test(version));
  const dot = names.some(({ written }) => /^[^\d]*\d+_\d/.test(written.split('__')[0] ?? '')) ? '_' : '.';
  if (names.length === 0) return { scheme: 'integer', words: '', digits: 1, dot };
  const common = mostCommon(single.map(({ version }) => version.length));
  const dates = single.filter(({ version }) => /^(19|20)\d{6}/.test(version));
  if (dates.length * 2 > names.length) {
    const digits = mostCommon(dates.map(({ version }) => version.length)) ?? 14;
    const isDate = digits <= 10;
    return {
      scheme: isDate ? 'date' : 'timestamp',
      words: isDate ? `dates of ${digits} digits` : `time stamps of ${digits} digits`,
      digits,
      dot,
    };
  }
  if (single.length * 2 < names.length) return { scheme: 'dotted', words: 'dotted versions', digits: 1, dot };
  const padded = single.some(({ version }) => version.startsWith('0'));
  if (padded) return { scheme: 'padded-integer', words: `${common ?? 3} digits`, digits: common ?? 3, dot };
  return { scheme: 'integer', words: 'whole numbers', digits: 1, dot };
}

function mostCommon(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The next version that nothing has taken, in the project's own scheme. @param now `YYYY-MM-DDTHH:MM:SSZ` */
export function nextVersion(
  project: Project,
  timeline: Timeline,
  now: string,
  nth: number,
  without?: Migration,
): string {
  const scheme = schemeOf(project, timeline);
  const others = timeline.migrations.filter((migration) => migration !== without);
  const highest = highestOf(others, scheme);
  if (scheme.scheme === 'date' || scheme.scheme === 'timestamp') return nextStamp(scheme, highest, now, nth);
  if (highest === undefined) return String(1 + nth).padStart(scheme.digits, '0');
  if (scheme.scheme === 'dotted') return nextDotted(highest, scheme, nth);
  return String((highest.parts[0] ?? 0n) + 1n + BigInt(nth)).padStart(scheme.digits, '0');
}

/** Of the usual length only: one time stamp with too many digits must not be followed. */
function highestOf(migrations: readonly Migration[], scheme: Scheme): FlywayVersion | undefined {
  const isStamp = scheme.scheme === 'date' || scheme.scheme === 'timestamp';
  let best: FlywayVersion | undefined;
  for (const { version, kind } of migrations) {
    const parsed = kind === 'repeatable' ? undefined : versionOf(version);
    if (parsed === undefined || (isStamp && (parsed.parts[0]?.toString().length ?? 0) !== scheme.digits)) continue;
    if (best === undefined || compareVersions(parsed, best) > 0) best = parsed;
  }
  return best;
}

function nextStamp({ digits }: Scheme, highest: FlywayVersion | undefined, now: string, nth: number): string {
  const stamp = now.replace(/\D/g, '').padEnd(17, '0').slice(0, digits);
  const last = String(highest?.parts[0] ?? 0n);
  let version = BigInt(stamp) > BigInt(last) ? stamp : following(last);
  for (let i = 0; i < nth; i += 1) version = following(version);
  return version;
}

function following(stamp: string): string {
  return stampAfter(stamp) ?? String(BigInt(stamp) + 1n);
}

/** `2.7.3` -> `2.7.4`; a lone major number goes up by one. */
function nextDotted(highest: FlywayVersion, { dot }: Scheme, nth: number): string {
  const written = highest.display.split('.');
  const last = written.at(-1) ?? '0';
  const next = String(BigInt(last) + 1n + BigInt(nth)).padStart(last.length, '0');
  return [...written.slice(0, -1), next].join(dot);
}

/** Beside the newest migration of the same kind, in the words of the description. */
export function newFile(
  project: Project,
  timeline: Timeline,
  wanted: NewMigration,
  now: string,
  taken: readonly FilePath[],
): FilePath {
  const options = optionsOf(project);
  const kind = wanted.kind ?? 'versioned';
  const folder = folderFor(project, timeline, kind);
  const description =
    wanted.description
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '_')
      .replace(/^_+|_+$/g, '') || 'migration';
  const suffix = options.suffixes[0] ?? '.sql';
  if (kind === 'repeatable') return `${folder}/${options.repeatablePrefix}${options.separator}${description}${suffix}`;
  const prefix = kind === 'undo' ? options.undoPrefix : options.prefix;
  for (let nth = wanted.nth; ; nth += 1) {
    const path = `${folder}/${prefix}${nextVersion(project, timeline, now, nth)}${options.separator}${description}${suffix}`;
    if (!taken.includes(path)) return path;
  }
}

function folderFor(project: Project, { migrations }: Timeline, kind: NonNullable<NewMigration['kind']>): FilePath {
  const alike = migrations.filter(
    (migration) =>
      migration.kind === (kind === 'repeatable' ? 'repeatable' : 'versioned') && migration.language === 'sql',
  );
  const newest = alike.at(-1) ?? migrations.at(-1);
  return newest === undefined ? (project.locations[0]?.folder ?? project.root) : parentOf(newest.file);
}

/** The file under the next free version, with its undo and configuration files. */
export function renamed(
  project: Project,
  timeline: Timeline,
  migration: Migration,
  now: string,
): readonly { readonly from: FilePath; readonly to: FilePath }[] {
  const options = optionsOf(project);
  if (migration.version === undefined) return [];
  const version = nextVersion(project, timeline, now, 0, migration);
  const partners = timeline.others.filter(
    (other) =>
      other.kind === 'undo' && other.version === migration.version && other.description === migration.description,
  );
  return [migration, ...partners].flatMap((each) => {
    const prefix =
      each.kind === 'undo' ? options.undoPrefix : each.kind === 'baseline' ? options.baselinePrefix : options.prefix;
    const name = each.file.slice(each.file.lastIndexOf('/') + 1);
    const at = name.indexOf(options.separator, prefix.length);
    const rest = at === -1 ? name.slice(name.lastIndexOf('.')) : name.slice(at);
    const to = `${parentOf(each.file)}/${prefix}${version}${rest}`;
    const config = each.configFile === undefined ? [] : [{ from: each.configFile, to: `${to}.conf` }];
    return [{ from: each.file, to }, ...config];
  });
}
