import type { TypeName } from '@pgsql/types';
import type { Span } from '../../../model/text.ts';
import type { DataType } from '../../../schema/types.ts';
import { isOfEveryDatabase } from './impact/type-facts.ts';
import { closing, isWord, nameLength, spanOf, startsWith, type Words } from './source.ts';
import { type PgNode, textsOf } from './tree.ts';
import { intervalSpelling, serialType, spelling } from './type-names.ts';

/** A type of the tree in canonical spelling; `serial` is already its integer. */
export function dataType(type: TypeName | undefined): DataType {
  const names = textsOf(type?.names);
  const schema = names.at(-2);
  const written = names.at(-1) ?? '';
  const builtIn = schema === undefined || schema === 'pg_catalog';
  const name = (builtIn ? serialType(written) : undefined) ?? written;
  const array = type?.arrayBounds?.length ?? 0;
  const modifiers = (type?.typmods ?? []) as readonly PgNode[];
  return {
    ...(builtIn ? {} : { schema }),
    name,
    ...(schema === undefined && !isOfEveryDatabase(name) ? { own: true } : {}),
    args: scaled(
      name,
      modifiers.map(numberOf).filter((value) => value !== undefined),
      0,
    ),
    array,
    text:
      scalarText(name, builtIn ? undefined : schema, modifiers) + (type?.pct_type ? '%TYPE' : '') + '[]'.repeat(array),
  };
}

/** The type's name alone. */
export function typeNamed(type: TypeName | undefined): { readonly name: string; readonly schema?: string } {
  const { name, schema } = dataType(type);
  return schema === undefined ? { name } : { name, schema };
}

export function isSerial(type: TypeName | undefined): boolean {
  const names = textsOf(type?.names);
  return names.length === 1 && serialType(names[0] ?? '') !== undefined;
}

/** The words of a type that starts at `at`. */
export function typeSpan(words: Words, at: number): Span {
  return spanOf(words.slice(at, typeEnd(words, at)));
}

/** Index behind the type that starts at `at`. Follows the grammar's `Typename`. */
export function typeEnd(words: Words, at: number): number {
  let end = isWord(words[at], 'setof') ? at + 1 : at;
  end = baseEnd(words, end);
  if (words[end]?.text === '(') end = closing(words, end) + 1;
  end = qualifierEnd(words, end, words[at]?.value ?? '');
  while (words[end]?.text === '[') end = closing(words, end) + 1;
  if (isWord(words[end], 'array')) end += words[end + 1]?.text === '[' ? 4 : 1;
  return Math.min(end, words.length);
}

/** The names of built-in types have up to two or three words. */
function baseEnd(words: Words, at: number): number {
  const rest = words.slice(at, at + 3);
  if (startsWith(rest, 'double', 'precision')) return at + 2;
  if (startsWith(rest, 'national')) return at + (isWord(rest[2], 'varying') ? 3 : 2);
  if (isWord(rest[0], ['character', 'char', 'nchar', 'bit'])) return at + (isWord(rest[1], 'varying') ? 2 : 1);
  const end = at + nameLength(words, at);
  return words[end]?.text === '%' && isWord(words[end + 1], 'type') ? end + 2 : end;
}

/** What stands behind the modifiers: `WITH TIME ZONE`, `DAY TO SECOND(3)`. */
function qualifierEnd(words: Words, at: number, first: string): number {
  if (first.startsWith('time') && isWord(words[at], ['with', 'without']) && isWord(words[at + 1], 'time'))
    return at + 3;
  if (first !== 'interval' || !isWord(words[at], UNITS)) return at;
  const end = isWord(words[at + 1], 'to') ? at + 3 : at + 1;
  return words[end]?.text === '(' ? closing(words, end) + 1 : end;
}

const UNITS = ['year', 'month', 'day', 'hour', 'minute', 'second'];

function scalarText(name: string, schema: string | undefined, modifiers: readonly PgNode[]): string {
  if (schema !== undefined) return `${quoted(schema)}.${spelling(quoted(name), modifiers.map(modifierText))}`;
  if (name === 'interval') {
    const [mask, precision] = modifiers.map(numberOf);
    return intervalSpelling(mask, precision);
  }
  return spelling(
    /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoted(name),
    scaled(name, modifiers.map(modifierText), '0'),
  );
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** `numeric(5)` is `numeric(5,0)`. */
function scaled<T>(name: string, modifiers: readonly T[], zero: T): readonly T[] {
  return name === 'numeric' && modifiers.length === 1 ? [...modifiers, zero] : modifiers;
}

/** Integer of a constant; the tree leaves a zero out, and writes a negative one as an operator. */
function numberOf(node: PgNode): number | undefined {
  const constant = node.A_Const;
  if (constant !== undefined && 'ival' in constant) return (constant.ival as { ival?: number } | undefined)?.ival ?? 0;
  const negated = node.A_Expr?.rexpr;
  const value = negated === undefined ? undefined : numberOf(negated);
  return value === undefined ? undefined : -value;
}

function modifierText(node: PgNode): string {
  const value = numberOf(node);
  if (value !== undefined) return String(value);
  const constant = node.A_Const as { sval?: { sval?: string } } | undefined;
  return constant?.sval?.sval ?? textsOf(node.ColumnRef?.fields).join('.');
}
