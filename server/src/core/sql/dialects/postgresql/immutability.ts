import type { Changing } from '../../../schema/types.ts';
import { childrenOf, functionName, type PgNode, textsOf } from './tree.ts';

/** What makes an expression give another value of the same row: functions that are not IMMUTABLE in any form that this is. */
export function changingIn(node: PgNode): readonly Changing[] {
  const own = changing(node);
  return [...(own === undefined ? [] : [own]), ...childrenOf(node).flatMap(changingIn)];
}

function changing(node: PgNode): Changing | undefined {
  if (node.SQLValueFunction !== undefined) return { what: 'The current time, date or role', remedy: 'now' };
  if (node.TypeCast !== undefined) return castIn(node);
  const call = node.FuncCall;
  if (call === undefined) return undefined;
  const name = functionName(call.funcname);
  const args: readonly PgNode[] = call.args ?? [];
  const remedy = ALWAYS.get(name);
  if (remedy !== undefined) return { what: `${name}()`, fn: name, remedy };
  const only = ONE_ARGUMENT.get(name);
  if (only !== undefined && args.length === 1) return { what: `${name}() of one argument`, fn: name, remedy: only };
  const at = BY_TIME_ZONE[name];
  const column = at === undefined ? undefined : columnOf(args[at]);
  if (column === undefined) return undefined;
  return { what: `${name}() of ${column}`, remedy: 'zone', column, types: ['timestamptz'] };
}

/** `at::date`: what a column of some types becomes by a setting of the session. */
function castIn({ TypeCast }: PgNode): Changing | undefined {
  const column = columnOf(TypeCast?.arg);
  const to = textsOf(TypeCast?.typeName?.names).at(-1) ?? '';
  const from = CASTS[to];
  if (column === undefined || from === undefined || (TypeCast?.typeName?.arrayBounds ?? []).length > 0)
    return undefined;
  const remedy = TEXTS.has(to) ? 'text' : 'zone';
  return { what: `The cast of ${column} to ${WORDS[to] ?? to}`, remedy, column, types: from };
}

function columnOf(node: PgNode | undefined): string | undefined {
  const names = textsOf(node?.ColumnRef?.fields);
  return names.length > 0 && names.length === (node?.ColumnRef?.fields ?? []).length ? names.at(-1) : undefined;
}

/** Functions whose every overload is STABLE or VOLATILE, and what to do without them. */
const ALWAYS: ReadonlyMap<string, Changing['remedy']> = new Map([
  ...of('now', 'now clock_timestamp statement_timestamp transaction_timestamp timeofday current_setting'),
  ...of('concat', 'concat concat_ws array_to_string format'),
  ...of('own', 'to_char to_date to_json to_jsonb row_to_json array_to_json jsonb_build_object json_build_object'),
  ...of('own', 'jsonb_build_array json_build_array random gen_random_uuid nextval currval uuid_generate_v4 unaccent'),
]);

/** With the name of a configuration before it, each is IMMUTABLE; `age` of two times, too. */
const ONE_ARGUMENT: ReadonlyMap<string, Changing['remedy']> = new Map([
  ...of('config', 'to_tsvector to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery'),
  ...of('now', 'age'),
]);

/** Function -> which of its arguments is read in the session's time zone, if it has one. */
const BY_TIME_ZONE: Readonly<Record<string, number>> = { date_trunc: 1, date_part: 1, extract: 1 };

const TIMES = ['date', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval', 'enum'];

/** Type -> types of which a column becomes it by a setting of the session. */
const CASTS: Readonly<Record<string, readonly string[]>> = {
  date: ['timestamptz', 'text', 'varchar'],
  time: ['timestamptz', 'text', 'varchar'],
  timetz: ['timestamptz', 'time', 'text', 'varchar'],
  timestamp: ['timestamptz', 'text', 'varchar'],
  timestamptz: ['timestamp', 'date', 'text', 'varchar'],
  text: TIMES,
  varchar: TIMES,
};

const TEXTS: ReadonlySet<string> = new Set(['text', 'varchar']);

const WORDS: Readonly<Record<string, string>> = {
  timestamptz: 'timestamp with time zone',
  timetz: 'time with time zone',
};

function of(remedy: Changing['remedy'], names: string): readonly (readonly [string, Changing['remedy']])[] {
  return names.split(' ').map((name) => [name, remedy] as const);
}
