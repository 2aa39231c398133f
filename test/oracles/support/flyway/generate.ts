import type { FlywayVersion } from './install.ts';

/** The names, texts and settings of generated histories. Everything follows from the random numbers given. */
export interface Style {
  readonly prefix: string;
  readonly repeatable: string;
  readonly separator: string;
  readonly suffix: string;
  readonly settings: Readonly<Record<string, string>>;
}

export type Random = () => number;

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

const usual: Style = { prefix: 'V', repeatable: 'R', separator: '__', suffix: '.sql', settings: {} };

const styles: readonly Style[] = [
  {
    ...usual,
    prefix: 'm',
    repeatable: 'rep',
    settings: { sqlMigrationPrefix: 'm', repeatableSqlMigrationPrefix: 'rep' },
  },
  { ...usual, separator: '-', settings: { sqlMigrationSeparator: '-' } },
  { ...usual, suffix: '.pgsql', settings: { sqlMigrationSuffixes: '.sql,.pgsql' } },
  { ...usual, suffix: '-ok.SQL', settings: { sqlMigrationSuffixes: '-ok.sql' } },
  { ...usual, prefix: '', settings: { sqlMigrationPrefix: '' } },
];

export function styleOf(random: Random): Style {
  return random() < 0.7 ? usual : pick(random, styles);
}

const always = ['3', 'latest', 'current', 'next'];
/** A target that may be missing is an edition error in 9. */
const lenient = ['5?', '2.1?', '04?'];

/** Patterns that name a kind are an edition error in the community build up to 10.11. */
export function settingsOf(random: Random, version: FlywayVersion): Readonly<Record<string, string>> {
  const kinds = version.startsWith('9.') ? ['*'] : ['*', 'versioned', 'repeatable'];
  const pattern = () => `${pick(random, kinds)}:${pick(random, ['missing', 'ignored', 'pending', 'future', '*'])}`;
  return {
    ...(random() < 0.3 ? { outOfOrder: 'true' } : {}),
    ...(random() < 0.25 ? { target: pick(random, [...always, ...(version.startsWith('9.') ? [] : lenient)]) } : {}),
    ...(random() < 0.3 ? { validateOnMigrate: 'false' } : {}),
    ...(random() < 0.3 ? { baselineVersion: pick(random, ['2', '0', '3.0']) } : {}),
    ...(random() < 0.3 ? { baselineOnMigrate: 'true' } : {}),
    ...(random() < 0.4
      ? { ignoreMigrationPatterns: Array.from({ length: 1 + Math.floor(random() * 2) }, pattern).join(',') }
      : {}),
    ...placeholderSettings(random),
  };
}

function placeholderSettings(random: Random): Readonly<Record<string, string>> {
  const roll = random();
  if (roll < 0.6) return { 'placeholders.who': 'team' };
  if (roll < 0.8) return { 'placeholders.who': 'team', placeholderPrefix: '#[', placeholderSuffix: ']' };
  return { placeholderReplacement: 'false' };
}

const versions = ['1', '2', '2.1', '3', '04', '5', '6.0', '7', '10', '11', '2_2', '1.0', '20240101'];
const descriptions = ['a', 'b_c', 'd', 'b__c', 'é_ü', ''];

/** Names that Flyway passes over, callbacks, undo scripts, code, configuration: beside the usual ones. */
const others = [
  'V1_add.sql',
  'v3__lower.sql',
  'V__none.sql',
  'V1.__x.sql',
  'V-5__x.sql',
  'README.sql',
  'R.sql',
  'R1__x.sql',
  'beforeMigrate.sql',
  'afterMigrate__x.sql',
  'beforeMigratex.sql',
  'U2__undo.sql',
  'U3__a.sql',
  'V3a__x.sql',
  'V12.sql',
  'V13__.sql',
  'R__.sql',
  'V٣__x.sql',
  'notes.txt',
  'V14__x.sql.bak',
];

const scripts = ['V5__a.sh', 'V3__a.sh', 'R__view.sh'];

export function hasScripts(version: FlywayVersion): boolean {
  return !version.startsWith('9.');
}

export function migrationName(random: Random, style: Style, version: FlywayVersion): string {
  const roll = random();
  const rest = (version: string) => {
    const description = pick(random, descriptions);
    return `${version}${description === '' ? pick(random, ['', style.separator]) : `${style.separator}${description}`}${style.suffix}`;
  };
  if (roll < 0.68) return `${style.prefix}${rest(pick(random, versions))}`;
  if (roll < 0.83)
    return `${style.repeatable}${style.separator}${pick(random, ['view', 'fn', 'a_b', 'a b'])}${style.suffix}`;
  if (roll < 0.89) return `B${rest(pick(random, versions))}`;
  return pick(random, hasScripts(version) ? [...others, ...scripts] : others);
}

/** Line ends, marks and letters that count for a checksum, or do not; sometimes a statement that fails. */
export function migrationText(random: Random, failing: number): string {
  const number = Math.floor(random() * 1000);
  if (random() < failing) return `SELECT * FROM nowhere_${number};\n`;
  const roll = random();
  if (roll < 0.12) return `\ufeffSELECT ${number};\r\n`;
  if (roll < 0.18) return `SELECT ${number};\r-- é 日本 𝒳\u2028\r\n\r\n`;
  if (roll < 0.24) return '';
  if (roll < 0.34) return "SELECT '${who}', '#[who]';\n";
  if (roll < 0.4) return "SELECT '${flyway:filename}', '${WHO}';\n";
  if (roll < 0.43) return "SELECT '${nobody}';\n";
  return `SELECT ${number};\n`;
}

/** What fails outside a transaction leaves a row that says so. */
export function scriptConfig(random: Random, text: string, version: FlywayVersion): string | undefined {
  if (/nowhere/.test(text) && random() < 0.8) return 'executeInTransaction=false\n';
  if (random() < 0.1 && !version.startsWith('9.'))
    return `placeholderReplacement=${random() < 0.7 ? 'false' : 'true'}\n`;
  return undefined;
}

export function reworded(random: Random, text: string | Uint8Array): string | Uint8Array {
  if (typeof text !== 'string') return text;
  const roll = random();
  if (roll < 0.3) return text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
  if (roll < 0.4) return `\ufeff${text}`;
  if (roll < 0.5) return `${text}\n\n`;
  return migrationText(random, 0);
}
