import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { meantName, parseName } from '#core/migrations/tools/flyway/names.ts';
import { optionsOf } from '#core/migrations/tools/flyway/options.ts';
import { generator } from '../../scripts/bench-project.ts';
import { sqliteDatabase } from './support/flyway/databases.ts';
import { type Flyway, startFlyway } from './support/flyway/flyway.ts';
import { pick, type Random } from './support/flyway/generate.ts';
import { configOf, type History, oursOf, writeHistory } from './support/flyway/history.ts';

/** Real Flyway on file names that it passes over, and on bytes in the encodings that projects have. */
const root = mkdtempSync(join(tmpdir(), 'schemaward-flyway-files-'));
let real: Promise<Flyway> | undefined;
after(async () => {
  await (await real)?.stop();
  rmSync(root, { recursive: true, force: true });
});

function flyway13(): Promise<Flyway> {
  real ??= startFlyway('13.12.0');
  return real;
}

let made = 0;
function historyOf(files: ReadonlyMap<string, string | Uint8Array>, settings: History['settings']): History {
  made += 1;
  const folder = join(root, `h${made}`);
  mkdirSync(folder);
  const below = [...files].map(([name, content]) => [`sql/${name}`, content] as const);
  const history: History = {
    folder,
    settings,
    files: new Map(below),
    locations: ['sql'],
    database: sqliteDatabase(folder),
  };
  writeHistory(history);
  return history;
}

const prefixes = [
  'V',
  'v',
  'R',
  'r',
  'U',
  'B',
  'b',
  '',
  'Ver',
  'V_',
  'v-',
  'beforeMigrate',
  'afterMigrate',
  'beforemigrate',
  'M',
];
const versions = [
  '1',
  '01',
  '1.2',
  '1_2',
  '1.',
  '.1',
  '1..2',
  '1__2',
  '1a',
  'a',
  '',
  '20240101120000',
  '-3',
  '+4',
  '٣',
  '1 2',
  '1-2',
  'x1',
];
const separators = ['__', '_', '___', '-', '.', ' ', ' __', '', '__ '];
const descriptions = ['add users', 'add_users', 'x', '', '1', '__', 'é', 'add-users', 'A.b'];
const suffixes = ['.sql', '.SQL', '.Sql', '.sql.bak', '.txt', '.sqL', '.sql '];

function someName(random: Random): string {
  const one = <T>(items: readonly T[], first: number) => (random() < first ? (items[0] as T) : pick(random, items));
  return `${one(prefixes, 0.3)}${one(versions, 0.3)}${one(separators, 0.4)}${one(descriptions, 0.2)}${one(suffixes, 0.8)}`;
}

/** What Flyway says of the names, sorted: nothing where it has no objection. */
async function objections(history: History): Promise<readonly string[]> {
  const answer = await (await flyway13()).call('info', { ...configOf(history), validateMigrationNaming: 'true' });
  if ('value' in answer) return [];
  const [head, ...lines] = (answer.message ?? '').split(/\r?\n/);
  if (!/Invalid SQL filenames found/.test(head ?? '')) return [];
  return lines.sort();
}

const styles: readonly History['settings'][] = [
  {},
  { sqlMigrationPrefix: 'Ver', repeatableSqlMigrationPrefix: 'M' },
  { sqlMigrationSeparator: '-' },
  { sqlMigrationSeparator: '_' },
  { sqlMigrationSuffixes: '.sql,.sql.bak' },
];

for (const settings of styles) {
  test(`names that Flyway passes over, ${JSON.stringify(settings)}`, async () => {
    const random = generator(7);
    const names = new Map(Array.from({ length: 400 }, () => [someName(random), ''] as const));
    const history = historyOf(names, settings);
    const options = optionsOf((await oursOf(history)).project);
    const ours = [...names.keys()].flatMap((name) => {
      const parsed = parseName(name, options);
      if (parsed.kind === 'undo') return [`Unrecognised migration name format: ${name}`];
      return parsed.kind === 'ignored' ? [parsed.toolMessage] : [];
    });
    assert.ok(ours.length > 50);
    assert.deepEqual(ours.sort(), await objections(history));
  });

  test(`the name that we suggest instead is one that Flyway runs, ${JSON.stringify(settings)}`, async () => {
    const random = generator(8);
    const options = optionsOf((await oursOf(historyOf(new Map([['V1__x.sql', '']]), settings))).project);
    const suggested = new Map<string, string>();
    for (let i = 0; i < 600; i += 1) {
      const name = someName(random);
      if (parseName(name, options).kind !== 'ignored') continue;
      const meant = meantName(name, options);
      if (meant !== undefined) suggested.set(meant.suggestion, name);
    }
    assert.ok(suggested.size > 10, `${suggested.size} suggestions`);
    const history = historyOf(new Map([...suggested.keys()].map((name) => [name, ''])), settings);
    const undo = (line: string) => /^Unrecognised migration name format: U\d/.test(line);
    assert.deepEqual(
      (await objections(history)).filter((line) => !undo(line)),
      [],
    );
    for (const name of suggested.keys()) {
      assert.match(parseName(name, options).kind, /versioned|undo|repeatable/, `${suggested.get(name)} -> ${name}`);
    }
  });
}

const text = "-- ä ö ß é\r\nSELECT 'Größe';\r\n\r\n-- end";

function utf16(content: string, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(content, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

/** Setting, bytes. UTF-8 that happens to stand in a project of another encoding is read in that encoding. */
const encodings: readonly (readonly [string, string, Uint8Array])[] = [
  ['UTF-8', 'plain', Buffer.from(text)],
  ['UTF-8', 'with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-8', 'with two marks', Buffer.from(`\ufeff\ufeff${text}`)],
  ['ISO-8859-1', 'its letters', Buffer.from(text, 'latin1')],
  ['ISO-8859-1', 'UTF-8 all the same', Buffer.from(text)],
  ['ISO-8859-1', 'bytes that are letters in windows-1252 only', Buffer.from([0x2d, 0x2d, 0x93, 0x80, 0x9f, 0x0a])],
  ['windows-1252', 'its letters', Buffer.from([0x2d, 0x2d, 0x93, 0x80, 0xe4, 0x0a])],
  ['windows-1252', 'UTF-8 all the same', Buffer.from('-- ä')],
  ['ISO-8859-15', 'the euro', Buffer.from([0x2d, 0x2d, 0xa4, 0x0a])],
  ['UTF-16', 'big endian without a mark', utf16(text, true)],
  ['UTF-16', 'little endian with a mark', utf16(`\ufeff${text}`, false)],
  ['UTF-16', 'big endian with a mark', utf16(`\ufeff${text}`, true)],
  ['UTF-16LE', 'without a mark', utf16(text, false)],
  ['UTF-16BE', 'without a mark', utf16(text, true)],
  ['Shift_JIS', 'its letters', Buffer.from([0x2d, 0x2d, 0x93, 0xfa, 0x96, 0x7b, 0x0a])],
  ['windows-1251', 'its letters', Buffer.from([0x2d, 0x2d, 0xcf, 0xf0, 0xe8, 0x0a])],
  ['US-ASCII', 'plain', Buffer.from('SELECT 1;\n')],
];

for (const [encoding, what, bytes] of encodings) {
  test(`checksum in ${encoding}: ${what}`, async () => {
    const history = historyOf(new Map([['V1__x.sql', bytes]]), { encoding });
    const answer = await (await flyway13()).call('info', configOf(history));
    assert.ok('value' in answer, JSON.stringify(answer));
    assert.equal((await oursOf(history)).entries[0]?.checksum, answer.value[0]?.checksum);
  });
}
