import type { AlterPublicationStmt, CreatePublicationStmt } from '@pgsql/types';
import type { SchemaChange } from '../../../../schema/change.ts';
import { columnsIn } from '../expressions.ts';
import type { PublicationMember } from '../options.ts';
import type { Source, Words } from '../source.ts';
import { type PgNode, textsOf } from '../tree.ts';
import { withOptions } from './base.ts';
import { relationName } from './names.ts';
import { changeObject } from './others.ts';
import { settingsOption } from './settings.ts';

/** Its tables, with columns and filters; of schemas it publishes all tables, also those that are made later. */
export function publication(
  source: Source,
  node: CreatePublicationStmt | AlterPublicationStmt,
  words: Words,
): SchemaChange {
  const objects = ((node.pubobjects ?? []) as readonly PgNode[]).flatMap(
    ({ PublicationObjSpec }) => PublicationObjSpec ?? [],
  );
  const schemas = objects.flatMap(({ pubobjtype, name = '' }) => {
    if (pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA') return ['CURRENT_SCHEMA'];
    return pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA' ? [name] : [];
  });
  const members = objects.flatMap(({ pubtable }): readonly PublicationMember[] => {
    if (pubtable?.relation === undefined) return [];
    return [
      {
        table: relationName(source, pubtable.relation, words),
        only: pubtable.relation.inh !== true,
        ...(pubtable.columns === undefined ? {} : { columns: textsOf(pubtable.columns) }),
        ...(pubtable.whereClause === undefined ? {} : { filter: columnsIn(pubtable.whereClause) }),
      },
    ];
  });
  const change = changeObject('publication', words);
  const action = 'action' in node ? ACTIONS[node.action ?? ''] : undefined;
  return {
    ...change,
    ...withOptions({
      ...change.options,
      ...(node.for_all_tables === true ? { allTables: true } : {}),
      ...(schemas.length === 0 ? {} : { schemas }),
      ...(members.length === 0 ? {} : { members }),
      ...(action === undefined || objects.length === 0 ? {} : { action }),
      ...settingsOption(node.options),
    }),
  };
}

const ACTIONS: Readonly<Record<string, 'add' | 'drop' | 'set'>> = {
  AP_AddObjects: 'add',
  AP_DropObjects: 'drop',
  AP_SetObjects: 'set',
};
