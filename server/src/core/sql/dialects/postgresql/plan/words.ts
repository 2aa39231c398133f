import { tokenize } from '../../../tokenize.ts';
import type { Token } from '../../../tokens.ts';
import { postgresqlLexical } from '../lexical.ts';
import { postgresqlRenderer } from '../render.ts';

export const { quoteName: q, quoteText } = postgresqlRenderer;

/** A body between dollar quotes that it does not hold itself. */
export function dollarQuoted(body: string): string {
  let tag = '$sw$';
  for (let nth = 1; body.includes(tag); nth += 1) tag = `$sw${nth}$`;
  return `${tag}\n${body}\n${tag}`;
}

/**
 * An expression in which some bare columns are replaced, token by token: never inside strings, nor the name of a
 * function, a type or a field. `users.email` is the column `email` too.
 */
export function withColumns(expression: string, replace: (column: string) => string | undefined): string {
  const tokens = tokenize(expression, postgresqlLexical);
  let result = '';
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const replacement = isColumn(tokens, index) ? replace(token.value) : undefined;
    if (replacement === undefined) continue;
    const start = qualifierStart(tokens, index) ?? token.start;
    if (start < at) continue;
    result += expression.slice(at, start) + replacement;
    at = token.end;
  }
  return result + expression.slice(at);
}

function isColumn(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted-name')) return false;
  const next = tokens[index + 1];
  const last = tokens[index - 1];
  if (next?.text === '(' || next?.text === '.' || last?.text === ':') return false;
  if (last?.text === '.') return isName(tokens[index - 2]);
  if (token.kind === 'quoted-name') return true;
  return next?.kind !== 'string' && last?.value !== 'as' && last?.value !== 'collate' && next?.value !== 'from';
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted-name';
}

function qualifierStart(tokens: readonly Token[], index: number): number | undefined {
  if (tokens[index - 1]?.text !== '.') return undefined;
  const qualifier = tokens[index - 2];
  return tokens[index - 3]?.text === '.' ? tokens[index - 4]?.start : qualifier?.start;
}
