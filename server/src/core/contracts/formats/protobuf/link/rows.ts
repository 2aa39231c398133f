/** Elements by a name that should be unique; where it is not, all of them in the order of paths and places. */
export interface Rows<T> {
  /** The first of each name. */
  readonly first: ReadonlyMap<string, T>;
  /** Of names that several have, all. */
  readonly several: ReadonlyMap<string, readonly T[]>;
}

export function noRows<T>(): Rows<T> {
  return { first: new Map(), several: new Map() };
}

export interface RowChange<T> {
  readonly gone: Iterable<T>;
  readonly come: Iterable<T>;
  readonly name: (element: T) => string;
  /** Negative where the first one comes first. */
  readonly order: (a: T, b: T) => number;
}

/** The rows after elements went and others came: what has to change in the two maps. */
export function rowChanges<T>(
  { first, several }: Rows<T>,
  { gone, come, name, order }: RowChange<T>,
): { readonly first: Map<string, T | undefined>; readonly several: Map<string, readonly T[] | undefined> } {
  const firsts = new Map<string, T | undefined>();
  const rows = new Map<string, T[]>();
  const rowOf = (key: string): T[] | undefined => {
    if (rows.size === 0 && several.size === 0) return undefined;
    const known = rows.get(key);
    if (known !== undefined) return known;
    const former = several.get(key);
    if (former === undefined) return undefined;
    const row = [...former];
    rows.set(key, row);
    return row;
  };
  const goneFrom = new Map<string, Set<T>>();
  for (const element of gone) {
    const key = name(element);
    if (rowOf(key) === undefined) firsts.set(key, undefined);
    else {
      const set = goneFrom.get(key) ?? new Set();
      goneFrom.set(key, set.add(element));
    }
  }
  for (const [key, set] of goneFrom)
    rows.set(
      key,
      (rows.get(key) ?? []).filter((element) => !set.has(element)),
    );
  for (const element of come) {
    const key = name(element);
    const row = rowOf(key);
    if (row !== undefined) row.push(element);
    else {
      const other = firsts.has(key) ? firsts.get(key) : first.get(key);
      if (other === undefined) firsts.set(key, element);
      else rows.set(key, [other, element]);
    }
  }
  const severals = new Map<string, readonly T[] | undefined>();
  for (const [key, row] of rows) {
    row.sort(order);
    firsts.set(key, row[0]);
    severals.set(key, row.length > 1 ? row : undefined);
  }
  return { first: firsts, several: severals };
}
