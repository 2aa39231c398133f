import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { checksumOf } from '../../../scripts/sample/history.ts';
import type { Row } from '../support/editor.ts';
import { project, type Suite } from '../support/suite.ts';

const text = (n: number) => `CREATE TABLE t${n} (id bigint PRIMARY KEY, a text);\n`;

interface Ran {
  readonly rank: number;
  readonly version: string | null;
  readonly script: string;
  readonly checksum: number | null;
  readonly success: boolean;
  readonly took: number;
}

const ran = (rank: number, version: string | null, script: string, checksum: number | null, success = true): Ran => ({
  rank,
  version,
  script,
  checksum,
  success,
  took: rank * 700,
});

/** Every group of the tree at once: 2 edited after it ran, 4 after 5, 6 without a file, 7 failed. */
const history: readonly Ran[] = [
  ran(1, '1', 'V1__one.sql', checksumOf(text(1))),
  ran(2, '2', 'V2__two.sql', checksumOf(text(99))),
  ran(3, '3', 'V3__three.sql', checksumOf(text(3))),
  ran(4, '5', 'V5__five.sql', checksumOf(text(5))),
  ran(5, '4', 'V4__four.sql', checksumOf(text(4))),
  ran(6, '6', 'V6__six.sql', checksumOf(text(6))),
  ran(7, null, 'R__views.sql', checksumOf('CREATE OR REPLACE VIEW v AS SELECT 1;\n')),
  ran(8, '7', 'V7__seven.sql', checksumOf(text(7)), false),
];

const files = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 7].map((n) => [`V${n}__${names(n)}.sql`, text(n)])),
  'R__views.sql': 'CREATE OR REPLACE VIEW v AS SELECT 1;\n',
};

function names(n: number): string {
  return ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'][n] ?? '';
}

/** What `schemaward status --format json` writes where the database can be reached. */
function statusFile(name: string): string {
  const migrations = history.map((row) => ({
    id: row.script,
    version: row.version ?? undefined,
    description: row.script.replace(/^(V\d+|R)__|\.sql$/g, ''),
    states: {
      production: {
        state: row.success ? 'applied' : 'failed',
        type: 'SQL',
        checksum: row.checksum ?? undefined,
        installedOn: `2026-03-0${row.rank}T08:00:00Z`,
        installedBy: 'deployer',
        executionTime: row.took,
        rank: row.rank,
      },
    },
  }));
  const targets = [{ name: 'production', kind: 'database' }];
  return JSON.stringify({ schemaVersion: 1, projects: [{ name, tool: 'flyway', targets, migrations }] });
}

const labels = (rows: readonly Row[]) => rows.map(({ label, description }) => `${label}: ${description}`);
const below = (rows: readonly Row[], label: string) => rows.find((row) => row.label === label)?.children ?? [];

export const tree: Suite = {
  name: 'tree',
  released: {
    ...project('tree', files),
    ...project('lite', files, '\n[environments.default]\nurl = "jdbc:sqlite:lite.db"\n'),
    ...project('plain', { 'V1__one.sql': text(1) }),
  },
  pending: {
    'tree/db/V8__eight.sql': text(8),
    'tree/db/V9__nine.sql': 'ALTER TABLE t1 DROP COLUMN a;\n',
    'plain/db/V2__two.sql': 'ALTER TABLE t1 DROP COLUMN a;\n',
    'ops/tree.json': statusFile('tree'),
  },
  tests(open) {
    test('without a database: what is new is pending, the rest is on the base branch', async () => {
      const { editor } = open();
      const rows = await editor.treeWhen('pending and released', 'plain', (found) => found.length === 2);
      assert.deepEqual(labels(rows), ['Pending: 1, 1 with problems', 'On the base branch: 1']);
      const [entry] = below(rows, 'Pending');
      assert.equal(entry?.label, '2  two');
      assert.equal(entry.description, 'has errors');
      assert.equal(entry.icon, 'error');
      assert.equal(entry.spoken, '2  two, pending, has errors');
      assert.equal(entry.command, 'vscode.open');
    });

    test('from a file: every group with its count, its words, its icon and its tooltip', async () => {
      const { editor } = open();
      editor.write(
        'schemaward.yaml',
        'version: 1\ntargets:\n  production: { from: ops/tree.json, role: production, project: tree }\n  staging: { from: ops/commands.json, project: commands }\n',
      );
      const rows = await editor.treeWhen('the history', 'tree', (found) => found.length === 7);
      assert.deepEqual(labels(rows), [
        'Pending: 2, 1 with problems',
        'Out of order: 1',
        'Failed: 1, 1 with problems',
        'Missing: 1',
        'Changed after apply: 1, 1 with problems',
        'Repeatable: 1',
        'Applied: 3',
      ]);
      assert.deepEqual(labels(below(rows, 'Pending')), ['8  eight: ', '9  nine: has errors']);
      assert.match(
        labels(below(rows, 'Out of order')).join(),
        /^4 {2}four: ran out of order, 2026-03-05 08:00 by deployer, 3.5 s$/,
      );
      assert.match(
        labels(below(rows, 'Failed')).join(),
        /^7 {2}seven: failed, has errors, 2026-03-08 08:00 by deployer, 5.6 s$/,
      );
      assert.match(labels(below(rows, 'Missing')).join(), /^6 {2}six: applied, file is missing, /);
      assert.match(labels(below(rows, 'Changed after apply')).join(), /^2 {2}two: file differs from what ran, /);
      assert.deepEqual(
        below(rows, 'Applied').map(({ label }) => label),
        ['5  five', '3  three', '1  one'],
        'what ran last comes first',
      );
      const icons = ['Pending', 'Out of order', 'Failed', 'Missing', 'Changed after apply', 'Applied'];
      assert.deepEqual(
        icons.map((label) => below(rows, label)[0]?.icon),
        ['circle-outline', 'warning', 'error', 'question', 'error', 'pass'],
      );
      assert.match(
        below(rows, 'Failed')[0]?.tooltip ?? '',
        /V7\\_\\_seven[\s\S]*production: Failed, SQL, rank 8[\s\S]*by deployer, took 5\.6 s[\s\S]*Has errors/,
      );
      assert.equal(below(rows, 'Missing')[0]?.command, '', 'there is no file to open');
    });

    test('the findings follow the history: an edited applied file is an error, and applied ones are frozen', async () => {
      const { editor } = open();
      await editor.problemsAre('tree/db/V2__two.sql', ['order/changed-after-apply']);
      await editor.problemsAre('tree/db/V8__eight.sql', []);
    });

    test('SQLite: connected to only when asked, then read; what it holds is shown', async () => {
      const { editor } = open();
      makeSqlite(editor.path('lite/lite.db'));
      const before = await editor.tree('lite');
      assert.deepEqual(labels(before), ['Repeatable: 1', 'On the base branch: 6']);
      const answer = await editor.evaluate(async (vscode) => {
        const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
        return api.client.protocol().sendRequest('schemaward/connect', { project: 'lite', target: 'default' });
      });
      assert.deepEqual(answer, { kind: 'connected' });
      const rows = await editor.treeWhen('the history in SQLite', 'lite', (found) => found.length > 3);
      assert.deepEqual(labels(rows).slice(0, 3), ['Out of order: 1', 'Failed: 1, 1 with problems', 'Missing: 1']);
    });

    test('a database that is gone is one node with Retry, and the rest goes on', async () => {
      const { editor } = open();
      editor.remove('lite/lite.db');
      await editor.command('schemaward.refresh');
      const rows = await editor.treeWhen('a problem', 'lite', (found) => found[0]?.contextValue === 'problem+retry');
      assert.equal(rows[0]?.command, 'schemaward.refresh');
      assert.equal(rows[0].label, 'default: not reachable');
      assert.match(rows[0].description, /^Retry: .*lite\.db/);
      assert.deepEqual(
        labels(rows.slice(1)),
        ['Repeatable: 1', 'On the base branch: 6'],
        'git goes on saying what it knows',
      );
      makeSqlite(editor.path('lite/lite.db'));
      await editor.command('schemaward.refresh');
      await editor.treeWhen('the history again', 'lite', (found) => found.some(({ label }) => label === 'Failed'));
    });

    test('the badge counts pending migrations that have problems', async () => {
      const { editor } = open();
      const badge = await editor.evaluate(async (vscode) => {
        const api = await vscode.extensions.getExtension('schemaward.schemaward')?.activate();
        return { value: api.tree.view.badge?.value as number, tooltip: String(api.tree.view.badge?.tooltip) };
      });
      assert.ok(badge.value >= 2);
      assert.match(badge.tooltip, /^\d+ pending migrations have problems$/);
    });
  },
};

function makeSqlite(path: string): void {
  const db = new DatabaseSync(path);
  db.exec(`CREATE TABLE flyway_schema_history (installed_rank INT PRIMARY KEY, version TEXT, description TEXT NOT NULL,
    type TEXT NOT NULL, script TEXT NOT NULL, checksum INT, installed_by TEXT NOT NULL, installed_on TEXT NOT NULL,
    execution_time INT NOT NULL, success BOOLEAN NOT NULL)`);
  const insert = db.prepare('INSERT INTO flyway_schema_history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { rank, version, script, checksum, success, took } of history) {
    const description = script.replace(/^(V\d+|R)__|\.sql$/g, '');
    const on = `2026-03-0${rank} 08:00:00`;
    insert.run(rank, version, description, 'SQL', script, checksum, 'deployer', on, took, success ? 1 : 0);
  }
  db.close();
}
