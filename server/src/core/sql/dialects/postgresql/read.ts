import { withoutComments } from '../../comments.ts';
import type { StatementReader, StatementReading } from '../../dialect.ts';
import { leadingWords } from '../../words.ts';
import { syntaxProblem } from './errors.ts';
import { needsOf, tooNew } from './features/needs.ts';
import { postgresqlLexical } from './lexical.ts';
import { certain } from './lower/base.ts';
import { type Lowered, lowerStatement } from './lower/statement.ts';
import { mayTouch } from './may-touch.ts';
import type { PgParser } from './parser.ts';
import { type LowerText, lowerDo } from './plpgsql/do.ts';
import { lowerFunction } from './plpgsql/functions.ts';
import { type Source, sourceOf, spanOf } from './source.ts';
import type { PgNode } from './tree.ts';
import { unparsed } from './unparsed.ts';

/** Reads statements with PostgreSQL's own parser, one at a time. */
export function postgresqlReader(parser: PgParser): StatementReader {
  return { read: (statement) => read(parser, statement) };
}

function read(parser: PgParser, statement: string): StatementReading {
  const verb = verbOf(statement);
  try {
    return unparsed(statement, verb) ?? parsed(parser, statement, verb);
  } catch (error) {
    // A tree so deep that walking it overflows the stack; any other error is a defect of ours, which spoils one statement only.
    return notExamined(sourceOf(statement), verb, error instanceof RangeError ? TOO_DEEP : `of an error (${error})`);
  }
}

const TOO_DEEP = 'it is nested too deeply';

function parsed(parser: PgParser, statement: string, verb: string): StatementReading {
  if (statement.includes('\0')) return notExamined(sourceOf(statement), verb, 'it contains a NUL character');
  const { outcome, source } = parseText(parser, statement);
  if (outcome.kind === 'crashed' || (outcome.kind === 'error' && outcome.message.startsWith('memory exhausted')))
    return notExamined(source, verb, TOO_DEEP);
  if (outcome.kind === 'error') return refused(source, verb, outcome);
  const node: PgNode | undefined = outcome.tree.stmts?.[0]?.stmt;
  if (node === undefined) return { changes: [], reads: [], verb };
  const needs = needsOf(source, node);
  return { ...lowered(parser, source, node), verb, ...(needs.length === 0 ? {} : { needs }) };
}

function refused(
  source: Source,
  verb: string,
  { message, cursor }: { readonly message: string; readonly cursor: number },
): StatementReading {
  const newer = tooNew(source.tokens);
  if (newer !== undefined)
    return { ...notExamined(source, verb, `${newer.what} is newer than the parser here`), needs: [newer] };
  return {
    ...opaque(source, verb, 'has a syntax error'),
    problem: syntaxProblem(source, message, cursor),
  };
}

interface Parsed {
  readonly outcome: ReturnType<PgParser['parse']>;
  readonly source: Source;
}

/**
 * libpg-query 18.1.5 stumbles over a comment inside `NOT IN`, `NULLS FIRST` or `WITH TIME ZONE`, where PostgreSQL's scanner
 * looks one token ahead. What it refuses is tried again with blanks for comments.
 */
function parseText(parser: PgParser, text: string, variables: Source['variables'] = false): Parsed {
  const outcome = parser.parse(text);
  if (outcome.kind === 'error') {
    const bare = withoutComments(text, postgresqlLexical);
    const again = bare === text ? outcome : parser.parse(bare);
    if (again.kind === 'tree') return { outcome: again, source: { ...sourceOf(bare, variables), text } };
  }
  return { outcome, source: sourceOf(text, variables) };
}

function lowered(parser: PgParser, source: Source, node: PgNode): Lowered {
  const inside: LowerText = (sql, variables) => embedded(parser, sql, variables);
  if (node.DoStmt !== undefined) return lowerDo(parser, inside, source, node.DoStmt, source.tokens);
  if (node.CreateFunctionStmt !== undefined)
    return lowerFunction(parser, inside, source, node.CreateFunctionStmt, source.tokens);
  return lowerStatement(source, node, source.tokens);
}

/** SQL inside a body, where a bare name may be a variable. */
function embedded(parser: PgParser, sql: string, variables: Source['variables'] = true): Lowered | undefined {
  const { outcome, source } = parseText(parser, sql, variables);
  const node: PgNode | undefined = outcome.kind === 'tree' ? outcome.tree.stmts?.[0]?.stmt : undefined;
  return node === undefined ? undefined : lowered(parser, source, node);
}

function notExamined(source: Source, verb: string, reason: string): StatementReading {
  return { ...opaque(source, verb, reason), problem: { kind: 'not-examined', reason } };
}

/** What it changes is not known, only what it speaks of. */
function opaque(source: Source, verb: string, reason: string): StatementReading {
  const words = source.tokens;
  const touched = mayTouch(words.slice(0, 200));
  const change = { kind: 'RunSql', ...certain(spanOf(words.slice(0, 3))), reason } as const;
  const taint =
    touched.length === 0 ? ({ taint: 'nothing' } as const) : ({ taint: 'schema', mayTouch: touched } as const);
  return { changes: [{ ...change, ...taint }], reads: [], verb };
}

/** `CREATE INDEX`, `ALTER TABLE`, `SELECT`: the words that people know the statement by. */
function verbOf(statement: string): string {
  const words = leadingWords(statement, postgresqlLexical, 6).filter((word) => !NOISE.has(word));
  const count = TWO_WORDS.has(words[0] ?? '') ? (words[1] === 'MATERIALIZED' || words[1] === 'FOREIGN' ? 3 : 2) : 1;
  return words.slice(0, count).join(' ');
}

const TWO_WORDS = new Set(['ALTER', 'CREATE', 'DROP', 'COMMENT', 'LOCK', 'REFRESH']);
const NOISE = new Set(['UNIQUE', 'OR', 'REPLACE', 'TEMP', 'TEMPORARY', 'UNLOGGED', 'GLOBAL', 'LOCAL', 'RECURSIVE']);
