import type { AlterDefaultPrivilegesStmt, CommentStmt, GrantRoleStmt, GrantStmt } from '@pgsql/types';
import type { SchemaChange } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { indexOfWord, isWord, nameLength, objectName, spanOf, type Words, wholeName } from '../source.ts';
import { itemsOf, type PgNode, textsOf } from '../tree.ts';
import { certain, type Lower, withOptions } from './base.ts';
import { relationName } from './names.ts';
import { kindWords, OBJECT_KINDS } from './object-kinds.ts';

/** COMMENT ON: the object of a column, a constraint, a trigger, a policy or a rule is its table. */
export const comment: Lower<CommentStmt> = (_source, node, words) => {
  const type = node.objtype ?? 'OBJECT_TABLE';
  const object = commented(node, words, 2 + kindWords(type));
  const column = type === 'OBJECT_COLUMN' ? textsOf(itemsOf(node.object)).at(-1) : undefined;
  return [
    {
      kind: 'Comment',
      ...certain(spanOf(words.slice(0, indexOfWord(words, 'is')))),
      object,
      objectKind: type === 'OBJECT_DOMCONSTRAINT' ? 'domain constraint' : (OBJECT_KINDS[type] ?? 'object'),
      ...withOptions(column === undefined ? {} : { column }),
    },
  ];
};

function commented(node: CommentStmt, words: Words, at: number): ObjectName {
  if (node.objtype === 'OBJECT_COLUMN') {
    const length = nameLength(words, at);
    if (length === 1) return objectName(words, at);
    return objectName(words.slice(0, at + length - 2), at, textsOf(itemsOf(node.object)).slice(0, -1));
  }
  const on = indexOfWord(words, 'on', at + 1);
  const is = indexOfWord(words, 'is');
  const behind = isWord(words[on + 1], 'domain') ? on + 2 : on + 1;
  if (on !== -1 && on < is) return objectName(words, behind);
  return words[at]?.text === '(' ? wholeName(words.slice(at, is)) : objectName(words, at);
}

/** GRANT and REVOKE; only relations are named. */
export const grant: Lower<GrantStmt> = (source, node, words): readonly SchemaChange[] => {
  const relations = node.targtype === 'ACL_TARGET_OBJECT' ? ((node.objects ?? []) as readonly PgNode[]) : [];
  const objects = relations.flatMap(({ RangeVar }) =>
    RangeVar === undefined ? [] : [relationName(source, RangeVar, words)],
  );
  return [{ kind: 'Grant', ...certain(spanOf(words)), objects, revoke: node.is_grant !== true }];
};

export const grantRole: Lower<GrantRoleStmt> = (_source, node, words): readonly SchemaChange[] => [
  { kind: 'Grant', ...certain(spanOf(words)), objects: [], revoke: node.is_grant !== true },
];

export const defaultPrivileges: Lower<AlterDefaultPrivilegesStmt> = (_source, node, words): readonly SchemaChange[] => [
  { kind: 'Grant', ...certain(spanOf(words)), objects: [], revoke: node.action?.is_grant !== true },
];
