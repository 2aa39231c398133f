import type { IndexElem, IndexStmt } from '@pgsql/types';
import type { ChangeOf, DialectOptions, IndexKey } from '../../../../schema/change.ts';
import type { Ident } from '../../../../schema/names.ts';
import { figuredName } from '../column-names.ts';
import { expressionOf } from '../expressions.ts';
import {
  afterIfExists,
  closing,
  ident,
  indexOfWord,
  inParentheses,
  isWord,
  type Source,
  splitCommas,
  type Words,
} from '../source.ts';
import { type PgNode, textsOf } from '../tree.ts';
import { headTo } from './base.ts';
import { relationName } from './names.ts';

/** CREATE INDEX. The change's span ends with the index's name, or with the table's where it has none. */
export function createIndex(source: Source, node: IndexStmt, words: Words): ChangeOf<'CreateIndex'> {
  const on = indexOfWord(words, 'on');
  const name = indexName(words.slice(0, on), node.idxname);
  const table = relationName(source, node.relation, words);
  const keysAt = words.findIndex(({ start, text }) => text === '(' && start >= table.span.end);
  const keyWords = splitCommas(inParentheses(words, keysAt));
  const whereAt = indexOfWord(words, 'where', closing(words, keysAt) + 1);
  const options = indexOptions(node.options, node.tableSpace);
  return {
    kind: 'CreateIndex',
    span: headTo(words, name ?? table),
    certainty: 'certain',
    table,
    index: {
      ...(name === undefined ? {} : { name }),
      unique: node.unique === true,
      method: node.accessMethod ?? 'btree',
      keys: indexKeys(source, node.indexParams, keyWords),
      includes: elements(node.indexIncludingParams).map(({ name: column }) => column ?? ''),
      ...(node.whereClause === undefined
        ? {}
        : { where: expressionOf(source, node.whereClause, words.slice(whereAt + 1)) }),
      nullsNotDistinct: node.nulls_not_distinct === true,
    },
    concurrently: node.concurrent === true,
    ifNotExists: node.if_not_exists === true,
    only: node.relation?.inh !== true,
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

/** @param words the words of each key, in order */
export function indexKeys(
  source: Source,
  keys: readonly PgNode[] | undefined,
  words: readonly Words[],
): readonly IndexKey[] {
  return elements(keys).map((key, i) => indexKey(source, key, words[i] ?? []));
}

/** Storage parameters and tablespace, as the reader keeps them in `options`. */
export function indexOptions(
  parameters: readonly PgNode[] | undefined,
  tablespace: string | undefined,
): DialectOptions {
  const names = (parameters ?? []).map(({ DefElem }) => DefElem?.defname ?? '');
  return {
    ...(names.length === 0 ? {} : { parameters: names }),
    ...(tablespace === undefined ? {} : { tablespace }),
  };
}

/** What stands between CREATE [UNIQUE] INDEX [CONCURRENTLY] [IF NOT EXISTS] and ON. */
function indexName(head: Words, name: string | undefined): Ident | undefined {
  if (name === undefined) return undefined;
  let at = indexOfWord(head, 'index') + 1;
  if (isWord(head[at], 'concurrently')) at++;
  return ident(head, afterIfExists(head, at), name);
}

function indexKey(source: Source, key: IndexElem, words: Words): IndexKey {
  const descending = key.ordering === 'SORTBY_DESC';
  const opclass = textsOf(key.opclass).at(-1);
  const collation = textsOf(key.collation).at(-1);
  return {
    ...(key.name === undefined ? {} : { column: key.name }),
    ...(key.expr === undefined ? {} : { expression: expressionOf(source, key.expr, expressionWords(words)) }),
    ...labelOf(key.expr),
    descending,
    nullsFirst:
      key.nulls_ordering === undefined || key.nulls_ordering === 'SORTBY_NULLS_DEFAULT'
        ? descending
        : key.nulls_ordering === 'SORTBY_NULLS_FIRST',
    ...(opclass === undefined ? {} : { opclass }),
    ...(collation === undefined ? {} : { collation }),
  };
}

function labelOf(expression: PgNode | undefined): Pick<IndexKey, 'label'> {
  const label = figuredName(expression);
  return label === undefined ? {} : { label };
}

/** `lower(email) text_pattern_ops DESC`: a call or a parenthesis, without what follows it. */
function expressionWords(words: Words): Words {
  const open = words.findIndex(({ text }) => text === '(');
  if (open === 0) return words.slice(1, closing(words, 0));
  return open === -1 ? words.slice(0, 1) : words.slice(0, closing(words, open) + 1);
}

function elements(nodes: readonly PgNode[] | undefined): readonly IndexElem[] {
  return (nodes ?? []).flatMap(({ IndexElem }) => IndexElem ?? []);
}
