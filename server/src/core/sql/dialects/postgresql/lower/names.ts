import type { RangeVar } from '@pgsql/types';
import type { ObjectName } from '../../../../schema/names.ts';
import { firstAtOrAfter, objectName, type Source, type Words } from '../source.ts';
import type { PgNode } from '../tree.ts';

/** A relation that the tree has a position for. */
export function relationName(source: Source, node: RangeVar | undefined, words: Words): ObjectName {
  return objectName(words, firstAtOrAfter(words, source.offset(node?.location)), relationParts(node));
}

/** `{ only: true }` where ONLY stands before every relation of the list. */
export function onlyOption(relations: readonly PgNode[]): { readonly only?: true } {
  return relations.length > 0 && relations.every(({ RangeVar }) => RangeVar?.inh !== true) ? { only: true } : {};
}

export function relationParts(node: RangeVar | undefined): readonly string[] {
  const name = node?.relname ?? '';
  return node?.schemaname === undefined ? [name] : [node.schemaname, name];
}
