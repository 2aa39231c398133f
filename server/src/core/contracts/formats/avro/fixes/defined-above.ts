import type { AvroSet } from '../link.ts';
import { isNamed, type Schema } from '../schema.ts';

/** Whether a default of the type can be judged where it stands: Apache's parser knows only what it has read before. */
export function definedAbove(schema: Schema, set: Pick<AvroSet, 'find'>): boolean {
  switch (schema.kind) {
    case 'reference': {
      if (schema.known === undefined) return set.find(schema)?.file !== schema.file;
      return isNamed(schema.known);
    }
    case 'union':
      return schema.branches[0] === undefined || definedAbove(schema.branches[0], set);
    default:
      return true;
  }
}
