import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { flyway } from '#core/migrations/tools/flyway/index.ts';
import type { BaseSnapshot } from '#core/model/migration.ts';
import type { FileContent } from '#core/model/text.ts';
import { generator } from '../../scripts/bench-project.ts';
import { type Flyway, startFlyway } from './support/flyway/flyway.ts';

/** Real Flyway over generated histories on SQLite: the states that it lists are the states that we say. */
const histories = Number(process.env.SW_ORACLE_HISTORIES ?? 120);
const root = mkdtempSync(join(tmpdir(), 'schemaward-flyway-'));
let real: Promise<Flyway> | undefined;
after(async () => {
  await (await real)?.stop();
  rmSync(root, { recursive: true, force: true });
});

type Settings = Readonly<Record<string, string>>;

interface History {
  readonly folder: string;
  readonly settings: Settings;
}

const noBase: BaseSnapshot = { problem: 'no-git', mergeBase: new Set(), tip: new Set(), changed: new Map() };

function filesOf({ folder, settings }: History, names: ReadonlyMap<string, string>): ReadonlyMap<string, FileContent> {
  const files = new Map<string, FileContent>();
  const put = (path: string, text: string) => files.set(path, { path, text });
  for (const [name, text] of names) put(`${folder}/sql/${name}`, text);
  const lines = Object.entries(settings).map(([key, value]) => `flyway.${key}=${value}`);
  put(`${folder}/flyway.conf`, ['flyway.locations=filesystem:sql', ...lines].join('\n'));
  return files;
}

/** Version, description, type, state, rank and checksum, in the order of the list. */
function ours(history: History, names: ReadonlyMap<string, string>): string[] {
  const files = filesOf(history, names);
  const project = flyway.configure({ root: history.folder, locations: ['sql'] }, files);
  const timeline = flyway.timeline(project, files);
  const entries = flyway.states(project, timeline, files, flyway.historyRows(rowsOf(history)));
  return entries.map(({ version, description, type, toolState, rank, checksum }) =>
    [version ?? '', description, type, toolState, rank ?? '', checksum ?? ''].join(' | '),
  );
}

function rowsOf({ folder }: History): Record<string, unknown>[] {
  const db = new DatabaseSync(join(folder, 'db.sqlite'));
  try {
    return db.prepare('SELECT * FROM flyway_schema_history ORDER BY installed_rank').all() as Record<string, unknown>[];
  } catch {
    return [];
  } finally {
    db.close();
  }
}

function hasDuplicate(history: History, names: ReadonlyMap<string, string>): boolean {
  const files = filesOf(history, names);
  const project = flyway.configure({ root: history.folder, locations: ['sql'] }, files);
  return flyway
    .orderFacts(project, flyway.timeline(project, files), files, noBase, undefined, '2026-11-24')
    .some(({ kind }) => kind === 'duplicate');
}

async function compare(
  tool: Flyway,
  history: History,
  names: ReadonlyMap<string, string>,
  seed: string,
): Promise<void> {
  const answer = await tool.call('info', configOf(history));
  if ('error' in answer) {
    assert.equal(
      /Found more than one/.test(answer.message ?? ''),
      hasDuplicate(history, names),
      `${seed}: ${answer.message}`,
    );
    return;
  }
  // Between two of one version a baseline of that version hides them from Flyway's comparison of neighbours; we say it.
  const hidden = [...names.keys()].some((name) => name.startsWith('B'));
  const duplicate = hasDuplicate(history, names);
  if (duplicate && hidden) return;
  assert.equal(duplicate, false, `${seed}: we say duplicate, Flyway does not: ${[...names.keys()].join(' ')}`);
  const theirs = answer.value.map((each) =>
    [each.version ?? '', each.description, each.type, each.state, each.installedRank ?? '', each.checksum ?? ''].join(
      ' | ',
    ),
  );
  assert.deepEqual(
    ours(history, names),
    theirs,
    `${seed}\n${[...names.keys()].join(' ')}\n${JSON.stringify(history.settings)}`,
  );
}

function configOf({ folder, settings }: History): Record<string, string> {
  return { url: `jdbc:sqlite:${join(folder, 'db.sqlite')}`, locations: `filesystem:${folder}/sql`, ...settings };
}

const versions = ['1', '2', '2.1', '3', '04', '5', '6.0', '7', '10', '11', '2_2', '1.0', '20240101'];
const odd = [
  'V1_add.sql',
  'v3__lower.sql',
  'V__none.sql',
  'V1.__x.sql',
  'V-5__x.sql',
  'README.sql',
  'R.sql',
  'R1__x.sql',
  'beforeMigrate.sql',
  'U2__undo.sql',
  'V3a__x.sql',
  'V12.sql',
  'V13__.sql',
];

function addSome(names: Map<string, string>, random: () => number, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const roll = random();
    const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
    const text = `SELECT ${Math.floor(random() * 1000)};\n`;
    if (roll < 0.7) names.set(`V${pick(versions)}__${pick(['a', 'b_c', 'd'])}.sql`, text);
    else if (roll < 0.85) names.set(`R__${pick(['view', 'fn', 'a_b'])}.sql`, text);
    else if (roll < 0.9) names.set(`B${pick(versions)}__base.sql`, text);
    else names.set(pick(odd), text);
  }
}

function settingsOf(random: () => number): Settings {
  return {
    ...(random() < 0.3 ? { outOfOrder: 'true' } : {}),
    ...(random() < 0.2 ? { target: ['3', 'latest', 'current', '5?'][Math.floor(random() * 4)] ?? 'latest' } : {}),
    ...(random() < 0.3 ? { validateOnMigrate: 'false' } : {}),
    ...(random() < 0.3 ? { baselineVersion: '2' } : {}),
  };
}

for (let seed = 1; seed <= histories; seed += 1) {
  test(`history ${seed}`, async () => {
    real ??= startFlyway('13.12.0');
    const tool = await real;
    const random = generator(seed);
    const folder = join(root, `h${seed}`);
    mkdirSync(join(folder, 'sql'), { recursive: true });
    const history: History = { folder, settings: settingsOf(random) };
    const names = new Map<string, string>();
    const sync = () => {
      rmSync(join(folder, 'sql'), { recursive: true });
      mkdirSync(join(folder, 'sql'));
      for (const [name, text] of names) writeFileSync(join(folder, 'sql', name), text);
    };
    addSome(names, random, 4);
    for (let step = 0; step < 6; step += 1) {
      sync();
      await compare(tool, history, names, `seed ${seed}, step ${step}`);
      const roll = random();
      if (roll < 0.5) await tool.call('migrate', configOf(history));
      else if (roll < 0.6) await tool.call('repair', configOf(history));
      else if (roll < 0.65) await tool.call('baseline', configOf(history));
      await compare(tool, history, names, `seed ${seed}, step ${step}, after`);
      const [first] = [...names.keys()].sort(() => random() - 0.5);
      if (first !== undefined && random() < 0.3) names.delete(first);
      else if (first !== undefined && random() < 0.4) names.set(first, `SELECT ${Math.floor(random() * 1000)}, 2;\n`);
      addSome(names, random, Math.floor(random() * 3));
    }
    assert.ok(readFileSync(join(folder, 'db.sqlite')).length >= 0);
  });
}
