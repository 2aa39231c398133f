import type { AlterObjectSchemaStmt, AlterOwnerStmt, CreateSchemaStmt } from '@pgsql/types';
import type { SchemaChange } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { afterIfExists, ident, indexOfWord, isWord, objectName, spanOf, type Words } from '../source.ts';
import { certain, headTo, type Lower, withOptions } from './base.ts';
import { kindWords, OBJECT_KINDS } from './object-kinds.ts';
import { argTypes } from './routines.ts';

/** The schema itself; what stands inside its statement is lowered by the caller. */
export const createSchema: Lower<CreateSchemaStmt> = (_source, node, words) => {
  const at = afterIfExists(words, 2);
  const named = isWord(words[at], 'authorization') ? at + 1 : at;
  const schema = ident(words, named, node.schemaname);
  return [
    { kind: 'CreateSchema', ...certain(headTo(words, schema)), schema, ifNotExists: node.if_not_exists === true },
  ];
};

/** Names without a schema inside CREATE SCHEMA s are names of s. */
export function qualified(change: SchemaChange, schema: string): SchemaChange {
  const own: Record<string, unknown> = {};
  for (const field of ['table', 'view', 'sequence']) {
    const name = (change as unknown as Readonly<Record<string, unknown>>)[field];
    if (isUnqualified(name)) own[field] = { schema, ...name };
  }
  return { ...change, ...own } as SchemaChange;
}

function isUnqualified(name: unknown): name is ObjectName {
  return typeof name === 'object' && name !== null && 'span' in name && !('schema' in name);
}

/** `ALTER <kind> x SET SCHEMA s`. Relations share one form; `options.relation` says what it was called. */
export const setSchema: Lower<AlterObjectSchemaStmt> = (_source, node, words) => {
  const type = node.objectType ?? 'OBJECT_TABLE';
  const object = alteredName(words, kindWords(type));
  const at = words.findLastIndex((word) => isWord(word, 'schema'));
  const base = { ...certain(spanOf(words.slice(at - 1))), ...(node.missing_ok ? { skipsMissing: true } : {}) };
  const schema = ident(words, at + 1, node.newschema);
  const relation = RELATIONS[type];
  if (relation !== undefined)
    return [
      {
        kind: 'SetTableSchema',
        ...base,
        table: object,
        schema,
        ifExists: node.missing_ok === true,
        ...withOptions(relation === 'table' ? {} : { relation }),
      },
    ];
  if (type === 'OBJECT_DOMAIN')
    return [
      {
        kind: 'AlterDomain',
        ...base,
        type: object,
        action: 'schema',
        notValid: false,
        ...withOptions({ schema: schema.name }),
      },
    ];
  return [
    {
      kind: 'ChangeObject',
      ...base,
      verb: 'alter',
      objectKind: OBJECT_KINDS[type] ?? 'object',
      object,
      ...(node.object === undefined ? {} : argTypes(node.object)),
      ...withOptions({ schema: schema.name }),
    },
  ];
};

const RELATIONS: Readonly<Partial<Record<NonNullable<AlterObjectSchemaStmt['objectType']>, string>>> = {
  OBJECT_TABLE: 'table',
  OBJECT_FOREIGN_TABLE: 'foreign-table',
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized-view',
  OBJECT_SEQUENCE: 'sequence',
};

/** `ALTER <kind> x OWNER TO r`, for what ALTER TABLE does not cover. */
export const setOwner: Lower<AlterOwnerStmt> = (_source, node, words) => {
  const type = node.objectType ?? 'OBJECT_SCHEMA';
  const object = alteredName(words, kindWords(type));
  const base = certain(spanOf(words.slice(indexOfWord(words, 'owner'))));
  if (type === 'OBJECT_DOMAIN')
    return [{ kind: 'AlterDomain', ...base, type: object, action: 'owner', notValid: false }];
  return [{ kind: 'ChangeObject', ...base, verb: 'alter', objectKind: OBJECT_KINDS[type] ?? 'object', object }];
};

function alteredName(words: Words, kind: number): ObjectName {
  const at = afterIfExists(words, 1 + kind);
  return objectName(words, isWord(words[at], 'only') ? at + 1 : at);
}
