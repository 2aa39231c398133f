import type { CreateFunctionStmt } from '@pgsql/types';
import type { Span } from '../../../../model/text.ts';
import type { Reads } from '../../../../schema/change.ts';
import { splitScript } from '../../../split.ts';
import { stringValue } from '../../../tokenize.ts';
import type { Token } from '../../../tokens.ts';
import { postgresqlLexical } from '../lexical.ts';
import { workedOn } from '../lower/bodies.ts';
import { type Lowered, lowerStatement } from '../lower/statement.ts';
import type { PgParser } from '../parser.ts';
import { indexOfWord, type Source, spanOf, type Words } from '../source.ts';
import { itemsOf, type PgNode } from '../tree.ts';
import { type LowerText, lowerBlock } from './do.ts';
import { literalMap, mapSpans } from './spans.ts';

/** CREATE FUNCTION and PROCEDURE with the relations that the body works on, as far as it is SQL or PL/pgSQL. */
export function lowerFunction(
  parser: PgParser,
  lower: LowerText,
  source: Source,
  node: CreateFunctionStmt,
  words: Words,
): Lowered {
  const created = lowerStatement(source, { CreateFunctionStmt: node }, words);
  const bound = node.sql_body !== undefined;
  const reads = bound ? boundReads(source, node, words) : stringReads(parser, lower, source, node, words);
  const changes = created.changes.map((change) =>
    change.kind !== 'CreateFunction'
      ? change
      : { ...change, ...(reads.length === 0 ? {} : { reads }), ...(bound ? { bound } : {}) },
  );
  return { ...created, changes };
}

/** `BEGIN ATOMIC ...; END`, `RETURN x`. A bare name may be a parameter. */
function boundReads(source: Source, node: CreateFunctionStmt, words: Words): readonly Reads[] {
  const inside: Source = { ...source, variables: parametersOf(node) };
  const body: PgNode = node.sql_body ?? {};
  const statements = statementsOf(body);
  const stretches = stretchesOf(words);
  // Each is looked for in its own words.
  const own = (nth: number) => (stretches.length === statements.length ? (stretches[nth] ?? words) : words);
  return statements.flatMap((each, nth) => lookedUp(lowerStatement(inside, asQuery(each), own(nth))));
}

/** The words of each statement between BEGIN ATOMIC and END. */
function stretchesOf(words: Words): readonly Words[] {
  const from = indexOfWord(words, 'atomic') + 1;
  const ends = words.flatMap(({ text }, at) => (at >= from && text === ';' ? [at] : []));
  return ends.map((end, nth) => words.slice(nth === 0 ? from : (ends[nth - 1] ?? 0) + 1, end));
}

/** BEGIN ATOMIC is a list in a list. */
function statementsOf(body: PgNode): readonly PgNode[] {
  return body.List === undefined ? [body] : itemsOf(body).flatMap(statementsOf);
}

/** `RETURN x` is `SELECT x`. */
function asQuery(node: PgNode): PgNode {
  const value = node.ReturnStmt?.returnval;
  return value === undefined ? node : { SelectStmt: { targetList: [{ ResTarget: { val: value } }] } };
}

function stringReads(
  parser: PgParser,
  lower: LowerText,
  source: Source,
  node: CreateFunctionStmt,
  words: Words,
): readonly Reads[] {
  const literal = words.slice(Math.max(indexOfWord(words, 'as'), 0)).find(({ kind }) => kind === 'string');
  const language = languageOf(node);
  if (literal === undefined || literal.text.length > LONGEST_BODY) return [];
  if (language === 'sql') return sqlReads(lower, literal, parametersOf(node));
  if (language !== 'plpgsql') return [];
  const body = lowerBlock(parser, lower, source, literal, headOf(words));
  return body === undefined ? [] : workedOn(body);
}

/** Its statements are parsed one by one, at every keystroke in it; a longer string is not looked into. */
const LONGEST_BODY = 32 * 1024;

function headOf(words: Words): Span {
  return spanOf(words.slice(0, 1));
}

function sqlReads(lower: LowerText, literal: Token, parameters: ReadonlySet<string>): readonly Reads[] {
  const map = literalMap(literal.text, literal.start);
  return splitScript(stringValue(literal.text), postgresqlLexical).flatMap(({ id, span }) => {
    const found = lower(id.text, parameters);
    return found === undefined ? [] : mapSpans(lookedUp(found), (offset) => map(span.start + offset));
  });
}

/** Of queries and writes; other statements name what need not be there before they run. */
function lookedUp(lowered: Lowered): readonly Reads[] {
  const isQuery = lowered.changes.every(({ kind }) => kind === 'WriteRows' || kind === 'RunSql');
  return workedOn(lowered).map((each) => (isQuery ? { ...each, lookedUp: true } : each));
}

/** Names that a body may use like columns. */
function parametersOf({ parameters }: CreateFunctionStmt): ReadonlySet<string> {
  return new Set(
    ((parameters ?? []) as readonly PgNode[]).flatMap(({ FunctionParameter }) => FunctionParameter?.name ?? []),
  );
}

function languageOf({ options }: CreateFunctionStmt): string {
  const said = ((options ?? []) as readonly PgNode[]).find(({ DefElem }) => DefElem?.defname === 'language')?.DefElem;
  const value: PgNode | undefined = said?.arg;
  return (value?.String?.sval ?? 'sql').toLowerCase();
}
