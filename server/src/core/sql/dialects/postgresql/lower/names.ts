import type { RangeVar } from '@pgsql/types';
import type { ObjectName } from '../../../../schema/names.ts';
import { firstAtOrAfter, objectName, type Source, type Words } from '../source.ts';

/** A relation that the tree has a position for. */
export function relationName(source: Source, node: RangeVar | undefined, words: Words): ObjectName {
  return objectName(words, firstAtOrAfter(words, source.offset(node?.location)), relationParts(node));
}

export function relationParts(node: RangeVar | undefined): readonly string[] {
  const name = node?.relname ?? '';
  return node?.schemaname === undefined ? [name] : [node.schemaname, name];
}
