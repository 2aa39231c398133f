import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { makeSample } from '../../scripts/sample/workspace.ts';
import { ensureChromium } from '../../scripts/vscode/install.ts';
import { startVsCodeServer, type VsCodeServer } from '../../scripts/vscode/server.ts';

/** The packaged extension in real VS Code, driven as a person would. */
const root = join(import.meta.dirname, '../..');
const shots = join(import.meta.dirname, 'screenshots');
const migrations = 'services/orders/src/main/resources/db/migration';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-renderer-backgrounding',
];

let server: VsCodeServer;
let browser: Browser;
let page: Page;
const sample = realpathSync(mkdtempSync(join(tmpdir(), 'schemaward-ui-')));

before(async () => {
  mkdirSync(shots, { recursive: true });
  makeSample(sample);
  const packed = spawnSync(process.execPath, ['scripts/package.ts', '.cache/ui.vsix'], { cwd: root, encoding: 'utf8' });
  assert.equal(packed.status, 0, packed.stderr);
  const log = (line: string) => console.log(line);
  server = await startVsCodeServer({ vsix: join(root, '.cache/ui.vsix'), workspaceTrust: false, log });
  browser = await chromium.launch({ executablePath: ensureChromium(log), args: flags });
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(30_000);
  await page.goto(server.window(sample));
  await page.waitForSelector('.monaco-workbench');
});

after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(sample, { recursive: true, force: true });
});

const shot = (name: string) => page.screenshot({ path: join(shots, `${name}.png`) });

async function open(name: string): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget .quick-input-box input').fill(name);
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
    if (
      await row.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      )
    ) {
      await row.click();
      await page.waitForSelector(`.editor-group-container.active .monaco-editor[data-uri$="${name}"] .view-line`);
      return;
    }
    await page.keyboard.press('Escape');
  }
  assert.fail(`${name} could not be opened`);
}

test('a squiggle appears in a new migration, without any configuration', async () => {
  await open('V023__order_total_precision.sql');
  await page.waitForSelector('.view-overlays .cdr.squiggly-warning');
  await shot('squiggle');
});

test('the tree shows both projects with pending and released migrations', async () => {
  await page.locator('.activitybar a.action-label[aria-label^="Migrations"]').click({ force: true });
  await page.waitForSelector('.part.sidebar .monaco-list-row >> text=Pending');
  const labels = await page.locator('.part.sidebar .monaco-list-row .label-name').allTextContents();
  assert.ok(labels.includes('orders') && labels.includes('billing'), labels.join(', '));
  assert.ok(
    labels.some((label) => label.startsWith('021')),
    labels.join(', '),
  );
  const spoken = await page.locator('.part.sidebar .monaco-list-row').first().getAttribute('aria-label');
  assert.match(spoken ?? '', /billing|orders/);
  await shot('tree');
});

test('the hover says which lock, who waits, and for how long', async () => {
  await open('V023__order_total_precision.sql');
  await page.keyboard.press('Control+Home');
  await page
    .locator('.editor-group-container.active .view-line')
    .first()
    .hover({ position: { x: 60, y: 8 } });
  await page.waitForSelector('.monaco-hover-content >> text=ACCESS EXCLUSIVE');
  await shot('hover');
});

test('the lightbulb is short, and the plan opens the Refactor Preview, whose Apply writes the files', async () => {
  await open('V021__rename_customer_email.sql');
  await page.waitForSelector('.view-overlays .cdr.squiggly-error');
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 30; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+.');
  await page.waitForSelector('.action-widget .monaco-list-row.action');
  const titles = await page.locator('.action-widget .monaco-list-row.action .title').allTextContents();
  assert.ok(titles.length <= 5, titles.join(' | '));
  await shot('lightbulb');
  await page.locator('.action-widget .monaco-list-row.action', { hasText: 'Split into expand + contract' }).click();
  await page.waitForSelector('.bulk-edit-panel .monaco-list-row');
  await shot('refactor-preview');
  await page.locator('.bulk-edit-panel .buttons .monaco-button', { hasText: 'Apply' }).click();
  const backfill = join(sample, migrations, 'V030__email_backfill.sql');
  const end = performance.now() + 15_000;
  while (!(existsSync(backfill) && readFileSync(backfill, 'utf8') !== '') && performance.now() < end)
    await page.waitForTimeout(100);
  await shot('after-apply');
  assert.ok(existsSync(backfill), 'the backfill migration was created');
  assert.match(readFileSync(backfill, 'utf8'), /schemaward:evolution v=1 id=rename-email-/);
  await page.waitForSelector('.notifications-toasts .notification-list-item >> text=contract-1.sql');
  await shot('left-owed');
});
