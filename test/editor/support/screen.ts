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
  row(label: string): Locator;
  /** Opens a row, when it is closed. */
  expand(label: string): Promise<void>;
  /** An entry of a row's context menu. */
  menu(label: string, entry: string): Promise<void>;
  rows(): Promise<readonly { readonly label: string; readonly spoken: string; readonly level: number }[]>;
}

export function screenOf(page: Page): Screen {
  mkdirSync(shots, { recursive: true });
  const input = page.locator('.quick-input-widget .quick-input-box input');
  const row = (label: string) =>
    page.locator('.part.sidebar .monaco-list-row').filter({ has: page.locator('.label-name', { hasText: label }) });
  const menu = page.locator('.action-widget .monaco-list-row.action');
  const screen: Screen = {
    page,
    async shot(name) {
      await page.screenshot({ path: join(shots, `${name}.png`) });
    },
    async open(name) {
      for (let tries = 0; tries < 5; tries += 1) {
        await page.keyboard.press('Control+P');
        await input.fill(name);
        const found = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
        const there = await found.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
        if (there) {
          await found.click();
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
      await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
    },
    // By its filter: a list that has just opened still moves under the mouse and resets its focus.
    async pick(label) {
      await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().waitFor();
      await input.fill(label);
      await page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: label }).waitFor();
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
      const found = page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
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
      await menu.filter({ hasText: title }).first().click();
      await menu.first().waitFor({ state: 'detached' });
    },
    async tree() {
      const icon = page.locator('.activitybar .action-item:has(a.action-label[aria-label^="Migrations"])');
      if (!((await icon.getAttribute('class')) ?? '').includes('checked')) await icon.click({ force: true });
      await page.locator('.part.sidebar .monaco-list-row').first().waitFor();
    },
    row,
    async expand(label) {
      const found = row(label).first();
      await found.waitFor();
      if ((await found.getAttribute('aria-expanded')) === 'false') await found.locator('.label-name').click();
      await until(
        `${label} opened`,
        () => row(label).first().getAttribute('aria-expanded'),
        (state) => state === 'true',
      );
    },
    async menu(label, entry) {
      await row(label).first().click({ button: 'right' });
      const item = page.locator('.context-view .action-label', { hasText: entry }).first();
      await item.waitFor();
      // A menu that has just opened takes the first click for the end of the one that opened it.
      await until(
        `${entry} chosen`,
        async () => {
          await item.click({ timeout: 2000 }).catch(() => undefined);
          return item.isVisible();
        },
        (isOpen) => !isOpen,
      );
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
