/** Of an extension's `package.json` what says whether it knows a language. */
export interface Manifest {
  readonly main?: string;
  readonly browser?: string;
  readonly contributes?: { readonly languages?: readonly { readonly extensions?: readonly string[] }[] };
}

const endings: ReadonlySet<string> = new Set(['.proto', '.avsc', '.avpr', '.avdl']);

/** Of a file in one of our languages; undefined: it is in none. */
export function endingOf(path: string): string | undefined {
  const ending = path.slice(path.lastIndexOf('.')).toLowerCase();
  return endings.has(ending) ? ending : undefined;
}

/**
 * It declares the language and runs code. One that only declares it brings colours along and does not know what a name means; one that
 * only runs code (a linter, a viewer of data) leaves names to others.
 */
export function knowsLanguage({ main, browser, contributes }: Manifest, ending: string): boolean {
  const declares = contributes?.languages?.some(
    (language) => language.extensions?.some((each) => each.toLowerCase() === ending) === true,
  );
  return declares === true && (main !== undefined || browser !== undefined);
}
