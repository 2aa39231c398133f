import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generator } from '../../scripts/bench-project.ts';
import { compareHistory } from './support/flyway/comparison.ts';
import { sqliteDatabase } from './support/flyway/databases.ts';
import { type Flyway, startFlyway } from './support/flyway/flyway.ts';
import { type FlywayVersion, flywayVersions } from './support/flyway/install.ts';

/**
 * Real Flyway over generated histories on SQLite, in three major versions. `info`, `validate` and `migrate` are
 * compared with our states, our facts about order, and the order in which we say that migrations run. Where the
 * versions differ we follow 13:
 * - With `baselineOnMigrate`, `info` of a schema in use without a history shows what its baseline will do; 9 and 11
 *   show everything as pending, and so does
 *   `validate` of all; they migrate alike.
 * - A migration is listed before the baseline migration of its version; 9 lists it behind.
 * - Shell scripts are migrations; the community edition of 9 passes over them.
 * - Patterns that name a kind (`versioned:missing`) and a target that may be missing (`5?`) are refused by 9; its `*:pending` forgives an outdated
 *   repeatable too, and it takes no notice of `placeholderReplacement` in a script's configuration.
 */
const amount: Readonly<Record<FlywayVersion, number>> = { '13.12.0': 90, '11.20.3': 40, '9.22.3': 40 };
const factor = Number(process.env.SW_ORACLE_FACTOR ?? 1);
const first = Number(process.env.SW_ORACLE_FIRST ?? 1);
const root = mkdtempSync(join(tmpdir(), 'schemaward-flyway-'));
const running = new Map<FlywayVersion, Promise<Flyway>>();
const seen = new Set<string>();
after(async () => {
  for (const tool of running.values()) await (await tool).stop();
  rmSync(root, { recursive: true, force: true });
});

function flywayOf(version: FlywayVersion): Promise<Flyway> {
  const known = running.get(version) ?? startFlyway(version);
  running.set(version, known);
  return known;
}

for (const version of flywayVersions) {
  for (let seed = first; seed < first + amount[version] * factor; seed += 1) {
    test(`Flyway ${version}, history ${seed}`, async () => {
      const folder = join(root, `${version}-${seed}`);
      mkdirSync(folder);
      const random = generator(seed * 31 + version.length);
      await compareHistory(await flywayOf(version), seed, random, folder, sqliteDatabase(folder), seen);
    });
  }
}

test('the histories reached every state and every complaint that they can', () => {
  const states = [
    'Pending',
    'Above Target',
    'Below Baseline',
    'Ignored (Baseline)',
    'Baseline',
    'Ignored',
    'Success',
    'Outdated',
    'Superseded',
    'Missing',
    'Future',
    'Failed',
    'Failed (Missing)',
    'Failed (Future)',
    'Deleted',
    'Out of Order',
  ];
  const complaints = [
    'CHECKSUM_MISMATCH',
    'DESCRIPTION_MISMATCH',
    'APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED',
    'APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED',
    'RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED',
    'RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED',
    'OUTDATED_REPEATABLE_MIGRATION',
    'FAILED_VERSIONED_MIGRATION',
    'FAILED_REPEATABLE_MIGRATION',
    'duplicate',
    'migrated',
    'refused',
  ];
  assert.deepEqual(
    [...states, ...complaints].filter((each) => !seen.has(each)),
    [],
  );
});
