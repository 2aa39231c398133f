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

const form = /^(?:--|\/\/)\s*schemaward-ignore(-file)?(?:\s+([^:]*?))?\s*(?:\suntil=(\S*?))?\s*(?::\s*(.*?))?\s*$/;

type Words = Pick<IgnoreComment, 'rules' | 'until' | 'reason'> & { readonly isForFile: boolean };

/** What a comment says, where it is one of ours. */
export function ignoreWords(comment: string): Words | undefined {
  const match = form.exec(comment);
  if (match === null) return undefined;
  const [, file, rules = '', until, reason = ''] = match;
  const names = rules
    .replace(/\suntil=\S*$/, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return { rules: names, ...(until === undefined ? {} : { until }), reason, isForFile: file !== undefined };
}

export function ignoreComments(script: Outline, dialect: Dialect): readonly IgnoreComment[] {
  const { text } = script.mapped;
  if (!text.includes('schemaward-ignore')) return [];
  return comments(text, dialect.lexical).flatMap((span) => {
    const said = ignoreWords(text.slice(span.start, span.end));
    if (said === undefined) return [];
    const { isForFile, ...words } = said;
    const covers = isForFile ? 'file' : coveredStatements(script.statements, text, span);
    return [{ ...words, span: spanToWritten(script.mapped, span), covers }];
  });
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
