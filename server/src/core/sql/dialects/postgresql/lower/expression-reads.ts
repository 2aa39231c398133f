import type {
  AlterPolicyStmt,
  CopyStmt,
  CreatePolicyStmt,
  CreateStatsStmt,
  CreateTrigStmt,
  RangeVar,
  RuleStmt,
} from '@pgsql/types';
import type { Reads } from '../../../../schema/change.ts';
import { addSources, newScope, readsOf, touched, walkAll } from '../queries.ts';
import { findIdent, indexOfWord, type Source, type Words } from '../source.ts';
import type { PgNode } from '../tree.ts';
import { relationName } from './names.ts';

/** `{ reads }` without an empty one. */
export function readsOption(reads: readonly Reads[]): { readonly reads?: readonly Reads[] } {
  return reads.length === 0 ? {} : { reads };
}

/** USING and WITH CHECK: columns of the policy's table, and what their subqueries read. */
export function policyReads(source: Source, node: CreatePolicyStmt | AlterPolicyStmt, words: Words): readonly Reads[] {
  const check = named(expressionReads(source, node.table, [node.with_check], words));
  return [
    ...named(expressionReads(source, node.table, [node.qual], words)),
    ...check.map((each) => ({ ...each, inCheck: true as const })),
  ];
}

/** WHEN: the columns of NEW and OLD. */
export function whenReads(source: Source, node: CreateTrigStmt, words: Words): readonly Reads[] {
  return named(expressionReads(source, node.relation, [node.whenClause], words, ['new', 'old']));
}

/** WHERE of a rule, whose actions are statements of their own. */
export function ruleReads(source: Source, node: RuleStmt, words: Words): readonly Reads[] {
  return named(expressionReads(source, node.relation, [node.whereClause], words, ['new', 'old']));
}

/** `COPY t FROM ... WHERE` */
export function copyReads(source: Source, node: CopyStmt, words: Words): readonly Reads[] {
  return named(expressionReads(source, node.relation, [node.whereClause], words));
}

/** `CREATE STATISTICS ON a, (lower(b)) FROM t` */
export function statisticsReads(source: Source, node: CreateStatsStmt, words: Words): readonly Reads[] {
  const table = (node.relations as readonly PgNode[] | undefined)?.[0]?.RangeVar;
  const elements = ((node.exprs ?? []) as readonly PgNode[]).flatMap(({ StatsElem }) => StatsElem ?? []);
  const from = indexOfWord(words, 'on') + 1;
  const columns = elements.flatMap(({ name }) => (name === undefined ? [] : [findIdent(words, name, from)]));
  const expressions = expressionReads(
    source,
    table,
    elements.map(({ expr }) => expr),
    words,
  );
  return named([{ relation: relationName(source, table, words), columns }, ...expressions]);
}

/** @param aliases what the expressions call the table's rows, where they do not use its own name */
function expressionReads(
  source: Source,
  table: RangeVar | undefined,
  expressions: readonly (PgNode | undefined)[],
  words: Words,
  aliases: readonly string[] = [],
): readonly Reads[] {
  const found = touched(source, words);
  const scope = newScope();
  const rows = aliases.map((aliasname): PgNode => ({ RangeVar: { ...table, alias: { aliasname } } }));
  if (table !== undefined) addSources(found, rows.length === 0 ? [{ RangeVar: table }] : rows, scope);
  walkAll(
    found,
    expressions.flatMap((each) => each ?? []),
    scope,
  );
  return readsOf(found);
}

/** The table that the object hangs on is named anyhow: it is read where a column of it is. */
function named(reads: readonly Reads[]): readonly Reads[] {
  return reads.filter(({ columns, maybe }, i) => i > 1 || columns.length > 0 || maybe !== undefined);
}
