import type pg from 'pg';

/** Everything of a schema but the order of its columns; names of the schema itself are cut out. */
export async function catalogOf(db: pg.Client, schema: string): Promise<unknown> {
  const rows = async (sql: string) =>
    (await db.query<{ line: string }>(sql, [schema])).rows.map(({ line }) => line.replaceAll(`${schema}.`, '')).sort();
  const of = (from: string) => `FROM ${from} WHERE c.relnamespace = $1::regnamespace`;
  return {
    columns: await rows(
      `SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, nullif(a.attstattarget, -1), (SELECT collname FROM pg_collation WHERE oid = a.attcollation), a.attacl, col_description(c.oid, a.attnum), pg_get_expr(d.adbin, d.adrelid)) AS line ${of('pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum')} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped`,
    ),
    constraints: await rows(
      `SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) AS line FROM pg_constraint WHERE connamespace = $1::regnamespace AND contype <> 'n'`,
    ),
    indexes: await rows(
      `SELECT concat_ws(' ', pg_get_indexdef(c.oid), i.indisvalid, i.indisreplident) AS line ${of('pg_index i JOIN pg_class c ON c.oid = i.indexrelid')}`,
    ),
    triggers: await rows(
      `SELECT concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled) AS line ${of('pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid')} AND NOT tgisinternal AND t.tgname NOT LIKE 'RI_%'`,
    ),
    routines: await rows(`SELECT proname AS line FROM pg_proc WHERE pronamespace = $1::regnamespace`),
    relations: await rows(
      `SELECT concat_ws(' ', c.relname, c.relacl, c.relreplident, c.relrowsecurity, obj_description(c.oid, 'pg_class'), CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END) AS line ${of('pg_class c')} AND c.relkind <> 'i'`,
    ),
    policies: await rows(
      `SELECT concat_ws(' ', tablename, policyname, cmd, roles, qual, with_check) AS line FROM pg_policies WHERE schemaname = $1`,
    ),
    statistics: await rows(
      `SELECT concat_ws(' ', stxname, stxrelid::regclass, stxkind, (SELECT array_agg(attname ORDER BY attname) FROM pg_attribute WHERE attrelid = stxrelid AND attnum = ANY (stxkeys))) AS line FROM pg_statistic_ext WHERE stxnamespace = $1::regnamespace`,
    ),
    sequences: await rows(
      `SELECT concat_ws(' ', c.relname, d.refobjid::regclass, a.attname) AS line ${of('pg_depend d JOIN pg_class c ON c.oid = d.objid JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid')} AND c.relkind = 'S' AND d.deptype IN ('a', 'i')`,
    ),
    published: await rows(
      `SELECT concat_ws(' ', c.relname, (SELECT array_agg(attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND to_jsonb(p)->>'prattrs' ~ ('\\m' || a.attnum || '\\M'))) AS line ${of('pg_publication_rel p JOIN pg_class c ON c.oid = p.prrelid')}`,
    ),
  };
}
