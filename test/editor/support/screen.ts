import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

const shots = join(import.meta.dirname, '../screenshots');

/** A window as a person has it: keys, clicks, and what can be read on it. */
export interface Screen {
  readonly page: Page;
  shot(name: string): Promise<void>;
  /** Quick Open, by name. */
  open(name: string): Promise<void>;
  /** A command by its title in the palette. */
  run(title: string): Promise<void>;
  /** Row of the list that is asked for right now. */
  pick(label: string): Promise<void>;
  answer(text: string): Promise<void>;
  /** A button of the modal dialog that is there, or comes. */
  dialog(button: string): Promise<string>;
  toast(text: string): Promise<string>;
  /** Puts the cursor behind some words of the editor in front. */
  cursor(line: number, column: number): Promise<void>;
  /** Titles of the lightbulb's menu at the cursor; it stays open. */
  lightbulb(): Promise<readonly string[]>;
  choose(title: string): Promise<void>;
  tree(): Promise<void>;
  /** Opens or closes one of the views in the sidebar, which share its height. */
  view(title: string, open: boolean): Promise<void>;
  row(label: string): Locator;
  /** Opens a row, when it is closed. */
  expand(label: string): Promise<void>;
  /** Closes what a test that failed left open, so that the next one is judged by itself. */
  calm(): Promise<void>;
  /** An entry of a row's context menu, chosen again until it is answered by a notification. */
  menu(label: string, entry: string, said: string): Promise<void>;
  rows(): Promise<readonly { readonly label: string; readonly spoken: string; readonly level: number }[]>;
}

export function screenOf(page: Page): Screen {
  mkdirSync(shots, { recursive: true });
  const input = page.locator('.quick-input-widget .quick-input-box input');
  const row = (label: string) =>
    page.locator('.part.sidebar .monaco-list-row').filter({ has: page.locator('.label-name', { hasText: label }) });
  const menu = page.locator('.action-widget .monaco-list-row.action');
  // A list that has just opened still moves under the mouse, so what is chosen is chosen by its filter and Enter.
  const focused = (label: string) =>
    page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: label });
  const context = page.locator('.context-view .monaco-menu');
  const toast = (text: string) =>
    page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  // A menu that has just opened takes the first click for the end of the one that opened it.
  const pressed = (what: string, item: Locator, whileOpen: Locator) =>
    until(
      `${what} chosen`,
      async () => {
        await item.click({ timeout: 2000 }).catch(() => undefined);
        return whileOpen.isVisible();
      },
      (isOpen) => !isOpen,
    );
  const screen: Screen = {
    page,
    async shot(name) {
      await page.screenshot({ path: join(shots, `${name}.png`) });
    },
    async open(name) {
      for (let tries = 0; tries < 5; tries += 1) {
        await page.keyboard.press('Control+P');
        // A refresh of the window may close the list that has just opened; then it is opened again.
        await input.fill(name, { timeout: 3000 }).catch(() => undefined);
        const there = await focused(name)
          .waitFor({ timeout: 5000 })
          .then(
            () => true,
            () => false,
          );
        if (there) {
          await page.keyboard.press('Enter');
          await page.waitForSelector(`.editor-group-container.active .monaco-editor[data-uri$="${name}"] .view-line`);
          return;
        }
        await page.keyboard.press('Escape');
      }
      assert.fail(`${name} could not be opened`);
    },
    async run(title) {
      for (let tries = 0; tries < 5 && !(await input.isVisible()); tries += 1) {
        await page.keyboard.press('F1');
        await input.waitFor({ timeout: 2000 }).catch(() => undefined);
      }
      await input.fill(`>${title}`);
      await focused(title).waitFor();
      await page.keyboard.press('Enter');
    },
    async pick(label) {
      await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().waitFor();
      await input.fill(label);
      await focused(label).waitFor();
      await page.keyboard.press('Enter');
    },
    async answer(text) {
      await input.fill(text);
      await page.keyboard.press('Enter');
    },
    async dialog(button) {
      const box = page.locator('.monaco-dialog-box');
      const press = box.locator('.dialog-buttons .monaco-button', { hasText: button });
      await press.waitFor();
      const text = (await box.locator('.dialog-message-container').textContent()) ?? '';
      await press.click();
      await box.waitFor({ state: 'detached' });
      return text;
    },
    async toast(text) {
      const found = toast(text);
      await found.waitFor();
      return (await found.locator('.notification-list-item-message').textContent()) ?? '';
    },
    async cursor(line, column) {
      await page.keyboard.press('Control+G');
      await input.fill(`:${line}:${column}`);
      await page.keyboard.press('Enter');
      await page.waitForSelector(`.statusbar-item[id="status.editor.selection"] >> text=Ln ${line}, Col ${column}`);
    },
    async lightbulb() {
      // The menu asks once; right after a file has been opened it may find nothing and close.
      for (let tries = 0; tries < 5 && !(await menu.first().isVisible()); tries += 1) {
        await page.keyboard.press('Control+.');
        await menu
          .first()
          .waitFor({ timeout: 3000 })
          .catch(() => undefined);
      }
      return menu.locator('.title').allTextContents();
    },
    async choose(title) {
      await pressed(title, menu.filter({ hasText: title }).first(), menu.first());
    },
    async tree() {
      const icon = page.locator('.activitybar .action-item:has(a.action-label[aria-label^="Schemaward"])');
      if (!((await icon.getAttribute('class')) ?? '').includes('checked')) await icon.click({ force: true });
      await page.locator('.part.sidebar .monaco-list-row').first().waitFor();
    },
    async view(title, open) {
      const header = page.locator('.part.sidebar .pane-header', { hasText: title });
      await until(
        `${title} ${open ? 'opened' : 'closed'}`,
        async () => {
          const is = (await header.getAttribute('aria-expanded')) === 'true';
          if (is !== open)
            await header
              .locator('h3')
              .click({ timeout: 2000 })
              .catch(() => undefined);
          return is;
        },
        (is) => is === open,
      );
    },
    row,
    async expand(label) {
      const found = row(label).first();
      await found.waitFor();
      const isOpen = async () => (await found.getAttribute('aria-expanded')) === 'true';
      for (let tries = 0; tries < 5 && !(await isOpen()); tries += 1) {
        await found
          .locator('.label-name')
          .click({ timeout: 2000 })
          .catch(() => undefined);
        await until(`${label} opened`, isOpen, Boolean, 2000).catch(() => undefined);
      }
      assert.ok(await isOpen(), `${label} opened`);
    },
    async menu(label, entry, said) {
      const item = context.locator('.action-label', { hasText: entry }).first();
      const answer = toast(said);
      // A tree that is drawn anew closes the menu, and a menu that has just opened takes the first click for the end of
      // the one that opened it: neither is a choice.
      for (let tries = 0; tries < 5 && !(await answer.isVisible()); tries += 1) {
        await page.keyboard.press('Escape');
        await row(label)
          .first()
          .click({ button: 'right', timeout: 2000 })
          .catch(() => undefined);
        await pressed(entry, item, item).catch(() => undefined);
        await answer.waitFor({ timeout: 5000 }).catch(() => undefined);
      }
      await answer.waitFor();
    },
    async calm() {
      for (let tries = 0; tries < 10; tries += 1) {
        const open = [input, menu.first(), context.first()];
        if (!(await Promise.all(open.map((each) => each.isVisible()))).includes(true)) break;
        await page.keyboard.press('Escape');
      }
      await screen.run('Notifications: Clear All Notifications');
    },
    rows: () =>
      page.locator('.part.sidebar .monaco-list-row').evaluateAll((found) =>
        found.map((each) => ({
          label: each.querySelector('.label-name')?.textContent ?? '',
          spoken: each.getAttribute('aria-label') ?? '',
          level: Number(each.getAttribute('aria-level')),
        })),
      ),
  };
  page.setDefaultTimeout(20_000);
  return screen;
}
