import type { CreateStmt, PartitionSpec, TableLikeClause } from '@pgsql/types';
import type { ChangeOf, ColumnSpec, ConstraintSpec, IndexKey } from '../../../../schema/change.ts';
import { expressionOf } from '../expressions.ts';
import { indexOfWord, inParentheses, objectName, type Source, splitCommas, type Words } from '../source.ts';
import type { PgNode } from '../tree.ts';
import { typeNamed } from '../types.ts';
import { certain, headTo, withOptions } from './base.ts';
import { columnSpec } from './columns.ts';
import { constraintSpec } from './constraints.ts';
import { indexOptions } from './indexes.ts';
import { relationName, relationParts } from './names.ts';
import { partitionBound } from './partition-bound.ts';
import { settingsOption } from './settings.ts';

/** CREATE [FOREIGN] TABLE. The change's span is `CREATE TABLE name`. */
export function createTable(source: Source, node: CreateStmt, words: Words): ChangeOf<'CreateTable'> {
  const table = relationName(source, node.relation, words);
  const rest = words.filter(({ start }) => start >= table.span.end);
  const elements = elementsOf(source, node, rest);
  const persistence = node.relation?.relpersistence;
  const partitionOf = parentOf(node, rest);
  const partitionBy = node.partspec === undefined ? undefined : partitioning(source, node.partspec, rest);
  return {
    kind: 'CreateTable',
    ...certain(headTo(words, table)),
    table,
    columns: elements.columns,
    constraints: elements.constraints,
    ...(elements.refined.length === 0 ? {} : { refined: elements.refined }),
    ifNotExists: node.if_not_exists === true,
    temporary: persistence === 't' || table.schema === 'pg_temp',
    like: elements.like,
    inherits: partitionOf === undefined ? inherited(source, node, words) : [],
    ...(partitionOf === undefined ? {} : { partitionOf }),
    ...(partitionBy === undefined ? {} : { partitionBy }),
    ...withOptions({
      ...(persistence === 'u' ? { unlogged: true } : {}),
      ...(node.oncommit === 'ONCOMMIT_DROP' ? { onCommit: 'drop' } : {}),
      ...(node.ofTypename === undefined ? {} : { ofType: typeNamed(node.ofTypename) }),
      ...(node.accessMethod === undefined ? {} : { accessMethod: node.accessMethod }),
      ...indexOptions(node.options, node.tablespacename),
      ...settingsOption(node.options),
    }),
  };
}

interface Elements {
  readonly columns: ColumnSpec[];
  readonly refined: ColumnSpec[];
  readonly constraints: ConstraintSpec[];
  readonly like: ChangeOf<'CreateTable'>['like'][number][];
}

/** What stands in the table's parentheses: the tree's elements and the pieces between commas go side by side. */
function elementsOf(source: Source, node: CreateStmt, rest: Words): Elements {
  const found: Elements = { columns: [], refined: [], constraints: [], like: [] };
  const elements = (node.tableElts ?? []) as readonly PgNode[];
  const pieces = elements.length === 0 ? [] : splitCommas(inParentheses(rest));
  elements.forEach((element, i) => {
    const words = pieces[i] ?? [];
    if (element.ColumnDef !== undefined) {
      const { spec, constraints } = columnSpec(source, element.ColumnDef, words);
      (element.ColumnDef.typeName === undefined ? found.refined : found.columns).push(spec);
      found.constraints.push(...constraints);
    } else if (element.Constraint !== undefined) {
      const constraint = constraintSpec(source, element.Constraint, words);
      if (constraint !== undefined) found.constraints.push(constraint);
    } else if (element.TableLikeClause !== undefined)
      found.like.push({ ...likeOf(element.TableLikeClause, words), at: found.columns.length });
  });
  return found;
}

function likeOf({ relation, options = 0 }: TableLikeClause, words: Words): Omit<Elements['like'][number], 'at'> {
  const including = LIKE_OPTIONS.filter((_, bit) => (options & (1 << bit)) !== 0);
  return { table: objectName(words, 1, relationParts(relation)), including };
}

/** `CREATE_TABLE_LIKE_*` of parsenodes.h, lowest bit first. */
const LIKE_OPTIONS = [
  'comments',
  'compression',
  'constraints',
  'defaults',
  'generated',
  'identity',
  'indexes',
  'statistics',
  'storage',
] as const;

function inherited(source: Source, node: CreateStmt, words: Words): ChangeOf<'CreateTable'>['inherits'] {
  const parents = (node.inhRelations ?? []) as readonly PgNode[];
  return parents.map(({ RangeVar }) => relationName(source, RangeVar, words));
}

function parentOf(node: CreateStmt, rest: Words): ChangeOf<'CreateTable'>['partitionOf'] {
  const parent = (node.inhRelations as readonly PgNode[] | undefined)?.[0]?.RangeVar;
  if (node.partbound === undefined || parent === undefined) return undefined;
  const at = indexOfWord(rest, 'of') + 1;
  return { parent: objectName(rest, at, relationParts(parent)), ...partitionBound(node.partbound) };
}

function partitioning(source: Source, node: PartitionSpec, rest: Words): ChangeOf<'CreateTable'>['partitionBy'] {
  const at = rest.findIndex(({ start }) => start >= source.offset(node.location));
  const pieces = splitCommas(inParentheses(rest, at));
  const keys = ((node.partParams ?? []) as readonly PgNode[]).map(({ PartitionElem }, i): IndexKey => {
    const expression = PartitionElem?.expr;
    return {
      ...(PartitionElem?.name === undefined ? {} : { column: PartitionElem.name }),
      ...(expression === undefined ? {} : { expression: expressionOf(source, expression, pieces[i] ?? []) }),
      descending: false,
      nullsFirst: false,
    };
  });
  return { strategy: (node.strategy ?? '').replace('PARTITION_STRATEGY_', '').toLowerCase(), keys };
}
