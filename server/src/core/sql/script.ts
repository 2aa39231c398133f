import type { Span, StatementId } from '../model/text.ts';
import { ownText } from '../text/own.ts';
import type { Dialect, StatementReading } from './dialect.ts';
import { leadingWords } from './words.ts';

/** One statement of a script, placed in the running text of its file. */
export interface ScriptStatement {
  readonly id: StatementId;
  /** In the running text, without surrounding white space and comments, without the `;`. */
  readonly span: Span;
  /** From the first comment that belongs to it to behind its `;`. */
  readonly full: Span;
  readonly kind: 'sql' | 'copy-data' | 'psql';
}

export interface ReadStatement extends ScriptStatement {
  readonly reading: StatementReading;
}

/** In UTF-16 units. Longer statements are data: they are neither parsed (readers see to that) nor remembered. */
export const LONGEST_PARSED = 256 * 1024;

/** Reads statements, each text once. One that stands in `before`, an earlier reading of the file, is not read again. */
export function readStatements(
  statements: readonly ScriptStatement[],
  dialect: Dialect,
  before: readonly ReadStatement[] = [],
): readonly ReadStatement[] {
  // An edit leaves most statements as they were, in the order in which they were: only between are they looked for.
  const moved = before.length - statements.length;
  const most = Math.min(statements.length, before.length);
  let start = 0;
  while (start < most && isSame(statements[start], before[start])) start += 1;
  let end = statements.length;
  while (end > start && end + moved > start && isSame(statements[end - 1], before[end - 1 + moved])) end -= 1;
  const known = new Map<string, StatementReading>();
  for (const { kind, id, reading } of before.slice(start, end + moved)) if (kind === 'sql') known.set(id.text, reading);
  const read = (statement: ScriptStatement): StatementReading => {
    if (statement.kind !== 'sql') return readingOf(statement, dialect);
    const reading = known.get(statement.id.text) ?? readingOf(statement, dialect);
    known.set(statement.id.text, reading);
    return reading;
  };
  return statements.map((statement, index) => {
    const old = index < start ? before[index] : index >= end ? before[index + moved] : undefined;
    if (old === undefined)
      return { ...statement, id: { ...statement.id, text: ownText(statement.id.text) }, reading: read(statement) };
    if (old.id.nth !== statement.id.nth) return { ...statement, reading: old.reading };
    return isAt(old, statement) ? old : { ...statement, id: old.id, reading: old.reading };
  });
}

function isAt(old: ScriptStatement, { span, full }: ScriptStatement): boolean {
  return (
    old.span.start === span.start &&
    old.span.end === span.end &&
    old.full.start === full.start &&
    old.full.end === full.end
  );
}

function isSame(a: ScriptStatement | undefined, b: ScriptStatement | undefined): boolean {
  return a?.id.text === b?.id.text && a?.kind === b?.kind;
}

function readingOf(statement: ScriptStatement, { reader, ...dialect }: Dialect): StatementReading {
  if (statement.kind === 'copy-data') return COPY_DATA;
  if (statement.kind === 'psql') return PSQL;
  return reader === undefined ? notExamined(statement.id.text, dialect) : reader.read(statement.id.text);
}

const COPY_DATA: StatementReading = { changes: [], reads: [], verb: 'COPY data' };

const PSQL: StatementReading = {
  changes: [],
  reads: [],
  verb: 'psql',
  problem: { kind: 'not-examined', reason: 'a command of psql, which only psql understands' },
};

function notExamined(text: string, { displayName, lexical }: Dialect): StatementReading {
  const reason = `statements of ${displayName} are not examined`;
  return {
    changes: [],
    reads: [],
    verb: leadingWords(text, lexical, 2).join(' '),
    problem: { kind: 'not-examined', reason },
  };
}
