import type { LexicalRules } from '../../tokens.ts';

/** NAMEDATALEN without the terminating zero. */
export const NAME_BYTES = 63;

/** PostgreSQL with `standard_conforming_strings` on, which it is since 9.1. */
export const postgresqlLexical: LexicalRules = {
  dollarQuotes: true,
  backslashEscapes: 'e-strings',
  nestedComments: true,
  hashComments: false,
  backtickNames: false,
  bracketNames: false,
  atomicBodies: true,
  copyData: true,
  nameBytes: NAME_BYTES,
};
