import type { RangeVar } from '@pgsql/types';
import type { ObjectName } from '../../../../schema/names.ts';
import { objectName, type Source, type Words } from '../source.ts';

/** A relation that the tree has a position for. */
export function relationName(source: Source, node: RangeVar | undefined, words: Words): ObjectName {
  const start = source.offset(node?.location);
  const at = words.findIndex((word) => word.start >= start);
  return objectName(words, Math.max(at, 0), relationParts(node));
}

export function relationParts(node: RangeVar | undefined): readonly string[] {
  const name = node?.relname ?? '';
  return node?.schemaname === undefined ? [name] : [node.schemaname, name];
}
