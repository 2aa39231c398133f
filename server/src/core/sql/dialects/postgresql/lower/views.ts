import type { CreateTableAsStmt, RefreshMatViewStmt, SelectStmt, ViewStmt } from '@pgsql/types';
import type { SchemaChange } from '../../../../schema/change.ts';
import { figuredName } from '../column-names.ts';
import { namesOption } from '../names-in.ts';
import { queryReads } from '../queries.ts';
import { type Source, spanOf, type Words } from '../source.ts';
import { type PgNode, textsOf } from '../tree.ts';
import { certain, headTo, type Lower, withOptions } from './base.ts';
import { columnSources } from './column-sources.ts';
import { relationName } from './names.ts';
import { type Settings, settingsOption } from './settings.ts';

export const createView: Lower<ViewStmt> = (source, node, words) => {
  const view = relationName(source, node.view, words);
  return [
    {
      kind: 'CreateView',
      ...certain(headTo(words, view)),
      view,
      materialized: false,
      replace: node.replace === true,
      ifNotExists: false,
      columns: columnNames(node.aliases, node.query),
      sources: columnSources(source, node.query, words),
      reads: queryReads(source, node.query, words),
      ...namesOption(node.query),
      withData: true,
      ...withOptions({
        ...(node.view?.relpersistence === 't' ? { temporary: true } : {}),
        ...viewSettings(node),
      }),
    },
  ];
};

/** The server keeps WITH CHECK OPTION as `check_option` among the others. */
function viewSettings({ options, withCheckOption }: ViewStmt): { readonly settings?: Settings } {
  const check =
    withCheckOption === 'LOCAL_CHECK_OPTION' || withCheckOption === 'CASCADED_CHECK_OPTION'
      ? { check_option: withCheckOption === 'LOCAL_CHECK_OPTION' ? 'local' : 'cascaded' }
      : {};
  const settings = { ...settingsOption(options).settings, ...check };
  return Object.keys(settings).length === 0 ? {} : { settings };
}

/** CREATE TABLE AS and CREATE MATERIALIZED VIEW. */
export const createTableAs: Lower<CreateTableAsStmt> = (source, node, words) => {
  const name = relationName(source, node.into?.rel, words);
  const reads = queryReads(source, node.query, words);
  const base = certain(headTo(words, name));
  const ifNotExists = node.if_not_exists === true;
  if (node.objtype !== 'OBJECT_MATVIEW') return [tableAs(source, node, words, reads)];
  const columns = columnNames(node.into?.colNames, node.query);
  const withData = node.into?.skipData !== true;
  return [
    {
      kind: 'CreateView',
      ...base,
      view: name,
      materialized: true,
      replace: false,
      ifNotExists,
      columns,
      sources: columnSources(source, node.query, words),
      reads,
      ...namesOption(node.query),
      withData,
    },
  ];
};

/** SELECT ... INTO t. */
export function selectInto(source: Source, node: SelectStmt, words: Words): SchemaChange {
  const reads = queryReads(source, { SelectStmt: node }, words);
  const into = { ...(node.intoClause === undefined ? {} : { into: node.intoClause }), query: { SelectStmt: node } };
  return tableAs(source, into, words, reads);
}

type TableReads = ReturnType<typeof queryReads>;

/** The types of its columns only the database can tell. */
function tableAs(source: Source, node: CreateTableAsStmt, words: Words, asQuery: TableReads): SchemaChange {
  const table = relationName(source, node.into?.rel, words);
  const persistence = node.into?.rel?.relpersistence;
  return {
    kind: 'CreateTable',
    ...certain(headTo(words, table)),
    table,
    columns: [],
    constraints: [],
    ifNotExists: node.if_not_exists === true,
    temporary: persistence === 't',
    like: [],
    inherits: [],
    asQuery,
    ...withOptions({
      columnNames: columnNames(node.into?.colNames, node.query),
      ...(persistence === 'u' ? { unlogged: true } : {}),
      ...(node.into?.onCommit === 'ONCOMMIT_DROP' ? { onCommit: 'drop' } : {}),
      ...(node.into?.skipData ? { withNoData: true } : {}),
    }),
  };
}

export const refreshView: Lower<RefreshMatViewStmt> = (source, node, words) => {
  const view = relationName(source, node.relation, words);
  const concurrently = node.concurrent === true;
  return [{ kind: 'RefreshView', ...certain(spanOf(words)), view, concurrently, withData: node.skipData !== true }];
};

/** Names of a query's columns; `*` where a star stands. */
function columnNames(aliases: readonly PgNode[] | undefined, query: PgNode | undefined): readonly string[] {
  const given = textsOf(aliases);
  let select = query?.SelectStmt;
  while (select?.larg !== undefined) select = select.larg;
  const own = ((select?.targetList ?? []) as readonly PgNode[]).map(
    ({ ResTarget }) => ResTarget?.name ?? figuredName(ResTarget?.val) ?? '?column?',
  );
  return own.length === 0 ? given : [...given, ...own.slice(given.length)];
}
