import type { AlterSeqStmt, CreateSeqStmt } from '@pgsql/types';
import type { Ident, ObjectName } from '../../../../schema/names.ts';
import { ident, isWord, nameLength, objectName, spanOf, type Words } from '../source.ts';
import { itemsOf, type PgNode, textsOf } from '../tree.ts';
import { certain, headTo, type Lower, withOptions } from './base.ts';
import { relationName } from './names.ts';
import { settingsOption } from './settings.ts';

export const createSequence: Lower<CreateSeqStmt> = (source, node, words) => {
  const sequence = relationName(source, node.sequence, words);
  const owner = ownerOf(node.options, words);
  return [
    {
      kind: 'CreateSequence',
      ...certain(headTo(words, sequence)),
      sequence,
      ifNotExists: node.if_not_exists === true,
      ...(owner === undefined || owner === 'none' ? {} : { ownedBy: owner }),
      ...withOptions({
        ...(node.sequence?.relpersistence === 't' ? { temporary: true } : {}),
        ...settingsOption(node.options, ['owned_by']),
      }),
    },
  ];
};

export const alterSequence: Lower<AlterSeqStmt> = (source, node, words) => {
  const owner = ownerOf(node.options, words);
  const names = ((node.options ?? []) as readonly PgNode[]).map(({ DefElem }) => DefElem?.defname);
  return [
    {
      kind: 'AlterSequence',
      ...certain(spanOf(words)),
      sequence: relationName(source, node.sequence, words),
      ifExists: node.missing_ok === true,
      ...(owner === undefined ? {} : { ownedBy: owner }),
      ...withOptions({
        ...(names.includes('restart') ? { restart: true } : {}),
        ...(names.includes('as') ? { type: true } : {}),
        ...settingsOption(node.options, ['owned_by']),
      }),
    },
  ];
};

/** `OWNED BY [schema.]table.column`, `OWNED BY NONE` */
function ownerOf(
  options: readonly PgNode[] | undefined,
  words: Words,
): { readonly table: ObjectName; readonly column: Ident } | 'none' | undefined {
  const owned = (options ?? []).find(({ DefElem }) => DefElem?.defname === 'owned_by')?.DefElem;
  if (owned === undefined) return undefined;
  const parts = textsOf(itemsOf(owned.arg));
  if (parts.length < 2) return 'none';
  const at = words.findIndex((word, i) => isWord(word, 'owned') && isWord(words[i + 1], 'by')) + 2;
  const last = at + nameLength(words, at) - 1;
  return {
    table: objectName(words.slice(0, last - 1), at, parts.slice(0, -1)),
    column: ident(words, last, parts.at(-1)),
  };
}
