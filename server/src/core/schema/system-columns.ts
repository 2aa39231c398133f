/** Columns that every table has without saying so. */
export const systemColumns: ReadonlySet<string> = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

/** With one more that a table may have had until version 11, and that a column of one's own may be called by. */
export const perhapsSystemColumns: ReadonlySet<string> = new Set([...systemColumns, 'oid']);
