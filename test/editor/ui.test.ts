import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startSampleDatabase } from '../../scripts/sample/database.ts';
import { makeSample, type Sample } from '../../scripts/sample/workspace.ts';
import { freePort } from '../../scripts/vscode/port.ts';
import { startVsCodeServer, type VsCodeServer } from '../../scripts/vscode/server.ts';
import { launchBrowser } from './support/browser.ts';
import { type Screen, screenOf } from './support/screen.ts';
import { until } from './support/until.ts';

/** The packaged extension in real VS Code, driven as a person would; the tests are one visit and follow each other. */
const root = join(import.meta.dirname, '../..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'schemaward-ui-')));
const workspace = join(folder, 'shop');
const migrations = join(workspace, 'services/orders/src/main/resources/db/migration');

let server: VsCodeServer;
let browser: Browser;
let screen: Screen;
let sample: Sample;
let database: Awaited<ReturnType<typeof startSampleDatabase>> | undefined;

before(async () => {
  const vsix = join(folder, 'schemaward.vsix');
  const packed = spawnSync(process.execPath, ['scripts/package.ts', vsix], { cwd: root, encoding: 'utf8' });
  assert.equal(packed.status, 0, packed.stderr);
  sample = makeSample(workspace);
  const port = await freePort();
  for (const name of ['services/orders/src/main/resources/application.yml', 'services/billing/flyway.toml']) {
    const file = join(workspace, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('5433', String(port)));
  }
  database = await startSampleDatabase(sample, port);
  mkdirSync(join(workspace, '.vscode'));
  // What an untrusted workspace must not be able to say.
  writeFileSync(join(workspace, '.vscode/settings.json'), '{ "schemaward.dialect": "mysql" }');
  server = await startVsCodeServer({
    vsix,
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'always' },
    log: (line) => console.log(line),
  });
  browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  screen = screenOf(page);
  await page.goto(server.window(workspace));
  await page.waitForSelector('.monaco-workbench');
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const labels = async () => (await screen.rows()).map(({ label }) => label);
const made = (part: string) => readdirSync(migrations).filter((name) => name.includes(part));

test('Restricted Mode: migrations are checked; git is not run, nothing connects, and the workspace cannot say which database', async () => {
  await screen.dialog('No, I');
  await screen.page.waitForSelector('.statusbar-item[id="status.workspaceTrust"]');
  await screen.open('V023__order_total_precision.sql');
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-warning');
  await screen.tree();
  await screen.row('not trusted, so git is not asked').first().waitFor();
  await screen.shot('restricted');
  await screen.run('Schemaward: Connect to a Database');
  await screen.toast('Trust this workspace first');
  await screen.run('Notifications: Clear All Notifications');
});

test('the trust editor names what is restricted; trusting brings git', async () => {
  await screen.run('Workspaces: Manage Workspace Trust');
  await screen.page.waitForSelector('.workspace-trust-editor');
  await screen.shot('trust-editor');
  await screen.page
    .locator('.workspace-trust-editor .workspace-trust-buttons-row .monaco-button', { hasText: 'Trust' })
    .first()
    .click();
  rmSync(join(workspace, '.vscode'), { recursive: true });
  await screen.tree();
  await screen.row('On the base branch').first().waitFor();
  await screen.shot('tree-git');
});

test('a squiggle, and the tree with both projects, spoken in full', async () => {
  await screen.open('V023__order_total_precision.sql');
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-warning');
  await screen.tree();
  const shown = await labels();
  assert.ok(shown.includes('orders') && shown.includes('billing'), shown.join(', '));
  const entry = (await screen.rows()).find(({ label }) => label.startsWith('021'));
  assert.match(entry?.spoken ?? '', /^021 {2}.*, pending, has errors/);
  await screen.shot('tree');
});

test('the hover says which lock, who waits, and for how long', async () => {
  await screen.page
    .locator('.editor-group-container.active .view-line')
    .first()
    .hover({ position: { x: 60, y: 8 } });
  await screen.page.waitForSelector('.monaco-hover-content >> text=ACCESS EXCLUSIVE');
  await screen.shot('hover');
});

test('the lightbulb is short; the plan opens the preview with the contract unticked, which is said and stays owed', async () => {
  await screen.open('V021__rename_customer_email.sql');
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-error');
  await screen.cursor(1, 31);
  const titles = await screen.lightbulb();
  assert.ok(titles.length <= 5, titles.join(' | '));
  await screen.shot('lightbulb');
  await screen.choose('Split into expand + contract');
  const panel = screen.page.locator('.bulk-edit-panel');
  await panel.locator('.monaco-list-row').first().waitFor();
  await screen.shot('refactor-preview');
  await panel.locator('.monaco-list-row', { hasText: 'contract-1.sql' }).first().click();
  await screen.page.waitForTimeout(2500);
  await screen.shot('refactor-preview-file');
  await panel.locator('.buttons .monaco-button', { hasText: 'Apply' }).click();
  await until(
    'the backfill',
    async () => made('email_backfill.sql'),
    (found) => found.length > 0,
  );
  const said = await screen.toast('Not created and still owed');
  assert.match(said, /contract-1\.sql/);
  await screen.shot('left-owed');
  assert.equal(
    existsSync(join(workspace, 'services/orders/evolutions')) &&
      readdirSync(join(workspace, 'services/orders/evolutions'), { recursive: true }).some((name) =>
        String(name).endsWith('contract-1.sql'),
      ),
    false,
  );
});

test('one undo takes all of it back', async () => {
  await screen.run('Notifications: Clear All Notifications');
  await screen.open('V021__rename_customer_email.sql');
  await screen.page.keyboard.press('Control+Z');
  await screen.shot('undo');
  await until(
    'no backfill',
    async () => made('email_backfill'),
    (found) => found.length === 0,
  );
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-error');
});

test('Connect: asked once, read-only, and the tree has what is applied', async () => {
  await screen.run('Schemaward: Connect to a Database');
  await screen.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await screen.shot('connect-choices');
  await screen.pick('orders');
  await screen.page.waitForSelector('.monaco-dialog-box');
  await screen.shot('connect-consent');
  const asked = await screen.dialog('Connect');
  assert.match(asked, /Connect to postgresql:\/\/postgres@localhost:\d+\/shop\?/);
  assert.match(asked, /read-only/);
  await screen.tree();
  await screen.expand('Applied');
  await screen.row(`${sample.manifest.applied.orders}  `).first().waitFor();
  const last = (await screen.rows()).find(({ label }) => label.startsWith(`${sample.manifest.applied.orders}  `));
  assert.match(last?.spoken ?? '', /by deployer/);
  await screen.shot('connected');
});

test('a database that goes away is one row with Retry; the rest goes on', async () => {
  await database?.stop();
  database = undefined;
  await screen.run('Schemaward: Refresh');
  await screen.page.locator('.part.sidebar .monaco-list-row', { hasText: 'Retry' }).first().waitFor();
  const down = (await screen.rows()).filter(({ spoken }) => spoken.endsWith('Retry'));
  assert.equal(down.length, 1);
  await screen.row('On the base branch').nth(1).waitFor();
  await screen.shot('database-down');
});
