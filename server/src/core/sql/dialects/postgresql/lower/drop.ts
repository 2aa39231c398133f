import type { DropStmt } from '@pgsql/types';
import type { ChangeOf, SchemaChange } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { ident, indexOfWord, isWord, objectName, spanOf, splitCommas, type Words, wholeName } from '../source.ts';
import { itemsOf, type PgNode, textsOf } from '../tree.ts';
import { certain, type Lower, withOptions } from './base.ts';
import { kindWords, OBJECT_KINDS } from './object-kinds.ts';
import { argTypes } from './routines.ts';

/** DROP of any kind: one change per object. */
export const drop: Lower<DropStmt> = (_source, node, words) => {
  const removed = node.removeType ?? 'OBJECT_TABLE';
  const list = objectsAt(words, kindWords(removed));
  const pieces = splitCommas(words.slice(list, listEnd(words, list)));
  const objects = (node.objects ?? []) as readonly PgNode[];
  const together = objects.map((object, i) => objectName(pieces[i] ?? words, 0, partsOf(object)));
  return objects.flatMap((object, i) => {
    const piece = pieces[i] ?? words;
    if (objects.slice(0, i).some((each) => isSameName(each, object))) return [];
    const span = i === 0 ? { start: words[0]?.start ?? 0, end: spanOf(piece).end } : spanOf(piece);
    return [lowerDrop({ node, removed, object, words: piece, base: certain(span), together })];
  });
};

/** `DROP TABLE a, a`: all names are looked up before anything is dropped. */
function isSameName(a: PgNode, b: PgNode): boolean {
  const names = namesOf(a);
  return a.List !== undefined && names.length > 0 && names.join('\0') === namesOf(b).join('\0');
}

/** Behind DROP, the kind's own words, CONCURRENTLY and IF EXISTS. */
function objectsAt(words: Words, kind: number): number {
  let at = 1 + kind;
  if (isWord(words[at], 'concurrently')) at++;
  return isWord(words[at], 'if') && isWord(words[at + 1], 'exists') ? at + 2 : at;
}

function listEnd(words: Words, from: number): number {
  const last = words.length - 1;
  // Both may be names: `DROP TABLE a, cascade`.
  const isName = words[last - 1]?.text === ',' || words[last - 1]?.text === '.';
  return last > from && !isName && isWord(words[last], ['cascade', 'restrict']) ? last : words.length;
}

interface Dropped {
  readonly node: DropStmt;
  readonly removed: NonNullable<DropStmt['removeType']>;
  readonly object: PgNode;
  readonly words: Words;
  readonly base: ReturnType<typeof certain>;
  readonly together: readonly ObjectName[];
}

function lowerDrop(dropped: Dropped): SchemaChange {
  const { node, removed, object, words, base } = dropped;
  const together = dropped.together.length > 1 ? { together: dropped.together } : {};
  const ifExists = node.missing_ok === true;
  const cascade = node.behavior === 'DROP_CASCADE';
  const rest = { ...base, ifExists, cascade };
  const name = objectName(words, 0, partsOf(object));
  switch (removed) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return { kind: 'DropTable', ...rest, table: name, ...together };
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
      return { kind: 'DropView', ...rest, view: name, materialized: removed === 'OBJECT_MATVIEW', ...together };
    case 'OBJECT_INDEX':
      return { kind: 'DropIndex', ...rest, index: name, concurrently: node.concurrent === true };
    case 'OBJECT_SEQUENCE':
      return { kind: 'DropSequence', ...rest, sequence: name };
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { kind: 'DropType', ...rest, type: name, domain: removed === 'OBJECT_DOMAIN', ...together };
    case 'OBJECT_SCHEMA':
      return { kind: 'DropSchema', ...rest, schema: ident(words, 0, name.name) };
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
      return {
        kind: 'DropFunction',
        ...rest,
        fn: name,
        procedure: removed === 'OBJECT_PROCEDURE',
        ...(removed === 'OBJECT_ROUTINE' ? { ofAnyKind: true } : {}),
        ...argTypes(object),
        ...routinesOf(dropped),
      };
    case 'OBJECT_TRIGGER':
      return {
        kind: 'DropTrigger',
        ...base,
        table: tableBehindOn(words),
        trigger: ident(words, 0, lastPart(object)),
        ifExists,
      };
    default:
      return other(dropped, lastPart(object));
  }
}

function routinesOf({ node, together }: Dropped): Pick<ChangeOf<'DropFunction'>, 'together'> {
  const objects = (node.objects ?? []) as readonly PgNode[];
  if (objects.length < 2) return {};
  return { together: together.map((fn, i) => ({ fn, ...argTypes(objects[i] ?? {}) })) };
}

/** `DROP POLICY p ON t`: the tree's list is the table's name and then the object's. */
function other({ node, removed, object, words, base }: Dropped, last: string): SchemaChange {
  const change = {
    kind: 'ChangeObject',
    ...base,
    ...withOptions({
      ...(node.behavior === 'DROP_CASCADE' ? { cascade: true } : {}),
      ...(node.missing_ok === true ? { ifExists: true } : {}),
    }),
    verb: 'drop',
    objectKind: OBJECT_KINDS[removed] ?? 'object',
  } as const;
  if (removed === 'OBJECT_POLICY' || removed === 'OBJECT_RULE')
    return { ...change, object: objectName(words, 0, [last]), table: tableBehindOn(words) };
  if (removed === 'OBJECT_CAST' || removed === 'OBJECT_TRANSFORM') return { ...change, object: wholeName(words) };
  return { ...change, object: objectName(words, 0), ...argTypes(object) };
}

function tableBehindOn(words: Words): ObjectName {
  return objectName(words, indexOfWord(words, 'on') + 1);
}

/** The name's parts as the tree has them; undefined where it is written in another way (an operator, a cast). */
function partsOf(object: PgNode): readonly string[] | undefined {
  const parts = namesOf(object);
  return parts.length === 0 || parts.includes('') ? undefined : parts;
}

function namesOf(object: PgNode): readonly string[] {
  if (object.TypeName !== undefined) return textsOf(object.TypeName.names);
  if (object.ObjectWithArgs !== undefined) return textsOf(object.ObjectWithArgs.objname);
  return textsOf(itemsOf(object));
}

function lastPart(object: PgNode): string {
  return namesOf(object).at(-1) ?? '';
}
