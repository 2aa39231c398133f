import type { ChangeOf, SchemaChange } from '../../../schema/change.ts';
import type { Ident, ObjectName } from '../../../schema/names.ts';
import type { StatementReading } from '../../dialect.ts';
import { LONGEST_PARSED } from '../../script.ts';
import { tokenize } from '../../tokenize.ts';
import type { Token } from '../../tokens.ts';
import { postgresqlLexical } from './lexical.ts';
import { certain } from './lower/base.ts';
import { mayTouch } from './may-touch.ts';
import {
  closing,
  ident,
  isWord,
  nameLength,
  objectName,
  spanOf,
  splitCommas,
  startsWith,
  type Words,
} from './source.ts';

/**
 * What is lowered from its first words and never parsed: `INSERT ... VALUES`, whose rows are data (but what follows ON
 * CONFLICT is not), and whatever is too long. Undefined for everything else.
 */
export function unparsed(statement: string, verb: string): StatementReading | undefined {
  const long = statement.length > LONGEST_PARSED;
  if (!long && (!/^insert\b/i.test(statement) || mayRead(statement))) return undefined;
  const insert = insertValues(firstWords(statement, 80)) ?? insertValues(firstWords(statement, 2_000));
  if (insert !== undefined) return { changes: [insert], reads: [], verb };
  if (!long) return undefined;
  const words = firstWords(statement, 50);
  const touched = mayTouch(words);
  const reason = `longer than ${LONGEST_PARSED / 1024} KB`;
  return {
    changes: [
      {
        kind: 'RunSql',
        ...certain(spanOf(words.slice(0, 2))),
        reason,
        taint: 'schema',
        ...(touched.length === 0 ? {} : { mayTouch: touched }),
      },
    ],
    reads: [],
    verb,
    problem: { kind: 'not-examined', reason: `the statement is ${reason}` },
  };
}

/** Names of columns may follow the rows, and a subquery may stand among them: then the parser says which. */
function mayRead(statement: string): boolean {
  return NAMES_COLUMNS.test(statement.slice(-TAIL)) || SUBQUERY.test(statement);
}

const SUBQUERY = /\(\s*(?:select|table|with)\b/i;
const NAMES_COLUMNS = /\bconflict\b|\breturning\b/i;
const TAIL = 2_000;

function firstWords(statement: string, count: number): Words {
  return tokenize(statement, postgresqlLexical, count);
}

/** `INSERT INTO t [AS a] [(columns)] [OVERRIDING ...] VALUES` */
function insertValues(words: Words): SchemaChange | undefined {
  if (!startsWith(words, 'insert', 'into')) return undefined;
  const table = objectName(words, 2);
  let at = 2 + nameLength(words, 2);
  if (isWord(words[at], 'as')) at += 2;
  const columns = words[at]?.text === '(' ? columnsIn(words, at) : [];
  if (!isName(words[2]) || columns === undefined) return undefined;
  if (words[at]?.text === '(') at = closing(words, at) + 1;
  const overriding = isWord(words[at], 'overriding');
  if (overriding) at += 3;
  if (!isWord(words[at], 'values')) return undefined;
  const values = firstRow(words, at + 1);
  return {
    ...literalRows(words, table, columns),
    ...(values === undefined ? {} : { values: { ...values, overriding } }),
  };
}

/** Undefined where it is longer than the words that were looked at. */
function firstRow(words: Words, open: number) {
  const close = closing(words, open);
  if (words[open]?.text !== '(' || close >= words.length) return undefined;
  const pieces = splitCommas(words.slice(open + 1, close));
  if (pieces.some((piece) => piece.at(-1)?.text === '*')) return undefined;
  const defaults = pieces.flatMap((piece, nth) => (piece.length === 1 && isWord(piece[0], 'default') ? [nth] : []));
  return { from: 'rows', width: pieces.length, defaults } as const;
}

/** Undefined where something is no name: then the parser has something to say. */
function columnsIn(words: Words, open: number): readonly Ident[] | undefined {
  const pieces = splitCommas(words.slice(open + 1, closing(words, open)));
  return pieces.every(([first]) => isName(first)) ? pieces.map((piece) => ident(piece, 0)) : undefined;
}

function isName(word: Token | undefined): boolean {
  return word?.kind === 'word' || word?.kind === 'quoted-name';
}

function literalRows(words: Words, table: ObjectName, columns: readonly Ident[]): ChangeOf<'WriteRows'> {
  const span = { start: words[0]?.start ?? 0, end: table.span.end };
  return { kind: 'WriteRows', ...certain(span), verb: 'insert', table, rows: 'literal', columns, fills: [] };
}
