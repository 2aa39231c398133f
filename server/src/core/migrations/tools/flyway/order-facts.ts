import type { BaseSnapshot, HistoryRow, Migration, StateEntry, TargetSnapshot } from '../../../model/migration.ts';
import type { Project } from '../../../model/project.ts';
import type { FilePath } from '../../../model/text.ts';
import type { Files, OrderFact, Timeline } from '../../tool.ts';
import { flywayChecksum } from './checksum.ts';
import { checksumOf, rawChecksum } from './checksums.ts';
import { differenceOf } from './differences.ts';
import { parseName } from './names.ts';
import { schemeOf } from './naming.ts';
import { type FlywayOptions, optionsOf } from './options.ts';
import { implausible } from './plausible.ts';
import { states } from './states.ts';
import { compareText, versionOf } from './timeline.ts';
import { compareVersions, type FlywayVersion } from './version.ts';

/** What is wrong with names, order and history, as neutral facts. */
export function orderFacts(
  project: Project,
  timeline: Timeline,
  files: Files,
  base: BaseSnapshot,
  target: TargetSnapshot | undefined,
  today: string,
): readonly OrderFact[] {
  const rows = target?.result.kind === 'rows' ? target.result.rows : undefined;
  return [
    ...duplicates(timeline, files),
    ...timeline.ignored.map((ignored): OrderFact => ({ kind: 'ignored-file', ignored })),
    ...undoAlone(timeline),
    ...caseCollisions(timeline),
    ...plausibility(project, timeline, base, today),
    ...(rows === undefined || target === undefined
      ? againstBase(project, timeline, files, base)
      : againstHistory(project, timeline, files, rows, target)),
    ...gaps(timeline, base),
  ];
}

/** Adjacent equal ones abort. Files of equal script, text and description in two locations collapse without a word. */
function duplicates(timeline: Timeline, files: Files): readonly OrderFact[] {
  const facts: OrderFact[] = [];
  const byKey = new Map<string, Migration>();
  for (const migration of timeline.migrations) {
    const version = versionOf(migration.version);
    const key = version === undefined ? `R ${migration.description}` : `${migration.kind} ${version.parts.join('.')}`;
    const other = byKey.get(key);
    if (other === undefined) byKey.set(key, migration);
    else if (!isSame(migration, other, files)) {
      facts.push(duplicate(migration, other), duplicate(other, migration));
    }
  }
  return facts;
}

function duplicate(migration: Migration, other: Migration): OrderFact {
  return { kind: 'duplicate', version: migration.version ?? migration.description, migration, other };
}

function isSame(a: Migration, b: Migration, files: Files): boolean {
  return a.script === b.script && a.file !== b.file && files.get(a.file)?.text === files.get(b.file)?.text;
}

function undoAlone({ migrations, others }: Timeline): readonly OrderFact[] {
  const versions = new Set(
    migrations.filter(({ kind }) => kind === 'versioned').map(({ version }) => versionOf(version)?.parts.join('.')),
  );
  return others
    .filter(({ kind, version }) => kind === 'undo' && !versions.has(versionOf(version)?.parts.join('.')))
    .map((migration) => ({ kind: 'undo-without-partner', migration }));
}

function caseCollisions({ migrations, others }: Timeline): readonly OrderFact[] {
  const byName = new Map<string, Migration>();
  const facts: OrderFact[] = [];
  for (const migration of [...migrations, ...others]) {
    const key = migration.file.toLowerCase();
    const other = byName.get(key);
    if (other === undefined) byName.set(key, migration);
    else facts.push({ kind: 'case-collision', migration, other });
  }
  return facts;
}

function plausibility(project: Project, timeline: Timeline, base: BaseSnapshot, today: string): readonly OrderFact[] {
  const versioned = timeline.migrations.filter(({ kind }) => kind === 'versioned');
  const scheme = schemeOf(project, timeline);
  return versioned.flatMap((migration): readonly OrderFact[] => {
    if (base.mergeBase.has(migration.file)) return [];
    const found = implausible(migration.version ?? '', versioned, scheme, today);
    return found === undefined ? [] : [{ kind: 'implausible-version', migration, ...found }];
  });
}

function againstHistory(
  project: Project,
  timeline: Timeline,
  files: Files,
  rows: readonly HistoryRow[],
  target: TargetSnapshot,
): readonly OrderFact[] {
  const options = optionsOf(project);
  const entries = states(project, timeline, files, rows);
  const byId = new Map(
    [...timeline.migrations, ...timeline.others].map((migration) => [migration.id, migration] as const),
  );
  const highest = highestApplied(entries);
  const against = { kind: 'history', target: target.name } as const;
  return entries.flatMap((entry): readonly OrderFact[] => {
    const migration = byId.get(entry.id);
    const isForgiven = isIgnored(options, entry);
    if (isGone(entry)) return isForgiven ? [] : [missingFact(entry, timeline, against)];
    if (migration === undefined) return [];
    if (entry.changed) return isForgiven ? [] : changedFact(project, migration, files, entry, against);
    const late =
      entry.state === 'ignored' || (entry.state === 'pending' && options.outOfOrder && isLower(entry, highest));
    if (!late || highest === undefined || migration.kind !== 'versioned') return [];
    const effect = entry.state === 'pending' ? 'runs-late' : isForgiven ? 'ignored' : 'refused';
    const after = { version: highest.version ?? '', ...(highest.file === undefined ? {} : { file: highest.file }) };
    return [{ kind: 'out-of-order', migration, after, against, effect }];
  });
}

/** Applied, without a file; what failed is another matter. */
function isGone({ state }: StateEntry): boolean {
  return state === 'missing' || state === 'future';
}

function changedFact(
  project: Project,
  migration: Migration,
  files: Files,
  entry: StateEntry,
  against: Extract<OrderFact, { kind: 'changed-after-apply' }>['against'],
): readonly OrderFact[] {
  const difference = differenceOf(project, migration, files, entry);
  const common = { kind: 'changed-after-apply', migration, against } as const;
  switch (difference) {
    case undefined:
      return [];
    case 'text': {
      const now = checksumOf(project, migration, files.get(migration.file)?.text ?? '');
      return [{ ...common, difference, was: entry.checksum ?? 'none', now: now ?? 'none' }];
    }
    case 'description':
      return [{ ...common, difference, was: entry.description, now: migration.description }];
    default: {
      const never: never = difference;
      return never;
    }
  }
}

function highestApplied(entries: readonly StateEntry[]): StateEntry | undefined {
  let best: StateEntry | undefined;
  for (const entry of entries) {
    if (entry.rank === undefined || entry.state === 'deleted' || entry.state === 'undone') continue;
    if (isLower(best, entry)) best = entry;
  }
  return best;
}

/** Is the first version lower than the second? Nothing is lower than everything. */
function isLower(a: StateEntry | undefined, b: StateEntry | undefined): boolean {
  const right = versionOf(b?.version);
  const left = versionOf(a?.version);
  return right !== undefined && (left === undefined || compareVersions(left, right) < 0);
}

/** `type:state` patterns compare with the state's display name; `*` forgives every complaint, an edited file too. */
function isIgnored({ ignoreMigrationPatterns }: FlywayOptions, entry: StateEntry): boolean {
  const type = entry.version === undefined ? 'repeatable' : 'versioned';
  const state = entry.toolState.toLowerCase();
  return ignoreMigrationPatterns.some((pattern) => {
    const [wantedType = '*', wantedState = '*'] = pattern.toLowerCase().split(':');
    return (wantedType === '*' || wantedType === type) && (wantedState === '*' || wantedState === state);
  });
}

function missingFact(
  entry: StateEntry,
  { migrations }: Timeline,
  against: Extract<OrderFact, { kind: 'missing' }>['against'],
): OrderFact {
  const version = versionOf(entry.version);
  const near =
    migrations.find((migration) => {
      const other = versionOf(migration.version);
      return version !== undefined && other !== undefined && compareVersions(other, version) > 0;
    }) ?? migrations.at(-1);
  return {
    kind: 'missing',
    script: entry.id,
    description: entry.description,
    against,
    ...(entry.version === undefined ? {} : { version: entry.version }),
    ...(near === undefined ? {} : { near }),
  };
}

function againstBase(project: Project, timeline: Timeline, files: Files, base: BaseSnapshot): readonly OrderFact[] {
  const { ref } = base;
  if (ref === undefined) return [];
  const options = optionsOf(project);
  const against = { kind: 'base', ref } as const;
  const onTip = versionsAt(project, base.tip, options);
  const onBase = versionsAt(project, base.mergeBase, options);
  const highest = onTip.reduce<OnBase | undefined>(
    (best, each) => (best === undefined || compareVersions(each.version, best.version) > 0 ? each : best),
    undefined,
  );
  const facts: OrderFact[] = [];
  for (const migration of timeline.migrations) {
    const version = versionOf(migration.version);
    if (version === undefined || migration.kind !== 'versioned') continue;
    if (base.mergeBase.has(migration.file)) {
      const old = base.changed.get(migration.file);
      const content = files.get(migration.file);
      // Comments count for Flyway; line ends do not.
      const isEdited = old !== undefined && content !== undefined && flywayChecksum(old) !== rawChecksum(content);
      if (isEdited) facts.push({ kind: 'changed-after-apply', migration, difference: 'text', against });
      continue;
    }
    const old = renamedFrom(version, onBase, files);
    if (old !== undefined) {
      const was = old.migration.description;
      if (was !== migration.description)
        facts.push({
          kind: 'changed-after-apply',
          migration,
          difference: 'description',
          was,
          now: migration.description,
          against,
        });
      continue;
    }
    if (base.tip.has(migration.file)) continue;
    if (highest !== undefined && compareVersions(version, highest.version) < 0) {
      const effect = options.outOfOrder ? 'runs-late' : isIgnoredPattern(options) ? 'ignored' : 'refused';
      facts.push({
        kind: 'out-of-order',
        migration,
        after: { version: highest.version.display, file: highest.file },
        against,
        effect,
      });
    }
    const taken = onTip.find(
      (each) =>
        !base.mergeBase.has(each.file) && each.file !== migration.file && compareVersions(each.version, version) === 0,
    );
    if (taken !== undefined)
      facts.push({ kind: 'duplicate', version: version.display, migration, other: taken.migration });
  }
  return [...facts, ...missingFromBase(project, timeline, base)];
}

/** The migration of this version that stood at the merge base under another name. */
function renamedFrom(version: FlywayVersion, onBase: readonly OnBase[], files: Files): OnBase | undefined {
  return onBase.find((each) => compareVersions(each.version, version) === 0 && !files.has(each.file));
}

function isIgnoredPattern({ ignoreMigrationPatterns }: FlywayOptions): boolean {
  return ignoreMigrationPatterns.some((pattern) => /^(\*|versioned):(\*|ignored)$/i.test(pattern));
}

interface OnBase {
  readonly file: FilePath;
  readonly version: FlywayVersion;
  readonly migration: Migration;
}

function versionsAt(project: Project, paths: ReadonlySet<FilePath>, options: FlywayOptions): readonly OnBase[] {
  const found: OnBase[] = [];
  for (const file of paths) {
    const location = project.locations.find(({ folder }) => file.startsWith(`${folder}/`));
    if (location === undefined) continue;
    const parsed = parseName(file.slice(file.lastIndexOf('/') + 1), options);
    if (parsed.kind !== 'versioned') continue;
    const script = file.slice(location.folder.length + 1);
    const migration: Migration = {
      id: script,
      kind: 'versioned',
      file,
      version: parsed.version.display,
      description: parsed.description,
      script,
      language: parsed.language,
    };
    found.push({ file, version: parsed.version, migration });
  }
  return found;
}

/** A versioned file of the merge base that is gone, where the highest one is not it (that one would count as future). */
function missingFromBase(project: Project, timeline: Timeline, base: BaseSnapshot): readonly OrderFact[] {
  const { ref } = base;
  const here = new Set(timeline.migrations.map(({ file }) => file));
  if (ref === undefined || timeline.migrations.length === 0) return [];
  return versionsAt(project, base.mergeBase, optionsOf(project))
    .filter(({ file }) => !here.has(file))
    .filter(({ version }) => !timeline.migrations.some((migration) => sameVersionText(migration, version)))
    .sort((a, b) => compareText(a.file, b.file))
    .map(({ migration, version }) => {
      const near = timeline.migrations.find((each) => isHigher(each, version)) ?? timeline.migrations.at(-1);
      return {
        kind: 'missing',
        script: migration.script,
        version: version.display,
        description: migration.description,
        against: { kind: 'base', ref },
        ...(near === undefined ? {} : { near }),
      };
    });
}

function sameVersionText(migration: Migration, version: FlywayVersion): boolean {
  const other = versionOf(migration.version);
  return other !== undefined && compareVersions(other, version) === 0;
}

function isHigher(migration: Migration, version: FlywayVersion): boolean {
  const other = versionOf(migration.version);
  return other !== undefined && compareVersions(other, version) > 0;
}

/** A new version that leaves one out, where at least ten stand in a row and none was ever left out. */
function gaps(timeline: Timeline, base: BaseSnapshot): readonly OrderFact[] {
  const numbered = timeline.migrations.flatMap((migration) => {
    const version = versionOf(migration.version);
    return migration.kind === 'versioned' && version?.parts.length === 1
      ? [{ migration, number: version.parts[0] ?? 0n }]
      : [];
  });
  const old = numbered.filter(({ migration }) => base.ref === undefined || base.mergeBase.has(migration.file));
  const row = base.ref === undefined ? numbered.slice(0, -1) : old;
  if (row.length < 10 || numbered.length !== timeline.migrations.filter(({ kind }) => kind === 'versioned').length)
    return [];
  if (!row.every(({ number }, index) => index === 0 || number === (row[index - 1]?.number ?? 0n) + 1n)) return [];
  const inRow = new Set(row.map(({ migration }) => migration));
  const facts: OrderFact[] = [];
  for (const [index, { migration, number }] of numbered.entries()) {
    const before = numbered[index - 1];
    if (before === undefined || inRow.has(migration) || number <= before.number + 1n) continue;
    const width = before.migration.version?.length ?? 1;
    facts.push({
      kind: 'gap',
      before: before.migration,
      after: migration,
      missing: String(before.number + 1n).padStart(width, '0'),
    });
  }
  return facts;
}
