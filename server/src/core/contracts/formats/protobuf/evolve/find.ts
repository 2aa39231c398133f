import type { Tree } from '../../../tree.ts';
import type { FieldDescriptor, MessageDescriptor } from '../descriptor.ts';
import { elementNamed } from '../language/elements.ts';
import { linkedSidesAround } from '../language/opened.ts';
import { type Lookup, lookupIn } from '../link/link.ts';

export interface FoundMessage {
  readonly message: MessageDescriptor;
  readonly lookup: Lookup;
  /** In the tree. */
  readonly path: string;
  readonly text: string;
}

/**
 * In whatever file of the tree it stands; undefined for what protobuf itself brings along.
 * @param near of copies the one that this file belongs to
 */
export function findMessage(
  side: 'before' | 'after',
  tree: Tree,
  fullName: string,
  near = '',
): FoundMessage | undefined {
  for (const { set, places } of linkedSidesAround(side, tree, near)) {
    const lookup = lookupIn(set);
    const entry = elementNamed(lookup, fullName);
    const path = places.get(entry?.element.file.path ?? '');
    if (entry?.kind !== 'message' || path === undefined) continue;
    return { message: entry.element, lookup, path, text: entry.element.file.content.text };
  }
  return undefined;
}

export function byName({ fields }: MessageDescriptor, name: string): FieldDescriptor | undefined {
  return fields.find((field) => field.name === name);
}

export function byNumber({ fields }: MessageDescriptor, number: number): FieldDescriptor | undefined {
  return fields.find((field) => field.number === number);
}

export function isReserved({ reservedRanges }: MessageDescriptor, number: number): boolean {
  return reservedRanges.some(({ start, end }) => start <= number && number <= end);
}

export function isNameReserved({ reservedNames }: MessageDescriptor, name: string): boolean {
  return reservedNames.some((reserved) => reserved.name === name);
}
