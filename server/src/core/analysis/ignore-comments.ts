import type { Span } from '../model/text.ts';
import { comments } from '../sql/comments.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { ScriptStatement } from '../sql/script.ts';
import { spanToWritten } from '../text/mapped.ts';
import type { Outline } from './slot.ts';

/** `-- schemaward-ignore <rule>[, <rule>] [until=YYYY-MM-DD]: <reason>`, found in a script. */
export interface IgnoreComment {
  readonly rules: readonly string[];
  readonly until?: string;
  readonly reason: string;
  /** In the written text. */
  readonly span: Span;
  /** The comment that ends what this one began, in the written text. */
  readonly endSpan?: Span;
  /** Indexes of the statements that it covers; `file` for all. */
  readonly covers: readonly number[] | 'file';
  /** The other linter that it was written for. */
  readonly peer?: string;
}

const form = /^--\s*schemaward-ignore(-file)?(?:\s+([^:]*?))?\s*(?:\suntil=(\S*?))?\s*(?::\s*(.*?))?\s*$/;

export function ignoreComments(script: Outline, dialect: Dialect): readonly IgnoreComment[] {
  const { text } = script.mapped;
  if (!text.includes('schemaward-ignore')) return [];
  const found: IgnoreComment[] = [];
  for (const span of comments(text, dialect.lexical)) {
    const match = form.exec(text.slice(span.start, span.end));
    if (match === null) continue;
    const [, file, rules = '', until, reason = ''] = match;
    const names = rules
      .replace(/\suntil=\S*$/, '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    found.push({
      rules: names,
      ...(until === undefined ? {} : { until }),
      reason,
      span: spanToWritten(script.mapped, span),
      covers: file === undefined ? coveredStatements(script.statements, text, span) : 'file',
    });
  }
  return found;
}

/** The statement around the comment, or that ends on its line, or the next one. */
export function coveredStatements(
  statements: readonly ScriptStatement[],
  text: string,
  comment: Span,
): readonly number[] {
  const next = statements.findIndex(({ span }) => span.end > comment.start);
  const candidate = statements[next];
  const last = statements[next === -1 ? statements.length - 1 : next - 1];
  const inside = candidate !== undefined && candidate.span.start < comment.start;
  if (!inside && last !== undefined && !text.slice(last.span.end, comment.start).includes('\n')) {
    return [next === -1 ? statements.length - 1 : next - 1];
  }
  return next === -1 ? [] : [next];
}

export function matchesRule(patterns: readonly string[], rule: string): boolean {
  return patterns.some(
    (pattern) => pattern === rule || (pattern.endsWith('/*') && rule.startsWith(pattern.slice(0, -1))),
  );
}
