import type { ClusterStmt, ReindexStmt, TruncateStmt, VacuumStmt } from '@pgsql/types';
import type { ChangeOf } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { objectName, type Source, spanOf, type Words } from '../source.ts';
import type { PgNode } from '../tree.ts';
import { certain, headTo, type Lower, withOptions } from './base.ts';
import { onlyOption, relationName } from './names.ts';

type Maintain = ChangeOf<'Maintain'>;

/** VACUUM and ANALYZE: one change per table. */
export const vacuum: Lower<VacuumStmt> = (source, node, words) => {
  const full = isOn(node.options, 'full');
  const operation = !node.is_vacuumcmd ? 'analyze' : full ? 'vacuum-full' : 'vacuum';
  const options = withOptions(node.is_vacuumcmd && isOn(node.options, 'analyze') ? { analyze: true } : {});
  const tables = ((node.rels ?? []) as readonly PgNode[]).map(({ VacuumRelation }) =>
    relationName(source, VacuumRelation?.relation, words),
  );
  if (tables.length === 0)
    return [
      { kind: 'Maintain', ...certain(spanOf(words)), operation, scope: 'database', concurrently: false, ...options },
    ];
  return tables.map(
    (target, i): Maintain => ({
      kind: 'Maintain',
      ...certain(i === 0 ? headTo(words, target) : target.span),
      operation,
      scope: 'table',
      target,
      concurrently: false,
      ...options,
    }),
  );
};

export const cluster: Lower<ClusterStmt> = (source, node, words) => {
  const base = { kind: 'Maintain', ...certain(spanOf(words)), operation: 'cluster', concurrently: false } as const;
  if (node.relation === undefined) return [{ ...base, scope: 'database' }];
  const target = relationName(source, node.relation, words);
  return [
    { ...base, scope: 'table', target, ...withOptions(node.indexname === undefined ? {} : { using: node.indexname }) },
  ];
};

const SCOPES: Readonly<Record<NonNullable<ReindexStmt['kind']>, Maintain['scope']>> = {
  REINDEX_OBJECT_INDEX: 'index',
  REINDEX_OBJECT_TABLE: 'table',
  REINDEX_OBJECT_SCHEMA: 'schema',
  REINDEX_OBJECT_SYSTEM: 'database',
  REINDEX_OBJECT_DATABASE: 'database',
};

export const reindex: Lower<ReindexStmt> = (source, node, words) => {
  const scope = SCOPES[node.kind ?? 'REINDEX_OBJECT_DATABASE'];
  const target = reindexed(source, node, words);
  return [
    {
      kind: 'Maintain',
      ...certain(spanOf(words)),
      operation: 'reindex',
      scope,
      ...(target === undefined ? {} : { target }),
      concurrently: isOn(node.params, 'concurrently'),
    },
  ];
};

function reindexed(source: Source, node: ReindexStmt, words: Words): ObjectName | undefined {
  if (node.relation !== undefined) return relationName(source, node.relation, words);
  return node.name === undefined ? undefined : objectName(words, words.length - 1, [node.name]);
}

export const truncate: Lower<TruncateStmt> = (source, node, words) => {
  const relations = (node.relations ?? []) as readonly PgNode[];
  const tables = relations.map(({ RangeVar }) => relationName(source, RangeVar, words));
  return [
    {
      kind: 'Truncate',
      ...certain(spanOf(words)),
      tables,
      cascade: node.behavior === 'DROP_CASCADE',
      ...withOptions({ ...(node.restart_seqs ? { restartIdentity: true } : {}), ...onlyOption(relations) }),
    },
  ];
};

/** `(FULL)`, `(FULL true)`, and the old spelling without parentheses; `(FULL false)` is off. */
function isOn(options: readonly PgNode[] | undefined, name: string): boolean {
  const option = (options ?? []).find(({ DefElem }) => DefElem?.defname === name)?.DefElem;
  if (option === undefined) return false;
  const value: PgNode | undefined = option.arg;
  const text = (value?.String?.sval ?? '').toLowerCase();
  if (value?.Boolean !== undefined) return value.Boolean.boolval === true;
  if (value?.Integer !== undefined) return (value.Integer.ival ?? 0) !== 0;
  return text !== 'false' && text !== 'off' && text !== '0';
}
