import { belowPackage, indexOf } from '../compare/file-index.ts';
import type { Element, FileDescriptor, MessageDescriptor } from '../descriptor.ts';
import type { Difference, Spot } from './rule.ts';
import { now, ofFile, then } from './spots.ts';

/**
 * The innermost message of the file that still surrounds the place of a deleted element; without one the file as a whole.
 * Undefined while that is being typed: what seems to be gone may be there in a moment.
 */
export function survivor(file: FileDescriptor, nestedName: string): Spot | undefined {
  const parent = survivingParent(file, nestedName);
  if ((parent ?? file).incomplete) return undefined;
  return parent === undefined ? ofFile('after', file) : now(parent);
}

function survivingParent(file: FileDescriptor, nestedName: string): MessageDescriptor | undefined {
  const { messages } = indexOf(file);
  for (let end = nestedName.lastIndexOf('.'); end > 0; end = nestedName.lastIndexOf('.', end - 1)) {
    const parent = messages.get(nestedName.slice(0, end));
    if (parent !== undefined) return parent;
  }
  return undefined;
}

/** What of one kind is not in the file any more, by its name below the package. */
export function* deletedFromFile(kind: Kind, before: FileDescriptor, after: FileDescriptor): Iterable<Difference> {
  for (const element of elements(before, kind)) {
    const name = belowPackage(before, element.fullName);
    if (has(after, kind, name)) continue;
    const at = survivor(after, name);
    if (at === undefined) continue;
    yield { messageId: 'deleted', args: { name: element.fullName }, at, was: then(element), object: element.fullName };
  }
}

type Kind = 'messages' | 'enums' | 'services' | 'extensions';

export function elements(file: FileDescriptor, kind: Kind): Iterable<Element> {
  return indexOf(file)[kind].values();
}

export function has(file: FileDescriptor, kind: Kind, nestedName: string): boolean {
  return indexOf(file)[kind].has(nestedName);
}
