import type { AlterStatsStmt, CreateStatsStmt } from '@pgsql/types';
import { expressionOf } from '../expressions.ts';
import type { StatisticsSaid } from '../options.ts';
import { indexOfWord, type Source, splitCommas, type Words } from '../source.ts';
import { type PgNode, textsOf } from '../tree.ts';

/** `CREATE STATISTICS s (mcv) ON a, (lower(b)) FROM t` */
export function statisticsOf(source: Source, node: CreateStatsStmt, words: Words): StatisticsSaid {
  const elements = ((node.exprs ?? []) as readonly PgNode[]).map(({ StatsElem }) => StatsElem ?? {});
  const from = words.findLastIndex(({ kind, value }) => kind === 'word' && value === 'from');
  const pieces = splitCommas(words.slice(indexOfWord(words, 'on') + 1, from));
  return {
    ...(node.defnames === undefined ? {} : { named: true as const }),
    labels: elements.map(({ name }) => name ?? 'expr'),
    columns: elements.flatMap(({ name }) => name ?? []),
    expressions: elements.flatMap(({ expr }, i) =>
      expr === undefined ? [] : [expressionOf(source, expr, pieces[i] ?? [])],
    ),
    kinds: textsOf(node.stat_types),
  };
}

/** -1: the default. */
export function targetOf({ stxstattarget }: AlterStatsStmt): number {
  const value = stxstattarget as unknown;
  if (typeof value === 'number') return value;
  return (value as PgNode | undefined)?.Integer?.ival ?? (value === undefined ? -1 : 0);
}
