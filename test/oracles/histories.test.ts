import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import pg from 'pg';
import { flyway } from '#core/migrations/tools/flyway/index.ts';
import type { CheckReport } from '#core/service.ts';
import { histories } from '../../scripts/noise/histories.ts';
import { measure, untrue } from '../../scripts/noise/measure.ts';
import { fetchHistory, type PublishedHistory, publishedHistories } from '../../scripts/oracles/histories.ts';
import { type Difference, differences, worded } from './catalog/facts.ts';
import { isAccepted } from './catalog/not-modelled.ts';
import { catalogFacts } from './catalog/ours.ts';
import { lastSchema, openPublished, type Recognised, recognise } from './catalog/published.ts';
import { serverFacts } from './catalog/theirs.ts';
import { type PgServer, startServer } from './impact/server.ts';
import type { InfoEntry } from './support/flyway/answers.ts';
import { type Flyway, type FlywayConfig, startFlyway } from './support/flyway/flyway.ts';

/**
 * Flyway histories that published packages ship, run by real Flyway on native PostgreSQL: what we recognise without
 * configuration, the order, the states, and that nothing which the server did without an error is called a failure.
 */
let server: Promise<PgServer> | undefined;
let real: Promise<Flyway> | undefined;
after(async () => {
  await (await real)?.stop();
  await (await server)?.stop();
});

async function database(history: PublishedHistory): Promise<{ client: pg.Client; config: FlywayConfig }> {
  server ??= startServer(Number(process.env.MAJORS?.split(',')[0] ?? 15));
  const { client: admin } = await server;
  const name = history.name.replaceAll('-', '_');
  await admin.query(`CREATE DATABASE ${name}`);
  const client = new pg.Client({ host: '127.0.0.1', port: admin.port, user: 'postgres', database: name });
  await client.connect();
  for (const statement of history.before) await client.query(statement);
  const url = `jdbc:postgresql://127.0.0.1:${admin.port}/${name}`;
  const folder = `${await fetchHistory(history)}/src/main/resources/${history.location}`;
  const fixed = { url, user: 'postgres', locations: `filesystem:${folder}`, 'postgresql.transactional.lock': 'false' };
  return { client, config: { ...fixed, ...history.settings } };
}

async function info(config: FlywayConfig): Promise<readonly string[]> {
  const answer = await (await flywayProcess()).call('info', config);
  if ('error' in answer) throw new Error(`${answer.error}: ${answer.message}`);
  return answer.value.map(shownByFlyway);
}

function shownByFlyway(each: InfoEntry): string {
  return [each.version ?? '', each.description, each.type, each.state, each.installedRank ?? '', each.checksum].join(
    ' | ',
  );
}

/** Migrations in Java have no file that Flyway could read here. */
function ours({ project, snapshot }: Recognised, rows: readonly Record<string, unknown>[]): readonly string[] {
  const timeline = flyway.timeline(project, snapshot.files);
  const sql = { ...timeline, migrations: timeline.migrations.filter(({ language }) => language === 'sql') };
  return flyway
    .states(project, sql, snapshot.files, flyway.historyRows(rows))
    .map(({ version, description, type, toolState, rank, checksum }) =>
      [version ?? '', description, type, toolState, rank ?? '', checksum].join(' | '),
    );
}

/** In what the replayed schema differs from the server's own; what extensions and Flyway make is of neither. */
async function apart(
  history: PublishedHistory,
  { project, snapshot }: Recognised,
  client: pg.Client,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ major: number }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS major",
  );
  const major = rows[0]?.major ?? 15;
  const catalog = lastSchema(await openPublished(history, snapshot, project.name, major));
  const isOurs = ({ fact }: Difference) => !/flyway_schema_history|^schema /.test(fact);
  return differences(await serverFacts(client, major), catalogFacts(catalog, major))
    .filter((each) => isOurs(each) && !isAccepted(each, catalog))
    .map(worded);
}

function flywayProcess(): Promise<Flyway> {
  real ??= startFlyway('13.12.0');
  return real;
}

function checkHistory({ service, snapshot }: Recognised): CheckReport {
  const steps = service.check(snapshot);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

for (const history of publishedHistories) {
  test(`${history.name}: order, states and checksums are Flyway's; what the server ran is no failure`, async () => {
    const recognised = await recognise(history);
    const { client, config } = await database(history);
    try {
      assert.deepEqual(ours(recognised, []), await info(config), 'before it has run');
      const migrated = await (await flywayProcess()).call('migrate', config);
      assert.ok('value' in migrated, JSON.stringify(migrated));
      const table = `${history.settings.schemas ?? 'public'}.flyway_schema_history`;
      const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY installed_rank`);
      assert.ok(rows.length > 2);
      assert.deepEqual(ours(recognised, rows), await info(config), 'after it has run');
      const { name } = recognised.project;
      const report = checkHistory(recognised);
      const wrong = report.findings.filter(({ rule, project }) => project === name && /^(run|order)\//.test(rule));
      assert.deepEqual(
        wrong.map(({ path, message }) => `${path}: ${message}`),
        [],
      );
      assert.deepEqual(await apart(history, recognised, client), [], 'the schema behind it');
      const unread = report.notices.filter(({ project, id }) => project === name && id === 'not-examined');
      assert.deepEqual(
        unread.map(({ message }) => message),
        history.notExamined,
      );
    } finally {
      await client.end();
    }
  });
}

/** Those whose packages take no Python to run: the rest are run by `npm run noise`, which fails for the same reason. */
for (const history of histories.filter(({ tool }) => tool === 'Liquibase' || tool === 'db-migrate')) {
  test(`${history.name}: what the server ran for ${history.tool} is no failure`, async () => {
    const { files, findings } = await measure(history);
    assert.ok(files.length > 5);
    assert.deepEqual(untrue(findings), []);
  });
}
