import type { DialectId } from '../../model/project.ts';
import type { Dialect } from '../dialect.ts';
import { NAMED_DIALECTS } from './named.ts';
import { createPostgresql } from './postgresql/index.ts';
import type { PgParser } from './postgresql/parser.ts';

/** Parsers that must be loaded, and so come from the host. */
export interface DialectParsers {
  readonly postgresql?: PgParser;
}

/** Every dialect that a project may have, by id. */
export function createDialects(parsers: DialectParsers): ReadonlyMap<DialectId, Dialect> {
  const dialects = [createPostgresql(parsers.postgresql), ...NAMED_DIALECTS];
  return new Map(dialects.map((dialect) => [dialect.id, dialect]));
}
