import type { Pair } from '../../compare/pair.ts';
import type { FieldDescriptor } from '../../descriptor.ts';

/** Key or value of a map on both sides: what they are follows from the map, and buf passes them over. */
export function isInMapEntries({ before, after }: Pair<FieldDescriptor>): boolean {
  return before.parent?.isMapEntry === true && after.parent?.isMapEntry === true && after.extendee === undefined;
}
