import type { Casts } from '../../../schema/semantics.ts';
import type { DataType } from '../../../schema/types.ts';
import { indexedAs, isBuiltInType } from './impact/type-facts.ts';
import { conversionOf, lossOf } from './losses.ts';

/** `pg_cast` of PostgreSQL 12 to 18, without explicit casts, between the types that columns have: from -> to. */
const IMPLICIT: ReadonlyMap<string, ReadonlySet<string>> = castTable(`
  bit: varbit; bpchar: name text varchar; cidr: inet; date: timestamp timestamptz; float4: float8; int2: float4 float8 int4 int8 numeric oid;
  int4: float4 float8 int8 numeric oid; int8: float4 float8 numeric oid; macaddr: macaddr8; macaddr8: macaddr; name: text; numeric: float4 float8;
  text: bpchar name varchar; time: interval timetz; timestamp: timestamptz; varbit: bit; varchar: bpchar name text`);

const ON_ASSIGNMENT: ReadonlyMap<string, ReadonlySet<string>> = castTable(`
  box: polygon; float4: int2 int4 int8 numeric; float8: float4 int2 int4 int8 numeric; inet: cidr; int4: int2 money; int8: int2 int4 money;
  interval: time; json: jsonb; jsonb: json; money: numeric; numeric: int2 int4 int8 money; oid: int4 int8; path: polygon; point: box;
  polygon: path; timestamp: date time; timestamptz: date time timestamp timetz; timetz: time`);

/** Types of the string category: everything becomes one of them on assignment. */
const STRINGS: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar', 'name']);

/** Types whose casts to the others are all in the tables above. */
const CAST: ReadonlySet<string> = new Set(
  (
    'bool int2 int4 int8 numeric float4 float8 text varchar bpchar name date time timetz timestamp timestamptz interval uuid json jsonb ' +
    'bytea money inet cidr macaddr macaddr8 bit varbit xml oid point box circle polygon path lseg line tsvector tsquery jsonpath ' +
    'int4range int8range numrange daterange tsrange tstzrange'
  ).split(' '),
);

/** Casts of user-defined types are not in `pg_cast` unless somebody made them: only strings take them. */
export const casts: Casts = {
  knows,
  conversionOf,
  lossOf,
  isAssignable(from, to) {
    if (knows(to) && to.array === 0 && STRINGS.has(to.name)) return true;
    if (from.array > 0 !== to.array > 0) return false;
    if (from.array > 0) return casts.isAssignable({ ...from, array: 0 }, { ...to, array: 0 });
    const isFree =
      knows(to) && (STRINGS.has(to.name) || (knows(from) && ON_ASSIGNMENT.get(from.name)?.has(to.name) === true));
    return isFree || isCoercible(from, to);
  },
  canReference(from, to) {
    if (isCoercible(from, to)) return true;
    if (from.array > 0 || to.array > 0 || !knows(from) || !knows(to)) return false;
    const key = indexedAs(to);
    return from.name === key || IMPLICIT.get(from.name)?.has(key) === true || areComparedAs(from.name, key);
  },
};

/** Wherever a value stands. */
function isCoercible(from: DataType, to: DataType): boolean {
  if (from.array > 0 !== to.array > 0) return false;
  if (from.name === to.name && from.schema === to.schema) return true;
  return from.array === 0 && knows(from) && knows(to) && IMPLICIT.get(from.name)?.has(to.name) === true;
}

/** Types that one operator family of B-trees compares with each other (`pg_amop`). */
const FAMILIES: readonly (readonly string[])[] = [
  ['int2', 'int4', 'int8'],
  ['float4', 'float8'],
  ['date', 'timestamp', 'timestamptz'],
  ['text', 'name'],
];

function areComparedAs(from: string, to: string): boolean {
  return FAMILIES.some((family) => family.includes(from) && family.includes(to));
}

function knows(type: DataType): boolean {
  return isBuiltInType(type) && CAST.has(type.name);
}

function castTable(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    text.split(';').map((line) => {
      const [from = '', to = ''] = line.trim().split(': ');
      return [from, new Set(to.split(' '))] as const;
    }),
  );
}
