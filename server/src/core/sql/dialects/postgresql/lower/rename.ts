import type { RenameStmt } from '@pgsql/types';
import type { SchemaChange } from '../../../../schema/change.ts';
import type { Ident, ObjectName } from '../../../../schema/names.ts';
import { afterIfExists, ident, indexOfWord, isWord, objectName, type Source, spanOf, type Words } from '../source.ts';
import { certain, type Lower } from './base.ts';
import { relationName } from './names.ts';
import { kindWords, OBJECT_KINDS } from './object-kinds.ts';
import { argTypes } from './routines.ts';

/** Every `ALTER ... RENAME`. The change's span is `RENAME [COLUMN a] TO b`. */
export const rename: Lower<RenameStmt> = (source, node, words) => [lowerRename(node, wordsOf(source, node, words))];

interface RenameWords {
  readonly base: ReturnType<typeof certain> & { readonly skipsMissing?: boolean };
  /** What is renamed, or what has what is renamed. */
  readonly owner: ObjectName;
  readonly old: Ident;
  readonly newName: Ident;
  readonly ifExists: boolean;
}

function wordsOf(source: Source, node: RenameStmt, words: Words): RenameWords {
  const at = indexOfWord(words, 'rename');
  const own = words.slice(at);
  const to = own.findLastIndex((word) => isWord(word, 'to'));
  const ifExists = node.missing_ok === true;
  return {
    base: { ...certain(spanOf(own.slice(0, to + 2))), ...(ifExists ? { skipsMissing: true } : {}) },
    owner:
      node.relation === undefined
        ? objectName(words, afterIfExists(words, 1 + ownerWords(node)))
        : relationName(source, node.relation, words),
    old: isOnTable(node) ? ident(words, 2, node.subname) : ident(own, to - 1, node.subname),
    newName: ident(own, to + 1, node.newname),
    ifExists,
  };
}

/** Words of what has no relation in the tree. An attribute and a constraint of a domain stand behind their owner. */
function ownerWords({ renameType }: RenameStmt): number {
  return renameType === 'OBJECT_ATTRIBUTE' || renameType === 'OBJECT_DOMCONSTRAINT' ? 1 : kindWords(renameType);
}

/** `ALTER TRIGGER a ON t RENAME TO b` */
function isOnTable({ renameType }: RenameStmt): boolean {
  return renameType === 'OBJECT_TRIGGER' || renameType === 'OBJECT_POLICY' || renameType === 'OBJECT_RULE';
}

function lowerRename(node: RenameStmt, found: RenameWords): SchemaChange {
  const { base, owner, old, newName, ifExists } = found;
  switch (node.renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return { kind: 'RenameTable', ...base, table: owner, newName, ifExists };
    case 'OBJECT_COLUMN':
      return renameColumn(node, found);
    case 'OBJECT_TABCONSTRAINT':
      return { kind: 'RenameConstraint', ...base, table: owner, constraint: old, newName };
    case 'OBJECT_INDEX':
      return { kind: 'RenameIndex', ...base, index: owner, newName, ifExists };
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return {
        kind: 'RenameView',
        ...base,
        view: owner,
        newName,
        materialized: node.renameType === 'OBJECT_MATVIEW',
        ifExists,
      };
    case 'OBJECT_SEQUENCE':
      return { kind: 'RenameSequence', ...base, sequence: owner, newName, ifExists };
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { kind: 'RenameType', ...base, type: owner, newName };
    case 'OBJECT_DOMCONSTRAINT':
      return {
        kind: 'AlterDomain',
        ...base,
        type: owner,
        action: 'rename-constraint',
        notValid: false,
        constraint: old,
        newName,
      };
    case 'OBJECT_SCHEMA':
      return { kind: 'RenameSchema', ...base, schema: { name: owner.name, span: owner.span }, newName };
    case 'OBJECT_TRIGGER':
      return { kind: 'RenameTrigger', ...base, table: owner, trigger: old, newName };
    default:
      return {
        kind: 'ChangeObject',
        ...base,
        verb: 'rename',
        objectKind: kindOf(node),
        newName,
        ...(isOnTable(node) ? { object: old, table: owner } : { object: owner }),
        ...(node.renameType === 'OBJECT_ATTRIBUTE'
          ? { options: { attribute: old.name, ...(node.behavior === 'DROP_CASCADE' ? { cascade: true } : {}) } }
          : {}),
        ...(node.object === undefined ? {} : argTypes(node.object)),
      };
  }
}

function renameColumn({ relationType }: RenameStmt, { base, owner, old, newName }: RenameWords): SchemaChange {
  if (relationType === 'OBJECT_VIEW' || relationType === 'OBJECT_MATVIEW')
    return { kind: 'RenameViewColumn', ...base, view: owner, column: old, newName };
  return { kind: 'RenameColumn', ...base, table: owner, column: old, newName };
}

function kindOf({ renameType }: RenameStmt): string {
  return OBJECT_KINDS[renameType ?? 'OBJECT_TABLE'] ?? 'object';
}
