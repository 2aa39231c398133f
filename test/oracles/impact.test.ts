import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, describe, test } from 'node:test';
import type { Client } from 'pg';
import type { ChangeKind } from '#core/schema/change.ts';
import { IMPACT_ROWS, type ImpactRow } from '#core/sql/dialects/postgresql/impact/rows.ts';
import { impactKinds } from '#core/sql/dialects/postgresql/impact.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';
import type { ImpactCase } from './impact/cases/case.ts';
import { IMPACT_CASES } from './impact/cases/index.ts';
import { beyond, type Facts, knownOf, measuredFacts, NOTHING, predictedFacts } from './impact/compare.ts';
import { measureInside, measureOutside, prepare } from './impact/measure.ts';
import { pageOf, type Result } from './impact/page.ts';
import { neededBy, predict } from './impact/replay.ts';
import { type PgServer, startServer } from './impact/server.ts';
import { measurePairs, type PairMeasure, setupOf, statementOf } from './impact/type-pairs.ts';

/**
 * The oracle of the impact table: every statement below runs on native PostgreSQL of every supported major, and what it
 * locks, rewrites, rebuilds and reads must be what our reader, replay and impact say. `UPDATE=1` writes the page;
 * `MAJORS=15,18` measures some only.
 */
const ALL = [10, 11, 12, 13, 14, 15, 16, 17, 18];
const MAJORS = process.env.MAJORS?.split(',').map(Number) ?? ALL;
const PART = MAJORS.length < ALL.length ? 'not every major was measured' : false;
const PAGE = new URL('../../docs/impact/postgresql.md', import.meta.url);

const results: Result[] = [];

for (const major of MAJORS)
  describe(`PostgreSQL ${major}`, () => {
    let server: PgServer | undefined;
    const started = async (): Promise<PgServer> => {
      server ??= await startServer(major);
      return server;
    };
    after(async () => server?.stop());

    test('each statement does what was predicted', async () => {
      const { client, other } = await started();
      const wrong: string[] = [];
      for (const it of IMPACT_CASES.filter((one) => runsOn(one, major))) {
        const problem = await tryCase(client, other, it, major).catch(
          (error: Error) => `${it.sql}\n    ${error.message}`,
        );
        if (problem !== undefined) wrong.push(problem);
      }
      assert.equal(wrong.join('\n'), '');
    });

    test('each type change does what was predicted', async () => {
      const { client } = await started();
      const pairs = (await measurePairs(client, major)).filter(({ rewritten }) => rewritten !== undefined);
      assert.ok(pairs.length > 1000, `${pairs.length} pairs of types were accepted`);
      assert.equal(pairs.flatMap((pair) => comparePair(pair, major)).join('\n'), '');
    });

    test('what is forbidden in a transaction block is refused there', async () => {
      const { client } = await started();
      const wrong: string[] = [];
      for (const it of IMPACT_CASES.filter((one) => runsOn(one, major) && one.outside === true))
        if (!(await isRefusedInside(client, it))) wrong.push(it.sql);
      assert.deepEqual(wrong, []);
    });
  });

test('every kind of change is measured', { skip: PART }, () => {
  const measured = new Set(results.flatMap(({ it }) => kindsOf(it)));
  assert.deepEqual(
    impactKinds().filter((kind) => !measured.has(kind) && !(kind in NOT_MEASURED)),
    [],
  );
});

test('every subcommand of ALTER TABLE is measured', async () => {
  const parser = await loadPostgresqlParser();
  const measured = new Set(IMPACT_CASES.flatMap(({ sql }) => subcommandsIn(parser.parse(sql))));
  const all = [...(await readFile(ENUMS, 'utf8')).matchAll(/"AT_(\w+)"/g)].map(([, name = '']) => name);
  assert.ok(all.length > 60);
  assert.deepEqual(
    [...new Set(all)].filter((name) => !measured.has(`AT_${name}`) && !(name in NO_SUBCOMMAND)),
    [],
  );
});

const ENUMS = new URL('../../node_modules/@pgsql/types/enums.d.ts', import.meta.url);

/** Members of AlterTableType that no statement here shows, and why. */
const NO_SUBCOMMAND: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...[
        'AddColumnToView',
        'CookedColumnDefault',
        'AddIndex',
        'ReAddIndex',
        'ReAddConstraint',
        'ReAddDomainConstraint',
      ],
      ...['AddIndexConstraint', 'ReAddComment', 'ReplaceRelOptions', 'ReAddStatistics'],
    ].map((name) => [name, 'the server makes it of others while it runs']),
  ),
  AlterColumnGenericOptions: 'of a foreign table, whose server is not here',
  GenericOptions: 'of a foreign table, whose server is not here',
  DetachPartitionFinalize: 'after a detach that was interrupted',
};

function subcommandsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'subtype' in node && typeof node.subtype === 'string' ? [node.subtype] : [];
  return [...own, ...Object.values(node).flatMap(subcommandsIn)];
}

test('every row is measured unless it says that it is not', { skip: PART }, () => {
  const measured = new Set(results.map(({ it }) => it.row));
  const rows: readonly (readonly [string, ImpactRow])[] = Object.entries(IMPACT_ROWS);
  const missing = rows.filter(([key, row]) => row.evidence === undefined && !measured.has(key));
  assert.deepEqual(missing, []);
});

test('the page shows what was measured', { skip: PART }, async () => {
  const page = pageOf(IMPACT_ROWS, results);
  if (process.env.UPDATE === '1') await writeFile(PAGE, page);
  assert.equal(await readFile(PAGE, 'utf8'), page);
});

/** Kinds that no statement of a server can show. */
const NOT_MEASURED: Readonly<Partial<Record<ChangeKind, string>>> = {
  RunSql: 'Not understood, so nothing is predicted.',
};

/** Not where its grammar is newer, nor where the case itself says so. */
function runsOn({ setup, sql, from = 0, to = 99 }: ImpactCase, major: number): boolean {
  return major >= from && major <= to && major >= neededBy(`${setup};${sql}`);
}

function kindsOf(it: ImpactCase): readonly ChangeKind[] {
  return predict(it.setup, it.sql, it.from ?? MAJORS[0] ?? 12).kinds;
}

async function tryCase(client: Client, other: Client, it: ImpactCase, major: number): Promise<string | undefined> {
  const prediction = predict(it.setup, it.sql, major);
  const known = knownOf(prediction.before);
  const predicted = predictedFacts(prediction.impacts, known, it);
  const measured = measuredFacts(await measure(client, other, it), known, it);
  results.push({ it, major, measured });
  const rows = prediction.impacts.map(({ row }) => row);
  const problems = [
    ...(rows.includes(it.row) ? [] : [`row ${rows.join()} instead of ${it.row}`]),
    ...differences(it, measured, predicted),
    ...(prediction.impacts.some(({ transaction }) => transaction === 'forbidden') === (it.outside === true)
      ? []
      : ['transaction rule']),
    ...(prediction.impacts.every(({ certain }) => certain) === (it.worst !== true) ? [] : ['certainty']),
  ];
  return problems.length === 0 ? undefined : `${it.sql}\n    ${problems.join('\n    ')}`;
}

async function measure(client: Client, other: Client, it: ImpactCase) {
  if (it.outside === true) return measureOutside(client, other, it.setup, it.sql);
  await prepare(client, it.setup);
  return measureInside(client, it.sql);
}

function differences(it: ImpactCase, measured: Facts, predicted: Facts): readonly string[] {
  const [got, expected] = it.worst === true ? [beyond(measured, predicted), NOTHING] : [measured, predicted];
  const names: readonly (keyof Facts)[] = ['locks', 'rewritten', 'rebuilt', 'scanned', 'built'];
  return names
    .filter((name) => got[name].join() !== expected[name].join())
    .map(
      (name) => `${name}: server ${measured[name].join(', ') || 'none'}; we ${predicted[name].join(', ') || 'none'}`,
    );
}

function comparePair(pair: PairMeasure, major: number): readonly string[] {
  const indexed = pair.rebuilt !== undefined;
  const { impacts } = predict(setupOf(pair.from, indexed), statementOf(pair.from, pair.to), major);
  const work = impacts.flatMap((one) => one.work);
  const rewrites = work.some(({ kind }) => kind === 'rewrite');
  const rebuilds = rewrites || work.some(({ kind }) => kind === 'index-rebuild');
  const certain = impacts.every((one) => one.certain);
  const zoned = pair.rewritten !== pair.rewrittenElsewhere;
  const problems = [
    ...(rewrites === pair.rewrittenElsewhere ? [] : [`rewrite: server ${pair.rewrittenElsewhere}, we ${rewrites}`]),
    ...(certain === !zoned ? [] : [`certain: ${certain}, though it depends on TimeZone: ${zoned}`]),
    ...(zoned || !indexed || rebuilds === pair.rebuilt ? [] : [`index: server ${pair.rebuilt}, we ${rebuilds}`]),
  ];
  return problems.map((problem) => `${pair.from} -> ${pair.to}: ${problem}`);
}

async function isRefusedInside(client: Client, it: ImpactCase): Promise<boolean> {
  await prepare(client, it.setup);
  await client.query('BEGIN');
  try {
    await client.query(it.sql);
    return false;
  } catch (error) {
    return /cannot (run|be executed) inside a transaction block/.test(String(error));
  } finally {
    await client.query('ROLLBACK');
  }
}
