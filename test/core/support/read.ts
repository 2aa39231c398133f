import type { Span } from '#core/model/text.ts';
import type { ChangeKind, ChangeOf, SchemaChange } from '#core/schema/change.ts';
import type { StatementReader, StatementReading } from '#core/sql/dialect.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { postgresqlReader } from '#core/sql/dialects/postgresql/read.ts';
import { splitScript } from '#core/sql/split.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';

let loaded: Promise<StatementReader> | undefined;

/** The PostgreSQL reader with its real parser, loaded once per test file. */
export function reader(): Promise<StatementReader> {
  loaded ??= loadPostgresqlParser().then(postgresqlReader);
  return loaded;
}

/** One statement, with or without its `;`. */
export async function read(sql: string): Promise<StatementReading> {
  const [statement] = splitScript(sql, postgresqlLexical);
  return (await reader()).read(statement?.id.text ?? '');
}

/** The readings of all statements of a script. */
export async function script(sql: string): Promise<readonly StatementReading[]> {
  const read = await reader();
  return splitScript(sql, postgresqlLexical).map(({ id }) => read.read(id.text));
}

/** All changes of a script. */
export async function changes(sql: string): Promise<readonly SchemaChange[]> {
  return (await script(sql)).flatMap((reading) => reading.changes);
}

/** The only change of a statement, which must be of this kind. */
export async function change<K extends ChangeKind>(kind: K, sql: string): Promise<ChangeOf<K>> {
  const found = await changes(sql);
  const [only] = found;
  if (found.length !== 1 || only?.kind !== kind)
    throw new Error(`${sql}: expected one ${kind}, got ${found.map((each) => each.kind).join(', ') || 'nothing'}`);
  return only as ChangeOf<K>;
}

/** The words under a span. */
export function quote(text: string, span: Span | undefined): string {
  return span === undefined ? '' : text.slice(span.start, span.end);
}

/**
 * A change, or any part of a reading, with its places as words, so that a test reads like the statement: a span becomes
 * the words under it, a name `name` where it is written so and `name <- words` where it is not, an expression its text.
 */
export function worded(text: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => worded(text, each));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value);
  if ('volatility' in value && 'text' in value) return value.text;
  if ('start' in value && 'end' in value && fields.length === 2) return quote(text, value as Span);
  if ('args' in value && 'array' in value && 'text' in value) return value.text;
  if ('name' in value && 'span' in value && fields.every(([key]) => ['name', 'schema', 'span'].includes(key)))
    return nameWords(text, value as { readonly name: string; readonly schema?: string; readonly span: Span });
  return Object.fromEntries(fields.map(([key, each]) => [key, worded(text, each)]));
}

function nameWords(
  text: string,
  value: { readonly name: string; readonly schema?: string; readonly span: Span },
): string {
  const name = value.schema === undefined ? value.name : `${value.schema}.${value.name}`;
  const words = quote(text, value.span);
  return words === name ? name : `${name} <- ${words}`;
}

/** The changes of one statement in words. */
export async function wordedChanges(sql: string): Promise<readonly unknown[]> {
  const [statement] = splitScript(sql, postgresqlLexical);
  const text = statement?.id.text ?? '';
  return (await reader()).read(text).changes.map((each) => worded(text, each));
}
