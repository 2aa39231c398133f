import type { Backfill, PlanTable } from '../../../primitives.ts';
import { dollarQuoted, q, quoteText } from './words.ts';

/**
 * One DO statement that commits after each batch: a crash leaves whole batches, and running it again goes on. Along the
 * primary key, or another unique key that is never NULL, from the first row to the one that was last at the start (rows
 * made meanwhile are the trigger's business); a table without a key by blocks. (evolution-patterns.md 1.0.7)
 */
export function backfill(work: Backfill): string {
  const key = keyOf(work.on);
  return `DO ${dollarQuoted(key === undefined ? byBlocks(work) : byKey(work, key))}`;
}

interface Key {
  readonly columns: readonly string[];
  readonly types: readonly string[];
}

function keyOf({ table }: PlanTable): Key | undefined {
  const candidates = table.constraints.filter(
    ({ kind, deferrable }) => kind === 'primary-key' || (kind === 'unique' && !deferrable),
  );
  const [best] = [...candidates]
    .sort((a, b) => Number(b.kind === 'primary-key') - Number(a.kind === 'primary-key'))
    .flatMap(({ columns }) => {
      const found = columns.flatMap((name) => table.columns.find((column) => column.name === name && !column.nullable) ?? []);
      return found.length === columns.length && found.length > 0 ? [found] : [];
    });
  if (best === undefined) return undefined;
  return { columns: best.map(({ name }) => name), types: best.map(({ type, collation }) => (collation === undefined ? type.text : `${type.text} COLLATE ${q(collation)}`)) };
}

function byKey({ on, set, where, batch }: Backfill, { columns, types }: Key): string {
  const names = columns.map(q);
  const variables = (word: string) => columns.map((_, index) => `sw_${word}_${index + 1}`);
  const [from, to, end] = [variables('from'), variables('to'), variables('end')];
  const row = (parts: readonly string[]) => (parts.length === 1 ? parts.join() : `(${parts.join(', ')})`);
  const [key, ordered, reversed] = [row(names), names.join(', '), names.map((name) => `${name} DESC`).join(', ')];
  const declared = [...from, ...to, ...end].map((name, index) => `  ${name} ${types[index % types.length]};`);
  return `DECLARE
${declared.join('\n')}
BEGIN
  SELECT ${ordered} INTO ${end.join(', ')} FROM ${on.name} ORDER BY ${reversed} LIMIT 1;
  SELECT ${ordered} INTO ${from.join(', ')} FROM ${on.name} ORDER BY ${ordered} LIMIT 1;
  WHILE ${row(from)} <= ${row(end)} LOOP
    SELECT ${ordered} INTO ${to.join(', ')} FROM (
      SELECT ${ordered} FROM ${on.name} WHERE ${key} >= ${row(from)} ORDER BY ${ordered} LIMIT ${batch}
    ) batch ORDER BY ${reversed} LIMIT 1;
    UPDATE ${on.name} SET ${set}
      WHERE ${key} >= ${row(from)} AND ${key} <= ${row(to)} AND ${where};
    COMMIT;
    SELECT ${ordered} INTO ${from.join(', ')} FROM ${on.name} WHERE ${key} > ${row(to)} ORDER BY ${ordered} LIMIT 1;
    PERFORM pg_sleep(0.01);
  END LOOP;
END`;
}

/** Rows of a block at most: MaxHeapTuplesPerPage for blocks of 8 kB. */
const ROWS_OF_BLOCK = 291;

/** A batch is a number of blocks, read by their row addresses (a Tid Scan in every version); the rest at the end. */
function byBlocks({ on, set, where, batch, alone }: Backfill): string {
  const blocks = Math.max(1, Math.ceil(batch / 100));
  const rest = alone ? `\n  UPDATE ${on.name} SET ${set} WHERE ${where};` : '';
  return `DECLARE
  sw_blocks bigint := pg_relation_size(${quoteText(on.name)}) / current_setting('block_size')::bigint;
  sw_block bigint := 0;
BEGIN
  WHILE sw_block <= sw_blocks LOOP
    UPDATE ${on.name} SET ${set}
      WHERE ctid = ANY (ARRAY(
        SELECT format('(%s,%s)', block, line)::tid
        FROM generate_series(sw_block, sw_block + ${blocks - 1}) block, generate_series(1, ${ROWS_OF_BLOCK}) line
      )) AND ${where};
    COMMIT;
    sw_block := sw_block + ${blocks};
    PERFORM pg_sleep(0.01);
  END LOOP;${rest}
END`;
}
