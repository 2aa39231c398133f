import type { Span, StatementId } from '../model/text.ts';
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
  const start = sameFrom(statements, before, (nth) => nth, Math.min(statements.length, before.length));
  const left = Math.min(statements.length, before.length) - start;
  const [last, lastBefore] = [statements.length - 1, before.length - 1];
  const end = sameFrom(statements, before, (nth, isOld) => (isOld ? lastBefore : last) - nth, left);
  const known = new Map<string, StatementReading>();
  const keyOf = ({ id, kind }: ScriptStatement) => `${kind} ${id.text}`;
  for (const each of before.slice(start, before.length - end)) known.set(keyOf(each), each.reading);
  return statements.map((statement, index) => {
    const { id, kind, span, full } = statement;
    const placed = (reading: StatementReading) => ({ id, kind, span, full, reading });
    const old = index < start ? before[index] : index > last - end ? before[index + lastBefore - last] : undefined;
    if (old !== undefined) return placed(old.reading);
    const key = keyOf(statement);
    const reading = known.get(key) ?? readingOf(statement, dialect);
    known.set(key, reading);
    return placed(reading);
  });
}

/** How many statements, up to a limit, have the same text as before; `at` says which ones to compare. */
function sameFrom(
  statements: readonly ScriptStatement[],
  before: readonly ReadStatement[],
  at: (nth: number, isOld: boolean) => number,
  limit: number,
): number {
  for (let nth = 0; nth < limit; nth += 1) {
    const [own, old] = [statements[at(nth, false)], before[at(nth, true)]];
    if (own?.id.text !== old?.id.text || own?.kind !== old?.kind) return nth;
  }
  return limit;
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
