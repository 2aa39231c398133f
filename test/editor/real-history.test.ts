import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { fetchHistory, publishedHistories } from '../../scripts/oracles/histories.ts';
import { checksumOf } from '../../scripts/sample/history.ts';
import { type PgServer, startServer } from '../oracles/impact/server.ts';
import { runInProcess } from '../support/cli.ts';
import { open as openFolder } from '../support/workspace.ts';
import { installPackaged, type Packaged } from './support/packaged.ts';
import type { Screen } from './support/screen.ts';
import { until } from './support/until.ts';

/** The loop on a history that somebody else wrote, as its repository has it, and on a database that it has run on. */
const migration = 'V9__rename_task_input.sql';
const text = 'ALTER TABLE task RENAME COLUMN json_data TO task_data;\n';
const password = 'hunter2-is-secret';

let packaged: Packaged;
let workspace: string;
let folder: string;
let screen: Screen;
let database: PgServer | undefined;

before(async () => {
  const [conductor] = publishedHistories;
  assert.equal(conductor?.name, 'conductor');
  packaged = await installPackaged({ workspaceTrust: false, settings: { 'schemaward.trace.server': 'verbose' } });
  workspace = join(packaged.folder, 'conductor');
  cpSync(await fetchHistory(conductor), workspace, { recursive: true });
  const repository = openFolder(workspace, {});
  repository.commitAll();
  repository.git('checkout', '--quiet', '-b', 'rename');
  folder = join('src/main/resources', conductor.location);
  repository.write(join(folder, migration), text);
  // Everything that can be logged is logged.
  screen = await packaged.open(workspace, { logLevel: 'trace' });
});

after(async () => {
  await packaged?.stop();
  await database?.stop();
});

afterEach(async (context) => {
  if ('passed' in context && !context.passed) await screen.shot(`failed ${context.name.slice(0, 40)}`);
});

const released = () =>
  readdirSync(join(workspace, folder))
    .filter((name) => name !== migration)
    .sort();

test('recognised without configuration: the new migration is pending, the rest stands on the base branch', async () => {
  await screen.open(migration);
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-error');
  await screen.tree();
  await screen.row('On the base branch').first().waitFor();
  await screen.expand('On the base branch');
  const rows = await until('every migration', screen.rows, (found) => found.length === released().length + 3);
  assert.deepEqual(rows.map(({ spoken }) => spoken).slice(0, 3), [
    'Pending, 1, 1 with problems',
    '9  rename task input, pending, has errors',
    `On the base branch, ${released().length}`,
  ]);
  await screen.shot('history-tree');
});

test("the rename is offered as a plan in the project's own names, and nothing is written before it is applied", async () => {
  await screen.open(migration);
  await screen.cursor(1, text.indexOf('RENAME') + 3);
  const titles = await screen.lightbulb();
  assert.equal(titles[0], 'Split into expand + contract: keep json_data, add task_data');
  await screen.shot('history-lightbulb');
  await screen.choose('Split into expand + contract');
  const panel = screen.page.locator('.bulk-edit-panel');
  await panel
    .locator('.monaco-list-row', { hasText: /V10__json_data_backfill\.sql/ })
    .first()
    .waitFor();
  await screen.shot('history-preview');
  await panel.locator('.buttons .monaco-button', { hasText: 'Discard' }).click();
  assert.equal(readFileSync(join(workspace, folder, migration), 'utf8'), text);
});

test('Check History: the findings of frozen files are those of `check --all`', async () => {
  const { out } = await runInProcess(workspace, ['check', '--all', '--format', 'json']);
  const { findings } = JSON.parse(out) as {
    readonly findings: readonly { readonly path: string; readonly message: string }[];
  };
  assert.ok(new Set(findings.map(({ path }) => path)).size > 3, 'several files have findings');
  await screen.run('Schemaward: Check History');
  const count = screen.page.locator('.panel .action-item', { hasText: 'Problems' }).locator('.badge-content');
  const shown = (wanted: number) =>
    until(
      'the count',
      () => count.textContent(),
      (text) => Number(text) === wanted,
    );
  await shown(findings.length);
  await screen.shot('history-checked');
  await screen.run('Schemaward: Stop Checking History');
  await shown(1);
});

test('Connect: a typed URL and a password; the history in PostgreSQL is shown, and no file has the secret', async () => {
  database = await startServer(17);
  await runHistory(database);
  await screen.run('Schemaward: Connect to a Database');
  await screen.pick('Another database');
  await screen.answer(`postgresql://deployer@127.0.0.1:${database.port}/postgres`);
  assert.match(await screen.dialog('Connect'), /Connect to postgresql:\/\/deployer@127\.0\.0\.1:\d+\/postgres\?/);
  await screen.page.waitForSelector('.quick-input-title >> text=Password for');
  await screen.shot('history-password');
  await screen.answer('not the password');
  await screen.page.waitForSelector('.quick-input-widget >> text=refused the password');
  await screen.answer(password);
  await screen.expand('Applied');
  const rows = await until('what is applied', screen.rows, (found) => found.length === released().length + 3);
  assert.deepEqual(rows.map(({ label }) => label).slice(0, 4), [
    'Pending',
    '9  rename task input',
    'Applied',
    '8  indexing',
  ]);
  assert.match(rows[3]?.spoken ?? '', /applied, 2026-01-08 \d\d:00 by deployer, 80 ms/);
  await screen.shot('history-connected');
  const kept = readdirSync(packaged.server.data, { recursive: true, encoding: 'utf8' })
    .map((name) => join(packaged.server.data, name))
    .filter((name) => statSync(name).isFile());
  assert.ok(
    kept.some((name) => name.endsWith('Schemaward.log') && readFileSync(name, 'utf8').includes("'schemaward/connect ")),
  );
  assert.deepEqual(
    kept.filter((name) => readFileSync(name, 'utf8').includes(password)),
    [],
  );
});

test('an edited migration is compared with what ran, by the button of its row', async () => {
  const edited = 'V8__indexing.sql';
  const before = readFileSync(join(workspace, folder, edited), 'utf8');
  writeFileSync(join(workspace, folder, edited), `${before}-- edited\n`);
  await screen.row('Changed after apply').first().waitFor();
  const row = screen.row('8  indexing').first();
  await row.hover();
  await row.locator('.action-label[aria-label*="Compare"]').click();
  await screen.page.waitForSelector('.monaco-diff-editor .modified .view-line >> text=edited');
  await screen.page.waitForSelector('.tab.active >> text=as applied');
  await screen.shot('history-compared');
  writeFileSync(join(workspace, folder, edited), before);
  await screen.row('Changed after apply').first().waitFor({ state: 'detached' });
});

test('a second database: states stand side by side, each under its own row', async () => {
  const migrations = released()
    .slice(0, -1)
    .map((script, index) => ({
      id: script,
      version: String(index + 1),
      description: script.replace(/^V\d+__|\.sql$/g, '').replaceAll('_', ' '),
      states: {
        staging: {
          state: 'applied',
          type: 'SQL',
          checksum: checksumOf(readFileSync(join(workspace, folder, script), 'utf8')),
          rank: index + 1,
          installedOn: '2026-01-01T08:00:00Z',
        },
      },
    }));
  const targets = [{ name: 'staging', kind: 'database' }];
  const projects = [{ name: 'conductor', tool: 'flyway', targets, migrations }];
  writeFileSync(join(workspace, 'staging.json'), JSON.stringify({ schemaVersion: 1, projects }));
  writeFileSync(
    join(workspace, 'schemaward.yaml'),
    'targets: { staging: { from: staging.json, role: staging, project: conductor } }\n',
  );
  await screen.row('staging').first().waitFor();
  const groups = await until(
    'both',
    async () =>
      (await screen.rows()).filter(({ level }) => level <= 2).map(({ spoken }) => spoken.replace(/as of.*/, 'as of')),
    (rows) => rows.length === 6,
  );
  assert.deepEqual(groups, [
    'database, as of',
    'Pending, 1, 1 with problems',
    'Applied, 8',
    'staging, as of',
    'Pending, 2, 1 with problems',
    'Applied, 7',
  ]);
  await screen.shot('history-two-databases');
});

test('the language status says what was guessed; Change has the person say it', async () => {
  await screen.open(migration);
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-error');
  const status = screen.page.locator('.statusbar-item[id="status.languageStatus"]');
  await status.hover();
  const entry = screen.page.locator('.hover-language-status .element', { hasText: 'PostgreSQL (guessed)' });
  await entry.waitFor();
  assert.match((await entry.textContent()) ?? '', /Flyway version 9, in one transaction, /);
  await screen.shot('history-language-status');
  await entry.getByText('Change').click();
  await screen.pick('mysql');
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-error', { state: 'detached' });
  await status.hover();
  await screen.page.locator('.hover-language-status .element', { hasText: 'MySQL' }).waitFor();
  assert.match(readFileSync(join(workspace, '.vscode/settings.json'), 'utf8'), /"schemaward\.dialect": "mysql"/);
});

/** Runs all that is released, as Flyway would have, and lets the role in only by its password. */
async function runHistory({ client }: PgServer): Promise<void> {
  await client.query(`CREATE TABLE flyway_schema_history (
    installed_rank int PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL, type varchar(20) NOT NULL,
    script varchar(1000) NOT NULL, checksum int, installed_by varchar(100) NOT NULL,
    installed_on timestamp NOT NULL DEFAULT now(), execution_time int NOT NULL, success boolean NOT NULL)`);
  for (const [index, script] of released().entries()) {
    const content = readFileSync(join(workspace, folder, script), 'utf8');
    await client.query(content);
    const [, version, description = ''] = /^V(\d+)__(.*)\.sql$/.exec(script) ?? [];
    await client.query(
      `INSERT INTO flyway_schema_history VALUES ($1, $2, $3, 'SQL', $4, $5, 'deployer', $6, $7, true)`,
      [
        index + 1,
        version,
        description.replaceAll('_', ' '),
        script,
        checksumOf(content),
        `2026-01-0${index + 1} 08:00:00`,
        (index + 1) * 10,
      ],
    );
  }
  await client.query(`CREATE ROLE deployer LOGIN PASSWORD '${password}'`);
  await client.query('GRANT SELECT ON flyway_schema_history TO deployer');
  const { rows } = await client.query<{ readonly hba_file: string }>('SHOW hba_file');
  const [{ hba_file: hba } = { hba_file: '' }] = rows;
  writeFileSync(hba, `host all deployer 127.0.0.1/32 scram-sha-256\n${readFileSync(hba, 'utf8')}`);
  await client.query('SELECT pg_reload_conf()');
}
