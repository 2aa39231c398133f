/** Schemas of the history, under the names that the catalog gives them. */
const NAMESPACE = `ns AS (
  SELECT oid, CASE WHEN oid = pg_my_temp_schema() THEN 'pg_temp' ELSE nspname END AS name FROM pg_namespace
  WHERE (nspname !~ '^pg_' AND nspname <> 'information_schema') OR oid = pg_my_temp_schema())`;

/** Not `c.*`: before 12 the number of a row was none of its columns. */
const RELATION = `rel AS (SELECT c.oid, ns.name || '.' || c.relname AS key, c.relkind, c.relam, c.relowner, c.relacl, c.reloptions, c.relispopulated,
    c.relispartition, c.relpartbound, c.relreplident, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN ns ON ns.oid = c.relnamespace)`;

/** Spelling of a type that does not depend on the search path. */
function typeText(oid: string, modifier: string): string {
  return `(SELECT CASE WHEN e.typnamespace = 'pg_catalog'::regnamespace THEN format_type(own.oid, ${modifier})
      ELSE en.name || '.' || e.typname || CASE WHEN e.oid = own.oid THEN '' ELSE '[]' END END
    FROM pg_type own JOIN pg_type e ON e.oid = CASE WHEN own.typcategory = 'A' AND own.typlen = -1 AND own.typtype = 'b' AND own.typelem <> 0
      THEN own.typelem ELSE own.oid END
    LEFT JOIN ns en ON en.oid = e.typnamespace WHERE own.oid = ${oid})`;
}

function names(numbers: string, relation: string): string {
  return `(SELECT array_agg(a.attname::text ORDER BY u.nth) FROM unnest(${numbers}) WITH ORDINALITY u(num, nth)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.num)`;
}

function query(body: string): string {
  return `WITH ${NAMESPACE}, ${RELATION} ${body}`;
}

/** `public.touch(int4,app.mood[])`: types of the history with their schema. */
function routine(proc: string): string {
  return `ns.name || '.' || ${proc}.proname || '(' || COALESCE((SELECT string_agg(CASE WHEN tn.oid IS NULL THEN '' ELSE tn.name || '.' END || e.typname
      || CASE WHEN e.oid = own.oid THEN '' ELSE '[]' END, ',' ORDER BY nth)
    FROM unnest(${proc}.proargtypes::oid[]) WITH ORDINALITY u(type, nth) JOIN pg_type own ON own.oid = u.type
    JOIN pg_type e ON e.oid = CASE WHEN own.typcategory = 'A' AND own.typelem <> 0 THEN own.typelem ELSE own.oid END
    LEFT JOIN ns tn ON tn.oid = e.typnamespace), '') || ')'`;
}

/** Not those that a range type or an extension brings along. */
const WRITTEN = `(p.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'internal') OR p.prokind = 'a')
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_proc'::regclass AND x.objid = p.oid AND x.deptype = 'e')`;

const ATTACHED = `SELECT 'policy' AS kind, polname::text AS name, polrelid AS owner, 'pg_policy'::regclass AS class, oid AS id FROM pg_policy
  UNION ALL SELECT 'rule', rulename::text, ev_class, 'pg_rewrite'::regclass, oid FROM pg_rewrite WHERE rulename <> '_RETURN'`;

/** What an object of `pg_depend` is called here: the whole, or the part that CASCADE takes. */
const USERS = `SELECT CASE
    WHEN classid = 'pg_class'::regclass AND objsubid > 0 THEN (SELECT 'column ' || rel.key || '.' || a.attname FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid
      WHERE rel.oid = objid AND a.attnum = objsubid AND rel.relkind IN ('r', 'p', 'f')
      UNION ALL SELECT 'attribute ' || rel.key || '.' || a.attname FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid WHERE rel.oid = objid AND a.attnum = objsubid AND rel.relkind = 'c')
    WHEN classid = 'pg_class'::regclass THEN (SELECT CASE rel.relkind WHEN 'i' THEN 'index ' WHEN 'I' THEN 'index ' ELSE 'table ' END || rel.key FROM rel WHERE rel.oid = objid AND rel.relkind IN ('r', 'p', 'i', 'I'))
    WHEN classid = 'pg_attrdef'::regclass THEN (SELECT CASE WHEN a.attgenerated = '' THEN 'default ' ELSE 'column ' END || rel.key || '.' || a.attname
      FROM pg_attrdef f JOIN rel ON rel.oid = f.adrelid JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum WHERE f.oid = objid)
    WHEN classid = 'pg_constraint'::regclass THEN (SELECT 'constraint ' || rel.key || '.' || c.conname FROM pg_constraint c JOIN rel ON rel.oid = c.conrelid WHERE c.oid = objid AND c.contype = 'c')
    WHEN classid = 'pg_trigger'::regclass THEN (SELECT 'trigger ' || rel.key || '.' || t.tgname FROM pg_trigger t JOIN rel ON rel.oid = t.tgrelid WHERE t.oid = objid)
    WHEN classid = 'pg_policy'::regclass THEN (SELECT 'policy ' || rel.key || '.' || p.polname FROM pg_policy p JOIN rel ON rel.oid = p.polrelid WHERE p.oid = objid)
    WHEN classid = 'pg_rewrite'::regclass THEN (SELECT CASE WHEN w.rulename = '_RETURN' THEN 'view ' || rel.key ELSE 'rule ' || rel.key || '.' || w.rulename END
      FROM pg_rewrite w JOIN rel ON rel.oid = w.ev_class WHERE w.oid = objid)
    WHEN classid = 'pg_proc'::regclass THEN (SELECT 'function ' || ${routine('p')} FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace WHERE p.oid = objid AND ${WRITTEN})
    WHEN classid = 'pg_statistic_ext'::regclass THEN (SELECT 'statistics ' || ns.name || '.' || x.stxname FROM pg_statistic_ext x JOIN ns ON ns.oid = x.stxnamespace WHERE x.oid = objid)
    WHEN classid = 'pg_type'::regclass THEN (SELECT 'type ' || ns.name || '.' || t.typname FROM pg_type t JOIN ns ON ns.oid = t.typnamespace WHERE t.oid = objid AND t.typtype IN ('d', 'r'))
  END AS user_name`;

/** Columns of the server's catalog that came with a version, and what stands for them before it. */
const SINCE: readonly (readonly [column: string, since: number, before: string])[] = [
  ['a.attgenerated', 12, "''"],
  ['p.prokind', 11, "CASE WHEN p.proisagg THEN 'a' ELSE 'f' END"],
  ['i.indnkeyatts', 11, 'i.indnatts'],
  ['i.indnullsnotdistinct', 15, 'false'],
  ['pp.partdefid', 11, 'NULL'],
  ['c.conparentid', 11, 'NULL'],
  ['c.conenforced', 18, 'true'],
  ['p.pubtruncate', 11, 'false'],
  ['m.prattrs', 15, 'NULL'],
  ['m.prqual', 15, 'NULL'],
  ['pg_get_statisticsobjdef_expressions(x.oid)', 14, 'NULL::text[]'],
  ['x.stxstattarget', 13, '-1'],
];

/** One query per sort of object, for one version. */
export function queriesAt(major: number): typeof QUERIES {
  const missing = SINCE.filter(([, since]) => major < since);
  const fitted = (text: string) => missing.reduce((left, [column, , before]) => left.replaceAll(column, before), text);
  return Object.fromEntries(Object.entries(QUERIES).map(([name, text]) => [name, fitted(text)])) as typeof QUERIES;
}

const QUERIES = {
  schemas: query(`SELECT 'schema ' || name AS fact FROM ns WHERE name NOT IN ('pg_temp', 'public')`),
  tables: query(`SELECT 'table ' || rel.key AS fact, p.strategy, p.keys, parent.key AS parent,
      parent.oid IS NOT NULL AND pp.partdefid = rel.oid AS is_default,
      NULLIF(replace(pg_get_expr(rel.relpartbound, rel.oid), 'FOR VALUES ', ''), 'DEFAULT') AS bound,
      CASE WHEN NOT rel.relispartition THEN (SELECT array_agg(r.key ORDER BY i.inhseqno) FROM pg_inherits i JOIN rel r ON r.oid = i.inhparent
        WHERE i.inhrelid = rel.oid) END AS inherits,
      rel.relrowsecurity AS row_security, rel.relforcerowsecurity AS forced,
      CASE rel.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' WHEN 'i' THEN COALESCE((SELECT r.key FROM pg_index x JOIN rel r ON r.oid = x.indexrelid
        WHERE x.indrelid = rel.oid AND x.indisreplident), 'index') END AS identity
    FROM rel
    LEFT JOIN LATERAL (SELECT CASE partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' ELSE 'hash' END AS strategy,
        (SELECT array_agg(COALESCE(a.attname::text, 'expression') ORDER BY u.nth) FROM unnest(partattrs) WITH ORDINALITY u(num, nth)
          LEFT JOIN pg_attribute a ON a.attrelid = rel.oid AND a.attnum = u.num AND u.num <> 0) AS keys
      FROM pg_partitioned_table WHERE partrelid = rel.oid) p ON true
    LEFT JOIN pg_inherits i ON i.inhrelid = rel.oid AND rel.relispartition
    LEFT JOIN rel parent ON parent.oid = i.inhparent
    LEFT JOIN pg_partitioned_table pp ON pp.partrelid = parent.oid
    WHERE rel.relkind IN ('r', 'p', 'f')`),
  columns: query(`SELECT 'column ' || rel.key || '.' || a.attname AS fact,
      row_number() OVER (PARTITION BY rel.oid ORDER BY a.attnum) AS at, ${typeText('a.atttypid', 'a.atttypmod')} AS type,
      a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = rel.oid AND c.contype = 'n' AND c.conkey[1] = a.attnum
        AND NOT c.convalidated) AS not_null, a.attgenerated = '' AND EXISTS (SELECT FROM pg_attrdef d WHERE d.adrelid = rel.oid AND d.adnum = a.attnum
        AND pg_get_expr(d.adbin, d.adrelid) NOT LIKE 'NULL%') AS has_default,
      CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by-default' END AS identity,
      CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END AS generated,
      CASE WHEN a.attcollation <> t.typcollation THEN (SELECT collname::text FROM pg_collation WHERE oid = a.attcollation) END AS collation,
      a.attinhcount > 0 AS inherited
    FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid JOIN pg_type t ON t.oid = a.atttypid
    WHERE rel.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped`),
  constraints:
    query(`SELECT 'constraint ' || rel.key || '.' || c.conname || CASE WHEN c.contype IN ('p', 'u', 'x') THEN ' key' ELSE '' END AS fact,
      CASE c.contype WHEN 'p' THEN 'primary-key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign-key' WHEN 'x' THEN 'exclude' WHEN 'n' THEN 'not-null' ELSE 'check' END AS kind,
      CASE WHEN c.contype = 'c' THEN (SELECT array_agg(n ORDER BY n) FROM unnest(${names('c.conkey', 'rel.oid')}) n)
        ELSE ${names('c.conkey', 'rel.oid')} END AS columns,
      target.key AS target, CASE WHEN c.contype = 'f' THEN ${names('c.confkey', 'c.confrelid')} END AS target_columns,
      CASE c.confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set-null' WHEN 'd' THEN 'set-default' END AS on_delete,
      CASE c.confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set-null' WHEN 'd' THEN 'set-default' END AS on_update,
      c.convalidated AS validated, c.conenforced AS enforced, c.condeferrable AS deferrable,
      c.condeferred AS deferred, c.contype IN ('c', 'n') AND c.connoinherit AS no_inherit,
      c.contype IN ('c', 'n') AND c.conislocal AS local, c.contype IN ('c', 'n') AND c.coninhcount > 0 AS inherited, CASE WHEN c.contype IN ('p', 'u', 'x') THEN index.key END AS index
    FROM rel JOIN pg_constraint c ON c.conrelid = rel.oid
    LEFT JOIN rel target ON target.oid = c.confrelid LEFT JOIN rel index ON index.oid = c.conindid
    WHERE c.contype IN ('p', 'u', 'f', 'c', 'x', 'n')
      AND NOT EXISTS (SELECT FROM pg_constraint up WHERE up.oid = c.conparentid AND up.conrelid = c.conrelid)`),
  indexes:
    query(`SELECT 'index ' || rel.key AS fact, owner.key AS table_name, i.indisunique AS is_unique, am.amname::text AS method,
      (SELECT array_agg(COALESCE(a.attname::text, 'expression') || CASE WHEN o & 1 = 1 THEN ' desc' ELSE '' END
          || CASE WHEN o & 2 = 2 THEN ' nulls first' ELSE '' END || COALESCE(' ' || oc.opcname, '')
          || COALESCE(' in ' || co.collname, '') ORDER BY nth)
        FROM unnest(i.indkey::int2[], i.indoption::int2[], i.indclass::oid[], i.indcollation::oid[]) WITH ORDINALITY u(num, o, class, coll, nth)
        LEFT JOIN pg_attribute a ON a.attrelid = owner.oid AND a.attnum = u.num AND u.num <> 0
        LEFT JOIN pg_opclass oc ON oc.oid = u.class AND NOT oc.opcdefault AND u.num <> 0
        LEFT JOIN pg_collation co ON co.oid = u.coll AND u.coll <> a.attcollation WHERE nth <= i.indnkeyatts) AS keys,
      (SELECT array_agg(a.attname::text ORDER BY nth) FROM unnest(i.indkey::int2[]) WITH ORDINALITY u(num, nth)
        JOIN pg_attribute a ON a.attrelid = owner.oid AND a.attnum = u.num WHERE nth > i.indnkeyatts) AS includes,
      i.indpred IS NOT NULL AS is_partial, i.indnullsnotdistinct AS nulls_not_distinct, i.indisvalid AS valid
    FROM rel JOIN pg_index i ON i.indexrelid = rel.oid JOIN rel owner ON owner.oid = i.indrelid JOIN pg_am am ON am.oid = rel.relam`),
  views:
    query(`SELECT 'view ' || rel.key AS fact, rel.relkind = 'm' AS materialized, NOT rel.relispopulated AS unpopulated,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = rel.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      (SELECT array_agg(o ORDER BY o) FROM unnest(rel.reloptions) o) AS options
    FROM rel WHERE rel.relkind IN ('v', 'm')`),
  outputs:
    query(`SELECT 'output ' || rel.key || '.' || a.attname AS fact, ${typeText('a.atttypid', 'a.atttypmod')} AS type
    FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid WHERE rel.relkind IN ('v', 'm') AND a.attnum > 0 AND NOT a.attisdropped`),
  reads: query(`SELECT 'reads ' || rel.key || ' of ' || used.key AS fact,
      array_agg(DISTINCT a.attname::text) FILTER (WHERE a.attname IS NOT NULL) AS columns
    FROM rel JOIN pg_rewrite w ON w.ev_class = rel.oid
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> rel.oid
    JOIN rel used ON used.oid = d.refobjid AND used.relkind IN ('r', 'p', 'f', 'v', 'm')
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
    WHERE rel.relkind IN ('v', 'm') AND w.rulename = '_RETURN' GROUP BY rel.key, used.key`),
  sequences:
    query(`SELECT 'sequence ' || rel.key AS fact, (SELECT t.key || '.' || a.attname FROM pg_depend d JOIN rel t ON t.oid = d.refobjid
        JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND d.deptype IN ('a', 'i')) AS owned_by
    FROM rel WHERE rel.relkind = 'S'`),
  types: query(`SELECT 'type ' || ns.name || '.' || t.typname AS fact,
      CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite' WHEN 'r' THEN 'range' ELSE 'base' END AS form,
      (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels,
      CASE WHEN t.typtype = 'd' THEN ${typeText('t.typbasetype', 't.typtypmod')} END AS base, t.typnotnull AS not_null,
      (SELECT array_agg(c.conname::text ORDER BY c.conname) FROM pg_constraint c WHERE c.contypid = t.oid) AS checks,
      t.typnotnull OR EXISTS (SELECT FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c') AS constrained,
      (SELECT array_agg(a.attname || ':' || ${typeText('a.atttypid', 'a.atttypmod')} ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes
    FROM pg_type t JOIN ns ON ns.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')`),
  statistics: query(`SELECT 'statistics ' || ns.name || '.' || x.stxname AS fact, rel.key AS owner,
      (SELECT array_agg(n ORDER BY n COLLATE "C") FROM unnest(${names('x.stxkeys::int2[]', 'rel.oid')}) n) AS columns,
      cardinality(pg_get_statisticsobjdef_expressions(x.oid)) AS expressions,
      (SELECT array_agg(k ORDER BY k) FROM unnest(ARRAY[CASE WHEN 'd' = ANY (x.stxkind) THEN 'ndistinct' END, CASE WHEN 'f' = ANY (x.stxkind) THEN 'dependencies' END,
        CASE WHEN 'm' = ANY (x.stxkind) THEN 'mcv' END]) k WHERE k IS NOT NULL) AS kinds, x.stxstattarget AS target
    FROM pg_statistic_ext x JOIN ns ON ns.oid = x.stxnamespace JOIN rel ON rel.oid = x.stxrelid`),
  triggers:
    query(`SELECT 'trigger ' || rel.key || '.' || t.tgname AS fact, pn.name || '.' || p.proname AS fn, t.tgenabled <> 'D' AS enabled,
      (SELECT array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0) AS columns
    FROM rel JOIN pg_trigger t ON t.tgrelid = rel.oid JOIN pg_proc p ON p.oid = t.tgfoid JOIN ns pn ON pn.oid = p.pronamespace
    WHERE p.pronamespace <> 'pg_catalog'::regnamespace`),
  policies: query(
    `SELECT 'policy ' || rel.key || '.' || p.polname AS fact, NOT p.polpermissive AS restrictive FROM rel JOIN pg_policy p ON p.polrelid = rel.oid`,
  ),
  publications: query(`SELECT 'publication ' || p.pubname AS fact, p.puballtables AS all_tables,
      (SELECT array_agg(n ORDER BY n) FROM (SELECT (xpath('/row/n/text()', x))[1]::text AS n FROM unnest(xpath('/table/row',
        CASE WHEN to_regclass('pg_publication_namespace') IS NULL THEN '<table/>'::xml
          ELSE query_to_xml('SELECT n.nspname AS n FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = ' || p.oid, false, false, '') END)) x) s) AS schemas,
      (SELECT array_agg(t ORDER BY t COLLATE "C") FROM (SELECT r.key || COALESCE('(' || (SELECT string_agg(a.attname, ' ' ORDER BY a.attname) FROM pg_attribute a
          WHERE a.attrelid = r.oid AND a.attnum = ANY (m.prattrs::int2[])) || ')', '')
          || CASE WHEN m.prqual IS NULL THEN '' ELSE '?' END AS t
        FROM pg_publication_rel m JOIN rel r ON r.oid = m.prrelid WHERE m.prpubid = p.oid) s) AS tables,
      array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END,
        CASE WHEN p.pubtruncate THEN 'truncate' END], NULL) AS operations
    FROM pg_publication p`),
  privileges: query(`SELECT 'privileges ' || rel.key || ' ' || r.rolname AS fact,
      array_agg(lower(a.privilege_type) || CASE WHEN a.is_grantable THEN '*' ELSE '' END ORDER BY lower(a.privilege_type)) AS of
    FROM rel CROSS JOIN LATERAL aclexplode(rel.relacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee <> rel.relowner AND a.privilege_type <> 'MAINTAIN' GROUP BY rel.key, r.rolname`),
  routines: query(
    `SELECT 'routine ' || ${routine('p')} AS fact, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END AS kind,
      p.pronargdefaults AS defaults, p.provariadic <> 0 AS variadic, CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END AS volatility
      FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace
      WHERE ${WRITTEN}`,
  ),
  rules: query(
    `SELECT 'rule ' || rel.key || '.' || rulename AS fact FROM pg_rewrite JOIN rel ON rel.oid = ev_class WHERE rulename <> '_RETURN'`,
  ),
  looks: query(`SELECT 'reads ' || each.fact || ' of ' || used.key AS fact,
      array_agg(DISTINCT a.attname::text ORDER BY a.attname::text) FILTER (WHERE a.attname IS NOT NULL) AS columns
    FROM (SELECT kind || ' ' || rel.key || '.' || name AS fact, class, id, owner FROM (${ATTACHED}) att JOIN rel ON rel.oid = owner
      UNION ALL SELECT 'function ' || ${routine('p')}, 'pg_proc'::regclass, p.oid, NULL FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace WHERE ${WRITTEN}) each
    JOIN pg_depend d ON d.classid = each.class AND d.objid = each.id AND d.refclassid = 'pg_class'::regclass
      AND (each.owner IS NULL OR d.refobjid <> each.owner OR d.refobjsubid > 0)
    JOIN rel used ON used.oid = d.refobjid AND used.relkind IN ('r', 'p', 'f', 'v', 'm')
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
    GROUP BY each.fact, used.key`),
  uses: query(`SELECT DISTINCT 'uses ' || user_name || ' needs ' || used AS fact FROM (
      SELECT d.refobjid, ${routine('p')} AS used, d.classid, d.objid, d.objsubid FROM pg_depend d JOIN pg_proc p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
        JOIN ns ON ns.oid = p.pronamespace WHERE d.deptype IN ('n', 'a') AND ${WRITTEN}
      UNION ALL SELECT d.refobjid, ns.name || '.' || COALESCE(e.typname, t.typname), d.classid, d.objid, d.objsubid FROM pg_depend d JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
        LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' JOIN ns ON ns.oid = t.typnamespace WHERE d.deptype IN ('n', 'a')) need
    CROSS JOIN LATERAL (${USERS}) named WHERE user_name IS NOT NULL`),
};
