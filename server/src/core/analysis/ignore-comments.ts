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
  /** Index of the statement that it covers; `file` for all; `none` where no statement follows. */
  readonly covers: number | 'file' | 'none';
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
      covers: file === undefined ? covered(script.statements, text, span) : 'file',
    });
  }
  return found;
}

/** The statement around the comment, or that ends on its line, or the next one. */
function covered(statements: readonly ScriptStatement[], text: string, comment: Span): number | 'none' {
  const next = statements.findIndex(({ span }) => span.end > comment.start);
  const candidate = statements[next];
  const last = statements[next === -1 ? statements.length - 1 : next - 1];
  const inside = candidate !== undefined && candidate.span.start < comment.start;
  if (!inside && last !== undefined && !text.slice(last.span.end, comment.start).includes('\n')) {
    return next === -1 ? statements.length - 1 : next - 1;
  }
  return next === -1 ? 'none' : next;
}

export function matchesRule(patterns: readonly string[], rule: string): boolean {
  return patterns.some(
    (pattern) => pattern === rule || (pattern.endsWith('/*') && rule.startsWith(pattern.slice(0, -1))),
  );
}
