import type { ParseResult } from '@pgsql/types';

/** What PostgreSQL's own grammar says of a text. Never an exception. */
export type ParseOutcome<Tree> =
  | { readonly kind: 'tree'; readonly tree: Tree }
  /** `cursor`: code points before the offending token; -1 where the parser gave none. */
  | { readonly kind: 'error'; readonly message: string; readonly cursor: number }
  /** The parser itself failed (nesting too deep): nothing is known of the text. */
  | { readonly kind: 'crashed'; readonly reason: string };

/** PostgreSQL's parser, loaded by a host (libpg-query 18.1.5). Positions in trees are UTF-8 bytes. */
export interface PgParser {
  parse(sql: string): ParseOutcome<ParseResult>;
  /** @param sql one CREATE FUNCTION or DO statement in PL/pgSQL */
  parsePlPgSql(sql: string): ParseOutcome<PlPgSqlResult>;
}

/** The functions' trees, whose node names libpg-query takes from PL/pgSQL's own structs (`PLpgSQL_stmt_if`). */
export interface PlPgSqlResult {
  readonly plpgsql_funcs?: readonly unknown[];
}
