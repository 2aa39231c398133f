import type { UserType } from '../../../../schema/catalog.ts';
import type { DataType, Expression } from '../../../../schema/types.ts';
import type { Scene } from './reach.ts';
import { indexedAs, SAME_BYTES, TEMPORAL } from './type-facts.ts';
import { userTypeOf } from './user-types.ts';

/**
 * What ALTER COLUMN TYPE does to the stored values: `same` keeps type and modifier, `free` keeps the bytes, `timezone` keeps
 * them only where the session's TimeZone is UTC, `rewrite` computes each one again.
 */
export type TypeChange = 'same' | 'free' | 'timezone' | 'rewrite' | 'unknown';

/** Follows ATColumnChangeRequiresRewrite of PostgreSQL 10 to 18: relabelling is free, any function call is not. */
export function typeChange(scene: Scene, from: DataType, to: DataType, depth = 0): TypeChange {
  if (depth > DEEPEST_DOMAIN) return 'unknown';
  const target = userTypeOf(scene, to);
  if (target.kind === 'known' && target.value.form === 'domain') return toDomain(scene, from, to, target.value, depth);
  const source = userTypeOf(scene, from);
  if (source.kind === 'known' && source.value.form === 'domain') return fromDomain(scene, source.value, to, depth);
  if (isSameName(from, to)) return from.array === to.array ? modifierChange(from, to) : 'rewrite';
  if (source.kind === 'unknown' || target.kind === 'unknown') return 'unknown';
  return betweenTypes(from, to, scene);
}

/** Is an index over the column built anew although the stored values stay? */
export function needsNewIndex(scene: Scene, from: DataType, to: DataType): boolean {
  return indexedAs(baseOf(scene, from)) !== indexedAs(baseOf(scene, to));
}

/** What a domain is made of, all the way down. */
function baseOf(scene: Scene, type: DataType): DataType {
  let base = type;
  for (let depth = 0; depth < DEEPEST_DOMAIN; depth++) {
    const found = userTypeOf(scene, base);
    if (found.kind !== 'known' || found.value.form !== 'domain' || found.value.base === undefined) return base;
    base = found.value.base;
  }
  return base;
}

/** Domains over domains; a history that PostgreSQL would refuse may make them a circle. */
const DEEPEST_DOMAIN = 16;

/** A longer USING does not stand for the plain conversion. */
const LONGEST_CAST = 500;

/** `USING c` and `USING c::t` with the very type say no more than leaving USING out. */
export function isPlainUsing(using: Expression | undefined, column: string, to: DataType): boolean {
  if (using === undefined) return true;
  const cast = castOf(using.text, column);
  return cast !== undefined && (cast.type === undefined || cast.isOf(to));
}

/** `c`, `c::t` or `CAST(c AS t)`, in parentheses or not; undefined where it says anything else. */
export function castOf(
  using: string,
  column: string,
): { readonly type: string | undefined; isOf(type: DataType): boolean } | undefined {
  if (using.length > LONGEST_CAST) return undefined;
  const text = using.replace(/^\((.*)\)$/s, '$1').trim();
  const [, value = text, type] = /^(.*?)\s*::\s*(.*)$/s.exec(text) ?? /^cast\s*\((.*)\sas\s(.*)\)$/is.exec(text) ?? [];
  if (foldedName(value) !== column) return undefined;
  return { type, isOf: (to) => type !== undefined && spellingsOf(to).includes(squeezed(type)) };
}

/** `code`, `Code` and `("code")` all name the column code. */
function foldedName(words: string): string {
  const name = words.replace(/[()\s]/g, '');
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}

/** How the type may be written in a cast, without spaces. */
function spellingsOf(type: DataType): readonly string[] {
  const [words = ''] = type.text.split('(');
  const modifiers = type.args.length === 0 ? '' : `(${type.args.join(',')})`;
  const names = [type.name, words, ...(OTHER_NAMES[type.name] ?? [])].map((name) => `${squeezed(name)}${modifiers}`);
  return [
    squeezed(type.text),
    ...names.flatMap((name) => (type.array === 0 ? name : `${name}${'[]'.repeat(type.array)}`)),
  ];
}

const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  int4: ['int'],
  numeric: ['decimal', 'dec'],
  float8: ['float'],
  bpchar: ['char'],
};

const squeezed = (words: string): string => words.toLowerCase().replace(/[\s"]+/g, '');

function toDomain(scene: Scene, from: DataType, to: DataType, domain: UserType, depth: number): TypeChange {
  if (isSameName(from, to) && from.array === to.array) return 'same';
  if (to.array > 0 || domain.constrained || domain.notNull) return 'rewrite';
  return domain.base === undefined ? 'unknown' : relabel(typeChange(scene, from, domain.base, depth + 1));
}

/** The length that a domain's base type has is forgotten: PostgreSQL applies the new one to every value. */
function fromDomain(scene: Scene, { base }: UserType, to: DataType, depth: number): TypeChange {
  if (base === undefined) return 'unknown';
  return relabel(typeChange(scene, { ...base, args: [], text: base.name }, to, depth + 1));
}

const relabel = (change: TypeChange): TypeChange => (change === 'same' ? 'free' : change);

function isSameName(from: DataType, to: DataType): boolean {
  return from.name === to.name && (from.schema ?? to.schema) === (to.schema ?? from.schema);
}

function betweenTypes(from: DataType, to: DataType, { version }: Scene): TypeChange {
  if (from.array > 0 || to.array > 0) return 'rewrite';
  const pair = `${from.name}>${to.name}`;
  if (pair === 'timestamp>timestamptz' || pair === 'timestamptz>timestamp')
    return version >= 12 && keepsAnyPrecision(to) ? 'timezone' : 'rewrite';
  if (!SAME_BYTES.has(pair)) return 'rewrite';
  return to.args.length === 0 ? 'free' : 'rewrite';
}

/** The full precision, written or not: no value is rounded. */
function keepsAnyPrecision({ args }: DataType): boolean {
  return args.length === 0 || (args[0] ?? 0) >= 6;
}

function modifierChange(from: DataType, to: DataType): TypeChange {
  if (from.args.length === to.args.length && from.args.every((arg, nth) => arg === to.args[nth])) return 'same';
  if (to.args.length === 0) return 'free';
  if (to.array > 0) return 'rewrite';
  return widens(from, to) ? 'free' : 'rewrite';
}

function widens(from: DataType, to: DataType): boolean {
  if (to.name === 'interval') return keepsInterval(intervalOf(from), intervalOf(to));
  const [old, wanted] = [from.args[0], to.args[0] ?? 0];
  if (TEMPORAL.has(to.name)) return wanted >= 6 || (old !== undefined && wanted >= old);
  if (old === undefined) return false;
  if (to.name === 'varchar' || to.name === 'varbit') return wanted >= old;
  if (to.name === 'numeric') return wanted >= old && (from.args[1] ?? 0) === (to.args[1] ?? 0);
  return false;
}

/** Fields from the smallest one up. */
const FIELDS = ['second', 'minute', 'hour', 'day', 'month', 'year'];

interface IntervalType {
  /** Place of its smallest field in FIELDS. */
  readonly least: number;
  /** Digits of a second; 6 where nothing is said. */
  readonly precision: number;
}

function intervalOf({ text }: DataType): IntervalType {
  const words = text.toLowerCase();
  const fields = words.match(/year|month|day|hour|minute|second/g) ?? [];
  const precision = /\((\d+)\)/.exec(words)?.[1];
  return {
    least: Math.max(0, FIELDS.indexOf(fields.at(-1) ?? 'second')),
    precision: precision === undefined ? 6 : Number(precision),
  };
}

/** Follows interval_support: no field is cut off, and no digit where seconds are kept. */
function keepsInterval(from: IntervalType, to: IntervalType): boolean {
  return to.least <= from.least && (from.least > 0 || to.precision >= from.precision);
}
