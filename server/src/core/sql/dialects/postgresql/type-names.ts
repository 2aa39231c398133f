/** Canonical names of built-in types (`pg_type.typname`) and how `format_type` spells them (PostgreSQL 18). */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['bool', 'boolean'],
  ['int2', 'smallint'],
  ['int4', 'integer'],
  ['int8', 'bigint'],
  ['float4', 'real'],
  ['float8', 'double precision'],
  ['bpchar', 'character'],
  ['varchar', 'character varying'],
  ['varbit', 'bit varying'],
  ['timestamptz', 'timestamp with time zone'],
  ['timestamp', 'timestamp without time zone'],
  ['timetz', 'time with time zone'],
  ['time', 'time without time zone'],
  ['char', '"char"'],
]);

const SERIALS: ReadonlyMap<string, string> = new Map([
  ['smallserial', 'int2'],
  ['serial2', 'int2'],
  ['serial', 'int4'],
  ['serial4', 'int4'],
  ['bigserial', 'int8'],
  ['serial8', 'int8'],
]);

/** Words of the interval qualifier by the bits that the grammar makes of them (`INTERVAL_MASK` in utils/timestamp.h). */
const INTERVAL_FIELDS: ReadonlyMap<number, string> = new Map([
  [4, 'year'],
  [2, 'month'],
  [8, 'day'],
  [1024, 'hour'],
  [2048, 'minute'],
  [4096, 'second'],
  [6, 'year to month'],
  [1032, 'day to hour'],
  [3080, 'day to minute'],
  [7176, 'day to second'],
  [3072, 'hour to minute'],
  [7168, 'hour to second'],
  [6144, 'minute to second'],
]);

/** The integer type behind `serial` and its kin. */
export function serialType(name: string): string | undefined {
  return SERIALS.get(name);
}

/** As people write the type, without arrays: `character varying(20)`, `timestamp(3) with time zone`. */
export function spelling(name: string, modifiers: readonly string[]): string {
  const words = SPELLINGS.get(name) ?? name;
  if (modifiers.length === 0) return words;
  const list = `(${modifiers.join(',')})`;
  const gap = name.startsWith('time') ? words.indexOf(' ') : -1;
  return gap === -1 ? words + list : words.slice(0, gap) + list + words.slice(gap);
}

/** `interval day to second(3)` from the grammar's two modifiers. */
export function intervalSpelling(mask: number | undefined, precision: number | undefined): string {
  const fields = mask === undefined ? undefined : INTERVAL_FIELDS.get(mask);
  return `interval${fields === undefined ? '' : ` ${fields}`}${precision === undefined ? '' : `(${precision})`}`;
}
