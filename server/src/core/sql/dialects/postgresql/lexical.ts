import type { LexicalRules } from '../../tokens.ts';

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
};
