import type { Side, Tree } from '../../../tree.ts';
import type { LinkedSide } from '../compare/compare-workspaces.ts';
import type { FieldDescriptor, MessageDescriptor } from '../descriptor.ts';
import { elementNamed } from '../language/elements.ts';
import { homeSide, linkedSides } from '../language/opened.ts';
import { type Lookup, lookupIn } from '../link/link.ts';

export interface FoundMessage {
  readonly message: MessageDescriptor;
  readonly lookup: Lookup;
  /** In the tree. */
  readonly path: string;
  readonly text: string;
}

/**
 * In whatever file it stands of those that the one at `near` meets: a copy that others have is another message. Where that file is
 * gone, the only one of that name. Undefined for what protobuf itself brings along.
 */
export function findMessage(side: Side, tree: Tree, fullName: string, near: string): FoundMessage | undefined {
  const home = homeSide(side, tree, near);
  const found = (home === undefined ? linkedSides(side, tree) : [home]).flatMap((linked) =>
    messageIn(linked, fullName),
  );
  return found.length === 1 ? found[0] : undefined;
}

function messageIn({ set, places }: LinkedSide, fullName: string): readonly FoundMessage[] {
  const lookup = lookupIn(set);
  const entry = elementNamed(lookup, fullName);
  const path = places.get(entry?.element.file.path ?? '');
  if (entry?.kind !== 'message' || path === undefined) return [];
  return [{ message: entry.element, lookup, path, text: entry.element.file.content.text }];
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
