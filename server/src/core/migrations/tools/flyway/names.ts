import type { IgnoredFile } from '../../tool.ts';
import type { FlywayOptions } from './options.ts';
import { type FlywayVersion, parseVersion } from './version.ts';

/** What ResourceNameParser makes of a file name. */
export type ParsedName =
  | {
      readonly kind: 'versioned' | 'undo' | 'baseline';
      readonly version: FlywayVersion;
      readonly description: string;
      readonly language: 'sql' | 'code';
    }
  | { readonly kind: 'repeatable'; readonly description: string; readonly language: 'sql' | 'code' }
  | {
      readonly kind: 'callback';
      readonly event: string;
      readonly description: string;
      readonly language: 'sql' | 'code';
    }
  | { readonly kind: 'ignored'; readonly reason: IgnoredFile['reason']; readonly toolMessage: string }
  | { readonly kind: 'not-candidate' };

/** Files that run as scripts or classes: part of the order, not examined. */
const codeSuffixes: readonly string[] = [
  '.java',
  '.kt',
  '.groovy',
  '.scala',
  '.cmd',
  '.bat',
  '.ps1',
  '.py',
  '.sh',
  '.bash',
];

export function parseName(name: string, options: FlywayOptions): ParsedName {
  const suffix = [...options.suffixes, ...codeSuffixes].find(
    (each) => name.toLowerCase().endsWith(each.toLowerCase()) && name.length > each.length,
  );
  if (suffix === undefined) return { kind: 'not-candidate' };
  const language = options.suffixes.includes(suffix) ? 'sql' : 'code';
  const stem = name.slice(0, -suffix.length);
  const prefix = prefixesOf(options).find(([text]) => stem.startsWith(text));
  if (prefix === undefined) return ignored('unrecognised', unrecognised(name));
  const [text, kind] = prefix;
  const rest = stem.slice(text.length);
  const at = rest.indexOf(options.separator);
  const before = at === -1 ? rest : rest.slice(0, at);
  const written = at === -1 ? '' : rest.slice(at + options.separator.length);
  const description = written.replaceAll('_', ' ');
  const sample = `${options.separator}${written === '' ? 'description' : written}${name.slice(stem.length)}`;
  if (kind === 'callback' || kind === 'repeatable') {
    // `R.sql` alone is neither run nor complained of.
    if (kind === 'repeatable' && stem === text) return { kind: 'not-candidate' };
    if (before !== '') {
      return ignored(
        'repeatable-with-version',
        `Invalid repeatable migration / callback name format: ${name} (It cannot contain a version and should look like this: ${text}${sample})`,
      );
    }
    return kind === 'callback' ? { kind, event: text, description, language } : { kind, description, language };
  }
  // The community edition does not know undo scripts, so it does not look into their names.
  const complaint = (rest: string) =>
    kind === 'undo' ? unrecognised(name) : `Invalid versioned migration name format: ${name} (${rest})`;
  if (before === '')
    return ignored('no-version', complaint(`It must contain a version and should look like this: ${text}1.2${sample}`));
  const version = parseVersion(before);
  if (version === undefined) {
    return ignored(
      at === -1 ? 'wrong-separator' : 'bad-version',
      complaint(`could not recognise version number ${before}`),
    );
  }
  return { kind, version, description, language };
}

function unrecognised(name: string): string {
  return `Unrecognised migration name format: ${name}`;
}

function ignored(reason: IgnoredFile['reason'], toolMessage: string): ParsedName {
  return { kind: 'ignored', reason, toolMessage };
}

type Prefixed = readonly [text: string, kind: 'versioned' | 'undo' | 'baseline' | 'repeatable' | 'callback'];

/** The longest first, so that `beforeMigrate` beats `B`; case counts. An empty one, which is allowed, comes last. */
function prefixesOf(options: FlywayOptions): readonly Prefixed[] {
  const known = prefixMemo.get(options);
  if (known !== undefined) return known;
  const all: Prefixed[] = [
    [options.prefix, 'versioned'],
    [options.undoPrefix, 'undo'],
    [options.baselinePrefix, 'baseline'],
    [options.repeatablePrefix, 'repeatable'],
    ...callbackEvents.map((event): Prefixed => [event, 'callback']),
  ];
  const sorted = all.sort(([a], [b]) => b.length - a.length);
  prefixMemo.set(options, sorted);
  return sorted;
}

const prefixMemo = new WeakMap<FlywayOptions, readonly Prefixed[]>();

/** Flyway 13, Event.java. */
const callbackEvents: readonly string[] = [
  'beforeClean',
  'afterClean',
  'afterCleanError',
  'beforeMigrate',
  'beforeEachMigrate',
  'beforeEachMigrateStatement',
  'afterEachMigrateStatement',
  'afterEachMigrateStatementError',
  'afterEachMigrate',
  'afterEachMigrateError',
  'beforeRepeatables',
  'afterVersioned',
  'afterMigrateApplied',
  'afterMigrate',
  'afterMigrateError',
  'beforeUndo',
  'beforeEachUndo',
  'beforeEachUndoStatement',
  'afterEachUndoStatement',
  'afterEachUndoStatementError',
  'afterEachUndo',
  'afterEachUndoError',
  'afterUndo',
  'afterUndoError',
  'beforeValidate',
  'afterValidate',
  'afterValidateError',
  'beforeBaseline',
  'afterBaseline',
  'afterBaselineError',
  'beforeRepair',
  'afterRepair',
  'afterRepairError',
  'beforeInfo',
  'afterInfo',
  'afterInfoError',
  'afterMigrateOperationFinish',
  'afterInfoOperationFinish',
  'createSchema',
  'beforeCreateSchema',
  'beforeConnect',
  'afterConnect',
];

/**
 * The name that was meant by one that Flyway passes over; `undefined` for files that do not look like a migration at
 * all, which are then left alone.
 */
export function meantName(
  name: string,
  options: FlywayOptions,
): { readonly suggestion: string; readonly reason: IgnoredFile['reason'] } | undefined {
  const { prefix, repeatablePrefix, undoPrefix, separator } = options;
  const suffix = options.suffixes[0] ?? '.sql';
  if (!name.toLowerCase().endsWith(suffix.toLowerCase())) return undefined;
  const stem = name.slice(0, -suffix.length);
  const versioned = new RegExp(
    `^(${escaped(prefix)}|${escaped(undoPrefix)})[-_. ]?(\\d+(?:[._]\\d+)*)[-_. ]+(?=[^\\d\\W]|[^0-9_.-])(.+)$`,
    'i',
  ).exec(stem);
  if (versioned !== null) {
    const [, written = '', version = '', description = ''] = versioned;
    const right = written.toLowerCase() === undoPrefix.toLowerCase() ? undoPrefix : prefix;
    const suggestion = `${right}${version}${separator}${clean(description)}${suffix}`;
    if (suggestion === name) return undefined;
    return { suggestion, reason: written !== right ? 'wrong-case-prefix' : 'wrong-separator' };
  }
  const bare = new RegExp(`^(${escaped(prefix)})(\\d+(?:[._]\\d+)*)$`, 'i').exec(stem);
  if (bare !== null && bare[1] !== prefix)
    return { suggestion: `${prefix}${bare[2]}${separator}migration${suffix}`, reason: 'wrong-case-prefix' };
  const repeatable = new RegExp(`^(${escaped(repeatablePrefix)})(?:_|__|-)([^_].*)$`, 'i').exec(stem);
  if (
    repeatable !== null &&
    (repeatable[1] !== repeatablePrefix || !stem.startsWith(`${repeatablePrefix}${separator}`))
  ) {
    const suggestion = `${repeatablePrefix}${separator}${clean(repeatable[2] ?? '')}${suffix}`;
    return { suggestion, reason: repeatable[1] === repeatablePrefix ? 'wrong-separator' : 'wrong-case-prefix' };
  }
  const withVersion = new RegExp(`^${escaped(repeatablePrefix)}\\d[\\d._]*${escaped(separator)}(.+)$`).exec(stem);
  if (withVersion !== null)
    return {
      suggestion: `${repeatablePrefix}${separator}${clean(withVersion[1] ?? '')}${suffix}`,
      reason: 'repeatable-with-version',
    };
  const numbered = new RegExp(`^(\\d+(?:[._]\\d+)*)${escaped(separator)}(.+)$`).exec(stem);
  if (numbered !== null)
    return {
      suggestion: `${prefix}${numbered[1]}${separator}${clean(numbered[2] ?? '')}${suffix}`,
      reason: 'unrecognised',
    };
  const broken = new RegExp(`^${escaped(prefix)}([\\d._]+?)[._]*${escaped(separator)}(.+)$`).exec(stem);
  if (broken !== null) {
    const version = (broken[1] ?? '').replace(/^[._]+|[._]+$/g, '').replace(/[._]{2,}/g, '.');
    if (version !== '')
      return { suggestion: `${prefix}${version}${separator}${clean(broken[2] ?? '')}${suffix}`, reason: 'bad-version' };
  }
  return undefined;
}

function clean(description: string): string {
  return description
    .trim()
    .replace(/^[-_\s]+/, '')
    .replace(/[-\s]+/g, '_');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
