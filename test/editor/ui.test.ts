import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startSampleDatabase } from '../../scripts/sample/database.ts';
import { makeSample, type Sample } from '../../scripts/sample/workspace.ts';
import { freePort } from '../../scripts/vscode/port.ts';
import { installPackaged, type Packaged } from './support/packaged.ts';
import type { Screen } from './support/screen.ts';
import { until } from './support/until.ts';

/** The packaged extension in real VS Code, driven as a person would; the tests are one visit and follow each other. */
let packaged: Packaged;
let workspace: string;
let migrations: string;
let screen: Screen;
let sample: Sample;
let database: Awaited<ReturnType<typeof startSampleDatabase>> | undefined;

before(async () => {
  packaged = await installPackaged({
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'always' },
  });
  workspace = join(packaged.folder, 'shop');
  migrations = join(workspace, 'services/orders/src/main/resources/db/migration');
  sample = makeSample(workspace, await freePort());
  database = await startSampleDatabase(sample);
  mkdirSync(join(workspace, '.vscode'));
  // What an untrusted workspace must not be able to say.
  writeFileSync(join(workspace, '.vscode/settings.json'), '{ "schemaward.dialect": "mysql" }');
  screen = await packaged.open(workspace);
});

after(async () => {
  await packaged?.stop();
  await database?.stop();
});

afterEach(async (context) => {
  if ('passed' in context && !context.passed) await screen.shot(`failed ${context.name.slice(0, 40)}`);
  const errors = await screen.page
    .locator('.notifications-toasts .notification-list-item:has(.codicon-error)')
    .allTextContents();
  assert.deepEqual(errors, [], 'nothing of ours is told by an error notification');
});

let hasFailed = false;
afterEach((context) => {
  hasFailed ||= 'passed' in context && !context.passed;
});
beforeEach(async () => {
  if (!hasFailed) return;
  hasFailed = false;
  await screen.calm();
  const isFiltered = (await screen.page.locator('.part.sidebar >> text=Only what matches').count()) > 0;
  if (isFiltered) await screen.run('Schemaward: Show All Migrations');
});

const labels = async () => (await screen.rows()).map(({ label }) => label);
const made = (part: string) => readdirSync(migrations).filter((name) => name.includes(part));

test('Restricted Mode: migrations are checked; git is not run, nothing connects, and the workspace cannot say which database', async () => {
  await screen.dialog('No, I');
  await screen.page.waitForSelector('.statusbar-item[id="status.workspaceTrust"]');
  await screen.open('V023__order_total_precision.sql');
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-warning');
  await screen.tree();
  await screen.row('Base branch not known').first().waitFor();
  await screen.row('No baseline').first().waitFor();
  const said = (await screen.rows()).filter(({ label }) => label === 'No baseline');
  assert.equal(said.length, 1, 'once for all formats of the folder');
  assert.match(said[0]?.spoken ?? '', /the workspace is not trusted, so git is not asked/);
  await screen.shot('restricted');
  await screen.view('Contracts', false);
  await screen.run('Schemaward: Connect to a Database');
  await screen.toast('Trust this workspace first');
  await screen.run('Notifications: Clear All Notifications');
});

test('the trust editor names what is restricted; trusting brings git', async () => {
  await screen.run('Workspaces: Manage Workspace Trust');
  await screen.page.waitForSelector('.workspace-trust-editor >> text=workspace settings are not applied');
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

test('contracts below the migrations: the verdicts, the old text beside the new one, another baseline in one pick', async () => {
  await screen.view('Migrations', false);
  await screen.view('Contracts', true);
  await screen.expand('proto/orders');
  await screen.row('Order.note').click();
  await screen.page.waitForSelector('.editor-group-container.active .monaco-editor[data-uri$="/order.proto"]');
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-error');
  const spoken = (await screen.rows()).map((each) => each.spoken);
  assert.ok(spoken.includes('proto/orders, 4 breaking changes, major version'), spoken.join('\n'));
  assert.ok(spoken.includes('proto/catalog, compatible, minor version'), spoken.join('\n'));
  assert.ok(spoken.includes('cart.proto, deleted'), spoken.join('\n'));
  await screen.shot('contracts');
  await screen.cursor(9, 12);
  const titles = await screen.lightbulb();
  assert.match(titles[0] ?? '', /^Restore field 5 \("note"\)/);
  await screen.shot('contracts-lightbulb');
  await screen.page.keyboard.press('Escape');
  await screen.run('Schemaward: Show Baseline');
  await screen.page.waitForSelector('.monaco-diff-editor .original .view-line >> text=string note = 5');
  await screen.shot('contracts-baseline');
  await screen.run('Schemaward: Change the Baseline of Contracts');
  await screen.pick('v1.4.0');
  await screen.page.waitForSelector('.part.sidebar .pane-header >> text=against v1.4.0');
  await screen.view('Contracts', false);
  await screen.view('Migrations', true);
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
  assert.match(titles[0] ?? '', /^Split into expand \+ contract/);
  await screen.shot('lightbulb');
  await screen.choose('Split into expand + contract');
  const panel = screen.page.locator('.bulk-edit-panel');
  await panel.locator('.monaco-list-row').first().waitFor();
  await screen.shot('refactor-preview');
  await panel.locator('.monaco-list-row', { hasText: 'contract-1.sql' }).first().click();
  await screen.page.waitForSelector('.multiDiffEditor .view-line >> text=DROP TRIGGER');
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

test('Promote contract: not before it is due, then the drafts become the next migrations', async () => {
  await screen.open('V024__customers_phone.sql');
  await screen.page.waitForSelector('.view-overlays .cdr.squiggly-error');
  const text = readFileSync(join(migrations, 'V024__customers_phone.sql'), 'utf8');
  await screen.cursor(1, text.indexOf('NOT NULL') + 3);
  await screen.lightbulb();
  await screen.choose('Split into expand + contract');
  const panel = screen.page.locator('.bulk-edit-panel');
  const contracts = panel.locator('.monaco-list-row', { hasText: /contract-\d\.sql/ });
  await contracts.first().waitFor();
  for (const each of await contracts.all()) await each.locator('.edit-checkbox').click();
  await panel.locator('.buttons .monaco-button', { hasText: 'Apply' }).click();
  const drafts = () =>
    readdirSync(join(workspace, 'services/orders'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\/contract-\d\.sql$/.test(name),
    );
  await until(
    'the draft',
    async () => drafts(),
    (found) => found.length === 3,
  );
  await screen.run('Notifications: Clear All Notifications');
  await screen.run('Schemaward: Promote Contract');
  await screen.pick('phone');
  await screen.toast('not due');
  await screen.run('Notifications: Clear All Notifications');
  await screen.run('Schemaward: Find a Migration');
  await screen.answer('phone');
  await screen.expand('Evolutions');
  await screen.menu(': customers', 'Promote Contract', 'not due');
  await screen.run('Schemaward: Show All Migrations');
  // Shipped: expand and backfill stand on the base branch, which is evidence enough without a database.
  const shipped = [...made('phone'), 'V030', 'V031']
    .flatMap((part) => made(part))
    .map((name) => join(migrations, name));
  for (const args of [
    ['add', ...new Set(shipped), join(workspace, 'services/orders/evolutions')],
    ['commit', '--quiet', '-m', 'Ship'],
    ['branch', '--force', 'main'],
  ]) {
    const { status, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=Sample', '-c', 'user.email=sample@localhost', ...args],
      { cwd: workspace, encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
  }
  await screen.run('Notifications: Clear All Notifications');
  await screen.run('Schemaward: Refresh');
  await screen.open('contract-1.sql');
  await screen.cursor(1, 3);
  await until(
    'the offer in the draft',
    async () => {
      await screen.page.keyboard.press('Escape');
      return screen.lightbulb();
    },
    (offers) => offers.some((title) => title.startsWith('Promote contract of')),
  );
  await screen.shot('promote-in-draft');
  await screen.choose('Promote contract of');
  await until(
    'the contract as a migration',
    async () => ({ made: made('phone').filter((name) => name !== 'V024__customers_phone.sql'), left: drafts() }),
    (found) => found.made.length === 3 && found.left.length === 0,
  );
  await screen.toast('guard');
  await screen.shot('promoted');
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

test('a new migration is named and opened; a search leaves what matches', async () => {
  await screen.run('Schemaward: New Migration');
  await screen.pick('orders');
  await screen.answer('Gift cards');
  await screen.page.waitForSelector('.editor-group-container.active .monaco-editor[data-uri$="__gift_cards.sql"]');
  assert.equal(made('gift_cards').length, 1);
  await screen.run('Schemaward: Find a Migration');
  await screen.answer('gift');
  await screen.page.waitForSelector('.part.sidebar >> text=Only what matches "gift"');
  await screen.shot('search');
  await screen.run('Schemaward: Show All Migrations');
  await screen.page.waitForSelector('.part.sidebar >> text=Only what matches', { state: 'detached' });
});

test('by keyboard alone: into the tree, down, and a migration opens', async () => {
  await screen.run('Schemaward: Focus on Migrations View');
  await screen.page.keyboard.press('Home');
  const focused = () =>
    screen.page.locator('.part.sidebar .monaco-list:focus .monaco-list-row.focused').getAttribute('aria-label');
  for (let i = 0; i < 20 && !/^\d/.test((await focused()) ?? ''); i += 1) await screen.page.keyboard.press('ArrowDown');
  const version = ((await focused()) ?? '').split('  ')[0] ?? '';
  assert.match(version, /^\d/);
  await screen.page.keyboard.press('Enter');
  await screen.page.waitForSelector(`.tab.active[data-resource-name^="V${version}"]`);
});

test('a database that goes away is one row with Retry; the rest goes on', async () => {
  await database?.stop();
  database = undefined;
  await screen.run('Schemaward: Refresh');
  await screen.page.locator('.part.sidebar .monaco-list-row', { hasText: 'not reachable' }).first().waitFor();
  const down = (await screen.rows()).filter(({ spoken }) => spoken.includes('not reachable, Retry: postgresql://'));
  assert.equal(down.length, 1);
  await screen.row('On the base branch').nth(1).waitFor();
  await screen.shot('database-down');
});

test('themes: dark and high contrast', async () => {
  const settings = join(packaged.server.data, 'data/Machine/settings.json');
  mkdirSync(dirname(settings), { recursive: true });
  await screen.open('V022__index_order_status.sql');
  for (const [name, label, theme] of [
    ['dark', 'Default Dark Modern', 'vs-dark'],
    ['high-contrast', 'Default High Contrast', 'hc-black'],
    ['high-contrast-light', 'Default High Contrast Light', 'hc-light'],
  ] as const) {
    writeFileSync(settings, JSON.stringify({ 'workbench.colorTheme': label }));
    await screen.page.waitForSelector(`.monaco-workbench.${theme}`);
    await screen.shot(name);
  }
  rmSync(settings);
});

test('a workspace without migrations: the walkthrough has four steps, and the welcome view says what is looked for', async () => {
  const empty = join(packaged.folder, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, 'query.sql'), 'ALTER TABLE users DROP COLUMN email;\n');
  const other = await packaged.open(empty);
  const { page } = other;
  await other.dialog('Yes, I');
  await other.open('query.sql');
  await other.run('Schemaward: Show Migrations');
  await page.waitForSelector('.part.sidebar >> text=No migration history was found');
  assert.equal(await page.locator('.view-overlays .cdr[class*=squiggly]').count(), 0, 'a loose file gets nothing');
  await other.shot('welcome');
  await other.run('Welcome: Open Walkthrough');
  await other.pick('Safe migrations with Schemaward');
  await page.waitForSelector('.gettingStartedContainer .step-title');
  assert.deepEqual(await page.locator('.gettingStartedContainer .getting-started-step .step-title').allTextContents(), [
    'See what was recognised',
    'Write a migration',
    'Split an unsafe change',
    'See what is applied',
  ]);
  await other.shot('walkthrough');
  await page.close();
});
