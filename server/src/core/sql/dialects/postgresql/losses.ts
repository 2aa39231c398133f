import type { Conversion, Loss } from '../../../schema/semantics.ts';
import type { DataType } from '../../../schema/types.ts';
import { castOf } from './impact/type-change.ts';
import { TEMPORAL } from './impact/type-facts.ts';

/** How ALTER COLUMN TYPE makes the new value: as it is stored, by a cast of the column or of its text, or otherwise. */
export function conversionOf(using: string | undefined, column: string, to: DataType): Conversion {
  if (using === undefined) return 'assignment';
  const cast = castOf(using, column);
  if (cast === undefined) return 'other';
  if (cast.type === undefined) return 'assignment';
  if (cast.isOf(to)) return 'cast';
  return castOf(using.replace(/::\s*(?:text|varchar)\s*(?=::)/i, ''), column)?.isOf(to) === true ? 'text' : 'other';
}

/** What becomes of values that the other type does not hold (PostgreSQL 12 to 18). Undefined: nothing, or not known. */
export function lossOf(from: DataType, to: DataType, how: Conversion): Loss | undefined {
  if (
    how === 'other' ||
    how === 'text' ||
    from.array !== to.array ||
    from.schema !== undefined ||
    to.schema !== undefined
  )
    return undefined;
  const [a, b] = [from.name, to.name];
  if (isString(a)) return ofString(from, to, how);
  if (isString(b)) return roomOf(to) >= longestOf(from) ? undefined : b === 'name' ? 'cut' : shortened(how);
  if (NUMBERS.has(a) && (NUMBERS.has(b) || b === 'bool')) return ofNumber(from, to);
  if (MOMENTS.has(a) && MOMENTS.has(b)) return ofMoment(from, to);
  if (a.endsWith('bit') && b.endsWith('bit')) return ofBits(from, to, how);
  if (b === 'bit' && (to.args[0] ?? 1) < (BITS[a] ?? 0)) return 'cut';
  if (a === 'json' && b === 'jsonb') return 'keys';
  if (a === 'inet' && b === 'cidr') return 'host';
  if (a === 'macaddr8' && b === 'macaddr') return 'form';
  return a === 'jsonb' && (NUMBERS.has(b) || b === 'bool') ? 'form' : undefined;
}

const STRINGS = new Set(['text', 'varchar', 'bpchar', 'name']);
const isString = (name: string): boolean => STRINGS.has(name);

/** Longest texts of types, of the years that people write. */
const LONGEST: Readonly<Record<string, number>> = {
  bool: 5,
  int2: 6,
  int4: 11,
  int8: 20,
  oid: 10,
  float4: 15,
  float8: 24,
  money: 26,
  uuid: 36,
  date: 10,
  interval: 60,
  inet: 43,
  cidr: 43,
  macaddr: 17,
  macaddr8: 23,
};

/** Before the fraction of a second. */
const SECONDS: Readonly<Record<string, number>> = { time: 8, timetz: 14, timestamp: 19, timestamptz: 25 };

function longestOf(type: DataType): number {
  const { name, args } = type;
  const seconds = SECONDS[name];
  if (seconds !== undefined) return seconds + (precisionOf(type) === 0 ? 0 : precisionOf(type) + 1);
  if (name === 'numeric' && args[0] !== undefined) return args[0] + 1 + (args[1] === 0 ? 0 : 1);
  if (name === 'bit' || name === 'varbit') return args[0] ?? Number.POSITIVE_INFINITY;
  return LONGEST[name] ?? (UNBOUNDED.has(name) ? Number.POSITIVE_INFINITY : 0);
}

const UNBOUNDED = new Set(['numeric', 'json', 'jsonb', 'xml', 'bytea']);

/** Characters that fit. */
function roomOf({ name, args }: DataType): number {
  return name === 'name' ? 63 : (args[0] ?? Number.POSITIVE_INFINITY);
}

/** Without a cast a longer value is refused. */
const shortened = (how: Conversion): Loss => (how === 'cast' ? 'cut' : 'length');

function ofString(from: DataType, to: DataType, how: Conversion): Loss | undefined {
  if (!isString(to.name)) return 'form';
  // A character may take four bytes of the 63.
  if (roomOf(from) <= (to.name === 'name' && from.name !== 'name' ? 15 : roomOf(to))) return undefined;
  return to.name === 'name' ? 'cut' : shortened(how);
}

function ofBits(from: DataType, to: DataType, how: Conversion): Loss | undefined {
  const [old, wanted] = [from.args[0], to.args[0]];
  if (wanted === undefined) return undefined;
  if (to.name === 'bit') return old === wanted && from.name === 'bit' ? undefined : shortened(how);
  return old !== undefined && old <= wanted ? undefined : shortened(how);
}

/** Digits before the point, and behind it; `exact` digits are kept of all together. */
interface Digits {
  readonly whole: number;
  readonly behind: number;
  readonly exact: number;
}

const BITS: Readonly<Record<string, number>> = { int4: 32, int8: 64 };
const INTEGERS: Readonly<Record<string, number>> = { int2: 5, int4: 10, int8: 19, oid: 10 };
const FLOATS: Readonly<Record<string, number>> = { float4: 6, float8: 15 };
const NUMBERS = new Set([...Object.keys(INTEGERS), ...Object.keys(FLOATS), 'numeric', 'money']);

function digitsOf({ name, args }: DataType): Digits {
  const whole = INTEGERS[name];
  if (whole !== undefined) return { whole, behind: 0, exact: whole };
  const exact = FLOATS[name];
  if (exact !== undefined) return { whole: 400, behind: 400, exact };
  if (name === 'money') return { whole: 17, behind: 2, exact: 19 };
  const [precision, scale = 0] = args;
  if (precision === undefined) return { whole: 131_072, behind: 16_383, exact: 147_455 };
  return { whole: precision - scale, behind: Math.max(scale, 0), exact: precision };
}

/** Conversions that keep each value although a count of digits would not say so. */
const KEPT = new Set(['float4>float8', 'int2>oid', 'int4>oid', 'oid>int4']);

function ofNumber(from: DataType, to: DataType): Loss | undefined {
  if (to.name === 'bool') return 'truth';
  if (from.name === to.name && from.name !== 'numeric') return undefined;
  if (KEPT.has(`${from.name}>${to.name}`)) return undefined;
  const [old, wanted] = [digitsOf(from), digitsOf(to)];
  const isRounded = old.behind > wanted.behind || old.exact > wanted.exact;
  if (FLOATS[to.name] !== undefined) return isRounded ? 'rounds' : undefined;
  // A float has no more than its digits to give, and these are made decimal ones.
  if (FLOATS[from.name] !== undefined || old.behind > wanted.behind) return 'rounds';
  const isFull = INTEGERS[to.name] !== undefined && INTEGERS[from.name] === undefined && old.whole === wanted.whole;
  return old.whole > wanted.whole || isFull ? 'range' : undefined;
}

const MOMENTS = new Set([...TEMPORAL, 'date', 'interval']);

/** What the plain conversion of one to another drops or takes from the session. */
const BETWEEN: Readonly<Record<string, Loss>> = {
  'timestamp>date': 'time',
  'timestamptz>date': 'time',
  'timestamp>time': 'date',
  'timestamptz>time': 'date',
  'timestamptz>timetz': 'date',
  'timetz>time': 'offset',
  'interval>time': 'days',
  'date>timestamptz': 'zone',
  'timestamp>timestamptz': 'zone',
  'timestamptz>timestamp': 'zone',
  'time>timetz': 'zone',
};

function ofMoment(from: DataType, to: DataType): Loss | undefined {
  const between = BETWEEN[`${from.name}>${to.name}`];
  if (between !== undefined) return between;
  if (to.name === 'date' || from.name === 'date') return undefined;
  if (from.name === 'interval' || to.name === 'interval') return ofInterval(from, to);
  return precisionOf(to) < precisionOf(from) ? 'rounds' : undefined;
}

/** Of fields such as `interval year to month` nothing is said. */
function ofInterval(from: DataType, to: DataType): Loss | undefined {
  const precision = ({ name, args }: DataType) => (name === 'interval' ? args[1] : args[0]) ?? 6;
  return precision(to) < precision(from) ? 'rounds' : undefined;
}

function precisionOf({ args }: DataType): number {
  return Math.min(args[0] ?? 6, 6);
}
