import type { ApiWindow } from './api-window.ts';
import type { Editor } from './editor.ts';

/**
 * Tests that share the one window. `released` stands on the base branch before the window opens, `pending` beside it;
 * names begin with a folder that is the suite's own.
 */
export interface Suite {
  readonly name: string;
  /** Committed before `released`, where a file once was another. */
  readonly earlier?: Readonly<Record<string, string>>;
  readonly released: Readonly<Record<string, string>>;
  readonly pending?: Readonly<Record<string, string>>;
  tests(open: () => { readonly editor: Editor; readonly window: ApiWindow; readonly second: string }): void;
}

/** A Flyway project of one folder. */
export function project(
  name: string,
  migrations: Readonly<Record<string, string>>,
  toml = '',
): Readonly<Record<string, string>> {
  return {
    [`${name}/flyway.toml`]: `[flyway]\nlocations = ["filesystem:db"]\n${toml}`,
    ...Object.fromEntries(Object.entries(migrations).map(([file, text]) => [`${name}/db/${file}`, text])),
  };
}
