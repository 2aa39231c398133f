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
  const known = new Map<string, StatementReading>(
    before.map(({ id, kind, reading }) => [`${kind} ${id.text}`, reading]),
  );
  return statements.map((statement) => {
    const key = `${statement.kind} ${statement.id.text}`;
    const reading = known.get(key) ?? readingOf(statement, dialect);
    known.set(key, reading);
    return { ...statement, reading };
  });
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
