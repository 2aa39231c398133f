import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { ChangeKind } from '#core/schema/change.ts';
import { impactKinds } from '#core/sql/dialects/postgresql/impact.ts';
import { publishedHistories } from '../../scripts/oracles/histories.ts';
import { newDraw } from './catalog/generate/draw.ts';
import { ROLES } from './catalog/generate/guards.ts';
import { statement } from './catalog/generate/statement.ts';
import { type Disagreement, type Run, runHistory, shrink } from './catalog/history.ts';
import { openPublished, recognise, statementsOf } from './catalog/published.ts';
import { type PgServer, startServer } from './impact/server.ts';

/**
 * The oracle of the replay: generated histories run on native PostgreSQL and through our own reader, rules and replay,
 * and the replayed catalog must equal `pg_catalog`, column by column. What the server refuses is left out of the replay,
 * and our rules must have said so where they claim to know. `HISTORIES=2000 MAJORS=12,13 SEED=7` runs others.
 */
const MAJORS = (process.env.MAJORS ?? '10,11,12,15,18').split(',').map(Number);
const HISTORIES = Number(process.env.HISTORIES ?? 45);
const SEED = Number(process.env.SEED ?? 1);
const LENGTH = 45;

const replayed = new Set<ChangeKind>();

for (const major of MAJORS)
  describe(`PostgreSQL ${major}`, () => {
    let server: PgServer | undefined;
    after(async () => server?.stop());

    test(`${HISTORIES} histories end in the server's catalog`, async (context) => {
      server = await startServer(major);
      for (const role of ROLES) await server.client.query(`CREATE ROLE "${role}"`);
      let [statements, accepted] = [0, 0];
      const seen: Run['seen'] = (kinds, isAccepted) => {
        statements += 1;
        if (!isAccepted) return;
        accepted += 1;
        for (const kind of kinds) replayed.add(kind);
      };
      const run: Run = { major, client: server.client, every: 10, seen };
      const found = new Map<string, Disagreement>();
      for (let nth = 0; nth < HISTORIES; nth += 1) {
        const wrong = await runHistory(run, generated(SEED + nth, major));
        if (wrong !== undefined && !found.has(wrong.sort)) found.set(wrong.sort, await shrink(run, wrong));
      }
      context.diagnostic(`${statements} statements, ${accepted} of them accepted`);
      assert.ok(accepted > statements / 2, 'most statements run');
      if (found.size > 0) assert.fail([...found.values()].map(report).join('\n'));
    });
  });

for (const major of MAJORS.filter((each) => each >= 12))
  test(`published histories with holes, changed further, end in the catalog of PostgreSQL ${major}`, async (context) => {
    const server = await startServer(major);
    try {
      const counts = { statements: 0, accepted: 0 };
      const seen: Run['seen'] = (kinds, isAccepted) => {
        counts.statements += 1;
        if (!isAccepted) return;
        counts.accepted += 1;
        for (const kind of kinds) replayed.add(kind);
      };
      const run: Run = { major, client: server.client, every: 50, seen };
      const found = new Map<string, Disagreement>();
      for (const [nth, history] of PLAIN.entries()) {
        const { snapshot, project } = await recognise(history);
        const statements = statementsOf(await openPublished(history, snapshot, project.name, major));
        const wrong = await runHistory(run, holed(SEED + nth, major, statements));
        if (wrong !== undefined && !found.has(wrong.sort)) found.set(wrong.sort, wrong);
      }
      context.diagnostic(`${counts.statements} statements, ${counts.accepted} of them accepted`);
      if (found.size > 0) assert.fail([...found.values()].map(report).join('\n'));
    } finally {
      await server.stop();
    }
  });

/** Histories without placeholders and extensions: their statements run as they stand. */
const PLAIN = publishedHistories.filter(({ before }) => before.length === 0);

/** What few draws make. */
const SELDOM = [
  'CREATE VIEW seldom AS SELECT 1 AS a',
  'ALTER VIEW seldom RENAME COLUMN a TO b',
  'CREATE MATERIALIZED VIEW seldom_kept AS SELECT 1 AS a',
  'REFRESH MATERIALIZED VIEW seldom_kept',
  'CREATE TABLE seldom_made (a int, b int GENERATED ALWAYS AS (a + 1) STORED)',
  'ALTER TABLE seldom_made ALTER COLUMN b DROP EXPRESSION',
];

/** A history whose statements are left out here and there, so that others fail, and others drawn behind it. */
function holed(seed: number, major: number, statements: readonly string[]): Parameters<typeof runHistory>[1] {
  const draw = newDraw(seed);
  const kept = statements.filter(() => draw.chance(0.96));
  return (catalog, nth) =>
    kept[nth] ??
    (nth < kept.length + LENGTH
      ? statement({ draw, catalog, major, focus: 'all' })
      : SELDOM[nth - kept.length - LENGTH]);
}

const FEW = HISTORIES * MAJORS.length < 150 ? 'too few histories' : false;

test('every kind of change that shapes the catalog was replayed', { skip: FEW }, () => {
  assert.deepEqual(
    impactKinds().filter((kind) => !replayed.has(kind) && !(kind in NOT_REPLAYED)),
    [],
  );
});

/** Kinds that no history makes, and why. */
const NOT_REPLAYED: Readonly<Partial<Record<ChangeKind, string>>> = {
  RunSql: 'Not understood: it taints.',
  RenameSchema: 'It taints everything: nothing is claimed to be known.',
  WriteRows: 'Rows are not in pg_catalog.',
  SetSession: 'The search path: seen through where objects go.',
};

function generated(seed: number, major: number): Parameters<typeof runHistory>[1] {
  const draw = newDraw(seed);
  const focus = (['family', 'all', 'names'] as const)[seed % 3] ?? 'all';
  return (catalog, nth) => (nth < LENGTH ? statement({ draw, catalog, major, focus }) : undefined);
}

function report({ sort, text, statements }: Disagreement): string {
  return `${sort}\n  ${statements.join(';\n  ')};\n    ${text}\n`;
}
