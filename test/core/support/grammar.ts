import { readFileSync } from 'node:fs';

export interface Sample {
  readonly sql: string;
  /** What it lowers to, as `says` puts it. */
  readonly says: string;
  /** Why the oracle does not run it. */
  readonly notRun?: string;
}

/**
 * Statements of PostgreSQL's whole grammar, each with what it must lower to. They stand in an order in which PostgreSQL 18
 * runs them (test/oracles/grammar.test.ts), so that each is known to be valid.
 */
export function grammarSamples(): readonly Sample[] {
  const text = readFileSync(new URL('grammar.sql', import.meta.url), 'utf8');
  return [...text.matchAll(/^(.+?);(?: -- not run: (.+))?\n--> (.*)$/gm)].map(([, sql = '', notRun, says = '']) => ({
    sql,
    says,
    ...(notRun === undefined ? {} : { notRun }),
  }));
}
