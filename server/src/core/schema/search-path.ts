/** The schemas of a search path that are found by name: `"$user", public, pg_catalog` is `public`. */
export function pathOf(value: string): readonly string[] {
  return value
    .split(',')
    .map((each) =>
      each
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replaceAll('""', '"'),
    )
    .filter((each) => each !== '' && each !== '$user' && each !== 'pg_catalog');
}
