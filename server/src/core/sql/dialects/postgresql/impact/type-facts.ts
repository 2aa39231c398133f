import type { DataType } from '../../../../schema/types.ts';

/** Types that every database has, in the reader's canonical spelling (pg_type of PostgreSQL 18, without catalog-internal ones). */
const BUILT_IN = new Set(
  (
    'bool bytea char name int8 int2 int4 text oid xid xid8 cid tid json jsonb jsonpath xml point lseg path box polygon line circle ' +
    'float4 float8 money macaddr macaddr8 inet cidr bpchar varchar date time timetz timestamp timestamptz interval bit varbit numeric ' +
    'uuid pg_lsn tsvector tsquery gtsvector txid_snapshot pg_snapshot refcursor ' +
    'regproc regprocedure regoper regoperator regclass regtype regrole regnamespace regconfig regdictionary regcollation ' +
    'int4range int8range numrange tsrange tstzrange daterange ' +
    'int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange'
  ).split(' '),
);

/** Of columns none can be; functions and the server itself use them. */
const PSEUDO = new Set(
  (
    'record void trigger event_trigger cstring internal unknown aclitem int2vector oidvector pg_node_tree language_handler ' +
    'fdw_handler index_am_handler table_am_handler tsm_handler any anyarray anyelement anyenum anymultirange anynonarray anyrange ' +
    'anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange'
  ).split(' '),
);

/** Found before anything that a search path finds. */
export function isOfEveryDatabase(name: string): boolean {
  return BUILT_IN.has(name) || PSEUDO.has(name) || name.startsWith('pg_');
}

export function isBuiltInType(type: DataType): boolean {
  return (type.schema === undefined || type.schema === 'pg_catalog') && BUILT_IN.has(type.name);
}

/** Base types of extensions that migrations often use: none of them is a domain, so none carries a constraint. */
export const EXTENSION_TYPES: ReadonlySet<string> = new Set(
  (
    'citext hstore ltree lquery ltxtquery cube seg isbn isbn13 issn issn13 ean13 upc geometry geography raster box2d box3d ' +
    'vector halfvec sparsevec semver'
  ).split(' '),
);

/** Casts that keep the stored bytes (`pg_cast.castmethod = 'b'`, PostgreSQL 10 to 18), as `from>to`. */
export const SAME_BYTES: ReadonlySet<string> = new Set(
  (
    'int4>oid oid>int4 text>varchar varchar>text text>bpchar varchar>bpchar xml>text xml>varchar xml>bpchar cidr>inet bit>varbit varbit>bit ' +
    'int4>regproc regproc>int4 int4>regprocedure regprocedure>int4 int4>regoper regoper>int4 int4>regoperator regoperator>int4 ' +
    'int4>regclass regclass>int4 int4>regcollation regcollation>int4 int4>regtype regtype>int4 int4>regconfig regconfig>int4 ' +
    'int4>regdictionary regdictionary>int4 int4>regrole regrole>int4 int4>regnamespace regnamespace>int4 ' +
    'oid>regproc regproc>oid oid>regprocedure regprocedure>oid oid>regoper regoper>oid oid>regoperator regoperator>oid ' +
    'oid>regclass regclass>oid oid>regcollation regcollation>oid oid>regtype regtype>oid oid>regconfig regconfig>oid ' +
    'oid>regdictionary regdictionary>oid oid>regrole regrole>oid oid>regnamespace regnamespace>oid ' +
    'regproc>regprocedure regprocedure>regproc regoper>regoperator regoperator>regoper citext>text citext>varchar text>citext varchar>citext citext>bpchar'
  ).split(' '),
);

/** Widening conversions that an application which reads the old type survives as long as old values fit. */
export const WIDENINGS: ReadonlySet<string> = new Set('int2>int4 int2>int8 int4>int8 float4>float8'.split(' '));

/** Types whose one argument is a precision in digits of a second, at most 6. */
export const TEMPORAL: ReadonlySet<string> = new Set(['time', 'timetz', 'timestamp', 'timestamptz']);

/** Types that share their index operators with another one (`pg_opclass`): an index over one serves the other as it is. */
const INDEXED_AS: Readonly<Record<string, string>> = { varchar: 'text', cidr: 'inet' };

/** What an index over the type is kept as: two types of one name need no new index. */
export function indexedAs({ name, array }: DataType): string {
  const own = name.startsWith('reg') ? 'oid' : (INDEXED_AS[name] ?? name);
  return array > 0 ? `${own}[]` : own;
}
