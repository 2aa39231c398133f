import type { DoStmt } from '@pgsql/types';
import type { Span } from '../../../../model/text.ts';
import type { SchemaChange } from '../../../../schema/change.ts';
import { stringValue, tokenize } from '../../../tokenize.ts';
import type { Token } from '../../../tokens.ts';
import { postgresqlLexical } from '../lexical.ts';
import { certain } from '../lower/base.ts';
import type { Lowered } from '../lower/statement.ts';
import type { PgParser } from '../parser.ts';
import { type Source, spanOf, type Words } from '../source.ts';
import type { PgNode } from '../tree.ts';
import { allAt, literalMap, mapSpans, type OffsetMap } from './spans.ts';
import { type PlStatement, plStatements } from './statements.ts';

/**
 * Lowers SQL that stands inside another statement; undefined where it cannot be parsed.
 * @param variables see `Source`; any where they are not given
 */
export type LowerText = (sql: string, variables?: Source['variables']) => Lowered | undefined;

/** The SQL that a DO block runs. What a condition guards, or an exception handler may take back, is `maybe`. */
export function lowerDo(parser: PgParser, lower: LowerText, source: Source, node: DoStmt, words: Words): Lowered {
  const literals = words.filter(({ kind }) => kind === 'string');
  const [literal] = literals;
  const language = languageOf(node);
  if (literal === undefined || language !== 'plpgsql')
    return opaque(words, `a block in ${language} is not looked into`);
  const found = literals.length > 1 ? undefined : lowerBlock(parser, lower, source, literal, spanOf(words.slice(0, 1)));
  return found ?? opaque(words, 'the block could not be read');
}

/**
 * What a PL/pgSQL body in a string runs; undefined where it cannot be parsed.
 * @param nowhere where a query is shown that cannot be found in the body
 */
export function lowerBlock(
  parser: PgParser,
  lower: LowerText,
  source: Source,
  literal: Token,
  nowhere: Span,
): Lowered | undefined {
  const outcome = parser.parsePlPgSql(source.text);
  if (outcome.kind !== 'tree') return undefined;
  const body = stringValue(literal.text);
  const toStatement = literalMap(literal.text, literal.start);
  const pieces = plStatements(outcome.tree.plpgsql_funcs?.[0], body).map((statement) =>
    lowerPiece(lower, statement, toStatement, nowhere),
  );
  return { changes: pieces.flatMap(({ changes }) => changes), reads: pieces.flatMap(({ reads }) => reads) };
}

function languageOf({ args }: DoStmt): string {
  const language = ((args ?? []) as readonly PgNode[]).find(({ DefElem }) => DefElem?.defname === 'language')?.DefElem;
  const value: PgNode | undefined = language?.arg;
  return (value?.String?.sval ?? 'plpgsql').toLowerCase();
}

function opaque(words: Words, reason: string): Lowered {
  return { changes: [{ kind: 'RunSql', ...certain(spanOf(words.slice(0, 1))), reason, taint: 'schema' }], reads: [] };
}

/** @param nowhere where a query is shown that cannot be found in the block */
function lowerPiece(lower: LowerText, statement: PlStatement, toStatement: OffsetMap, nowhere: Span): Lowered {
  const found = statement.kind === 'dynamic' ? dynamic(lower, statement.query) : (lower(statement.query) ?? NOTHING);
  const { at, kind } = statement;
  const { changes, reads } =
    at === undefined
      ? allAt(found, nowhere)
      : mapSpans(found, (offset) => toStatement(offset === 0 && kind === 'perform' ? at - 1 : at + offset));
  return { changes: statement.conditional ? changes.map(maybe) : changes, reads };
}

const NOTHING: Lowered = { changes: [], reads: [] };

function maybe<Change extends SchemaChange>(change: Change): Change {
  return { ...change, certainty: 'maybe' };
}

/** `EXECUTE 'constant'` is as good as the statement itself. */
function dynamic(lower: LowerText, expression: string): Lowered {
  const tokens = tokenize(expression, postgresqlLexical);
  const [literal] = tokens;
  if (tokens.length === 1 && literal?.kind === 'string') {
    const found = lower(stringValue(literal.text));
    if (found !== undefined) return mapSpans(found, literalMap(literal.text, literal.start));
  }
  const reason = 'runs SQL that is put together when it runs';
  return { changes: [{ kind: 'RunSql', ...certain(spanOf(tokens)), reason, taint: 'schema' }], reads: [] };
}
