import type { Dialect } from '../../dialect.ts';
import { impactWords } from './impact/words.ts';
import { postgresqlImpact } from './impact.ts';
import { postgresqlLexical } from './lexical.ts';
import type { PgParser } from './parser.ts';
import { postgresqlPrimitives } from './primitives.ts';
import { postgresqlReader } from './read.ts';
import { postgresqlRenderer } from './render.ts';
import { postgresqlSemantics } from './semantics.ts';

/** @param parser undefined where the host could not load it: statements are then not examined */
export function createPostgresql(parser: PgParser | undefined): Dialect {
  return {
    id: 'postgresql',
    displayName: 'PostgreSQL',
    lexical: postgresqlLexical,
    mostColumns: 1600,
    versions: { oldest: 10, newest: 18, assumed: 12 },
    semantics: postgresqlSemantics,
    renderer: postgresqlRenderer,
    primitives: postgresqlPrimitives,
    ...(parser === undefined ? {} : { reader: postgresqlReader(parser) }),
    impact: postgresqlImpact,
    impactWords,
  };
}
