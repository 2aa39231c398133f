/** Why a strict reviewer keeps the findings of a rule: one sentence each, after looking at those of the histories. */
export const reasons: Readonly<Record<string, string>> = {
  'lock/create-index':
    'The table was released earlier, and SHARE keeps every write to it out until all of it is read; CONCURRENTLY was there to be had.',
  'schema/drop-column':
    'The released version selects and inserts the column by name, and its values are gone with the commit.',
  'schema/drop-table': 'The released version queries the table, and its rows are gone with the commit.',
  'lock/add-foreign-key':
    'Both tables were released earlier, and nobody writes to either until every row was looked up; NOT VALID skips that.',
  'data/unbatched-backfill':
    'No WHERE, a WHERE for the NULLs that it fills, or rows touched behind a lock of a released table that was taken before: everybody waits for all of it.',
  'schema/set-not-null':
    'The released version may still write NULL, or rows hold one; an error where it does not know the column at all, so that every insert fails.',
  'lock/set-not-null-scan': 'No validated CHECK proves it, so every row is read under ACCESS EXCLUSIVE.',
  'lock/add-primary-key': 'The index is built under ACCESS EXCLUSIVE on a released table; USING INDEX avoids it.',
  'lock/add-unique': 'The index is built under ACCESS EXCLUSIVE on a released table; USING INDEX avoids it.',
  'lock/add-check': 'Every row is read under ACCESS EXCLUSIVE; NOT VALID and VALIDATE avoid it.',
  'lock/rewrite-table':
    'The two types store values differently, so the server writes the table and its indexes anew under ACCESS EXCLUSIVE.',
  'lock/drop-index':
    'The transaction does not hold the lock already, so the drop waits for every running query and everybody else behind it.',
  'lock/queue':
    'A statement over other rows runs while the transaction keeps a lock of a released table that others wait for.',
  'schema/drop-default':
    'The column is NOT NULL, so inserts of the released version, which leave it out, fail (Django drops defaults this way).',
  'schema/rename-column': 'The released version uses the old name, and nothing stands under it afterwards.',
  'schema/rename-table': 'The released version uses the old name, and no view is left under it.',
  'schema/change-column-type':
    'Parameters and results of the released version have the old type, and the two are not compatible.',
  'schema/add-required-column':
    'The column has no default: inserts of the released version fail, and so does the migration where there are rows.',
  'data/lossy-cast':
    'Values of the old type exist that the new one refuses, or reads by the session that happens to run it.',
  'tx/invalid-index':
    'After an interrupted build IF NOT EXISTS finds the invalid unique index and passes over it, and nothing keeps the rows unique.',
  'schema/drop-constraint':
    'No key over the same columns, or some of them, is left: an upsert of the released version on them fails, and duplicates come in.',
  'data/truncate': 'The rows are gone, and readers wait.',
};
