import type { AlterDefaultPrivilegesStmt, CommentStmt, GrantRoleStmt, GrantStmt, SecLabelStmt } from '@pgsql/types';
import type { ChangeOf, SchemaChange } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { indexOfWord, isWord, nameLength, objectName, spanOf, type Words, wholeName } from '../source.ts';
import { itemsOf, type PgNode, textsOf } from '../tree.ts';
import { certain, type Lower, withOptions } from './base.ts';
import { relationName } from './names.ts';
import { kindWords, OBJECT_KINDS } from './object-kinds.ts';

type Spoken = Pick<CommentStmt, 'objtype' | 'object'>;

/** COMMENT ON: the object of a column, a constraint, a trigger, a policy or a rule is its table. */
export const comment: Lower<CommentStmt> = (_source, node, words) => {
  return [spokenOf(node, words, 2)];
};

/** SECURITY LABEL [FOR provider] ON: to the server a comment that a provider reads. */
export const securityLabel: Lower<SecLabelStmt> = (_source, node, words) => {
  const change = spokenOf(node, words, indexOfWord(words, 'on') + 1);
  return [{ ...change, options: { ...change.options, securityLabel: node.provider ?? '' } }];
};

/** @param at where the words for the object's kind begin */
function spokenOf(node: Spoken, words: Words, at: number): ChangeOf<'Comment'> {
  const type = node.objtype ?? 'OBJECT_TABLE';
  const column = type === 'OBJECT_COLUMN' ? textsOf(itemsOf(node.object)).at(-1) : undefined;
  return {
    kind: 'Comment',
    ...certain(spanOf(words.slice(0, indexOfWord(words, 'is')))),
    object: commented(node, words, at + kindWords(type)),
    objectKind: type === 'OBJECT_DOMCONSTRAINT' ? 'domain constraint' : (OBJECT_KINDS[type] ?? 'object'),
    ...withOptions(column === undefined ? {} : { column }),
  };
}

function commented(node: Spoken, words: Words, at: number): ObjectName {
  if (node.objtype === 'OBJECT_COLUMN') {
    const length = nameLength(words, at);
    if (length === 1) return objectName(words, at);
    return objectName(words.slice(0, at + length - 2), at, textsOf(itemsOf(node.object)).slice(0, -1));
  }
  const on = indexOfWord(words, 'on', at + 1);
  const is = indexOfWord(words, 'is');
  const behind = isWord(words[on + 1], 'domain') ? on + 2 : on + 1;
  if (on !== -1 && on < is) return objectName(words, behind);
  const described = words[at]?.text === '(' || node.objtype === 'OBJECT_TRANSFORM';
  return described ? wholeName(words.slice(at, is)) : objectName(words, at);
}

/** GRANT and REVOKE: `objects` are the relations, `options.others` what else the privileges are on. */
export const grant: Lower<GrantStmt> = (source, node, words): readonly SchemaChange[] => {
  const named = (node.objects ?? []) as readonly PgNode[];
  const objects = named.flatMap(({ RangeVar }) =>
    RangeVar === undefined ? [] : [relationName(source, RangeVar, words)],
  );
  const options = {
    ...privilegedKind(node),
    ...(objects.length > 0 ? {} : { others: named.map(nameText) }),
    ...privilegesOf(node),
  };
  return [{ kind: 'Grant', ...certain(spanOf(words)), objects, revoke: node.is_grant !== true, options }];
};

/** `on` what, and of ALL ... IN SCHEMA of which kind; does it say WITH GRANT OPTION, or GRANT OPTION FOR? */
function privilegedKind({ targtype, objtype, grant_option: grantOption }: GrantStmt) {
  const kind = OBJECT_KINDS[objtype ?? 'OBJECT_TABLE'] ?? 'object';
  return {
    ...(targtype === 'ACL_TARGET_ALL_IN_SCHEMA' ? { on: 'all in schema', of: kind } : { on: kind }),
    ...(grantOption === true ? { grantOption } : {}),
  };
}

/** `privileges` empty: all of them. A column's are written `select(a, b)`. */
function privilegesOf({ privileges, grantees }: Pick<GrantStmt, 'privileges' | 'grantees'>) {
  return {
    privileges: ((privileges ?? []) as readonly PgNode[]).map(({ AccessPriv: { priv_name = 'all', cols } = {} }) =>
      cols === undefined ? priv_name : `${priv_name}(${textsOf(cols).join(', ')})`,
    ),
    roles: ((grantees ?? []) as readonly PgNode[]).map(roleText),
  };
}

/** `PUBLIC`, `CURRENT_USER` and their kin are no names of roles. */
export function roleText({ RoleSpec: role }: PgNode): string {
  return role?.rolename ?? (role?.roletype ?? '').replace('ROLESPEC_', '').toLowerCase();
}

/** A schema, a type, a function with or without its arguments, a parameter, a large object's number. */
function nameText(node: PgNode): string {
  const number = (node.Integer ?? (node.A_Const as { ival?: { ival?: number } } | undefined)?.ival)?.ival;
  if (number !== undefined) return String(number);
  const parts = textsOf(node.TypeName?.names ?? node.ObjectWithArgs?.objname ?? itemsOf(node));
  return parts.join('.');
}

export const grantRole: Lower<GrantRoleStmt> = (_source, node, words): readonly SchemaChange[] => {
  const granted = ((node.granted_roles ?? []) as readonly PgNode[]).flatMap(
    ({ AccessPriv }) => AccessPriv?.priv_name ?? [],
  );
  const roles = ((node.grantee_roles ?? []) as readonly PgNode[]).map(roleText);
  const options = { on: 'role', others: granted, privileges: [], roles };
  return [{ kind: 'Grant', ...certain(spanOf(words)), objects: [], revoke: node.is_grant !== true, options }];
};

/** What objects that are made later will allow. */
export const defaultPrivileges: Lower<AlterDefaultPrivilegesStmt> = (
  _source,
  { action = {} },
  words,
): readonly SchemaChange[] => {
  const options = { on: 'default', ...privilegesOf(action) };
  return [{ kind: 'Grant', ...certain(spanOf(words)), objects: [], revoke: action.is_grant !== true, options }];
};
