import type { DialectId } from '../model/project.ts';
import type { Span, StatementId } from '../model/text.ts';
import type { MappedText } from '../text/mapped.ts';
import type { Dialect, StatementReading } from './dialect.ts';
import { splitScript } from './split.ts';
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

/** Readings by the statement's exact text. Bounded: what was not asked for lately goes first. */
export interface StatementMemo {
  get(dialect: DialectId, statement: string): StatementReading | undefined;
  set(dialect: DialectId, statement: string, reading: StatementReading): void;
  /** Everything remembered, for a cache on disk. */
  entries(): Iterable<readonly [dialect: DialectId, statement: string, reading: StatementReading]>;
}

/** In UTF-16 units. Longer statements are data: they are neither parsed (readers see to that) nor remembered. */
export const LONGEST_PARSED = 256 * 1024;

/** @param capacity characters of statements that one of the two generations holds */
export function newStatementMemo(capacity = 16 * 1024 * 1024): StatementMemo {
  let young = new Map<string, Remembered>();
  let old = new Map<string, Remembered>();
  let size = 0;
  const put = (key: string, value: Remembered) => {
    if (size + key.length > capacity) {
      old = young;
      young = new Map();
      size = 0;
    }
    size += key.length;
    young.set(key, value);
  };
  return {
    get(dialect, statement) {
      const known = young.get(statement) ?? old.get(statement);
      if (known?.dialect !== dialect) return undefined;
      if (!young.has(statement)) put(known.statement, known);
      return known.reading;
    },
    set(dialect, statement, reading) {
      put(statement, { dialect, statement, reading });
    },
    *entries() {
      for (const { dialect, statement, reading } of young.values()) yield [dialect, statement, reading];
      for (const { dialect, statement, reading } of old.values())
        if (!young.has(statement)) yield [dialect, statement, reading];
    },
  };
}

interface Remembered {
  readonly dialect: DialectId;
  readonly statement: string;
  readonly reading: StatementReading;
}

/** Splits a script and reads each of its statements, each text at most once. */
export function readScript(mapped: MappedText, dialect: Dialect, memo: StatementMemo): readonly ReadStatement[] {
  return splitScript(mapped.text, dialect.lexical).map((statement) => ({
    ...statement,
    reading: readingOf(statement, dialect, memo),
  }));
}

function readingOf(statement: ScriptStatement, dialect: Dialect, memo: StatementMemo): StatementReading {
  if (statement.kind === 'copy-data') return COPY_DATA;
  if (statement.kind === 'psql') return PSQL;
  if (dialect.reader === undefined) return notExamined(statement.id.text, dialect);
  const { text } = statement.id;
  if (text.length > LONGEST_PARSED) return dialect.reader.read(text);
  const known = memo.get(dialect.id, text);
  if (known !== undefined) return known;
  const own = detached(text);
  const reading = dialect.reader.read(own);
  memo.set(dialect.id, own, reading);
  return reading;
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

/** The same characters without the file they were cut from, which a slice would keep alive. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}
