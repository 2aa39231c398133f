import type { FileDescriptor } from '../descriptor.ts';

/** Does the file import what nobody gave us, a dependency that is not in the repository? */
export function lacksImport({ imports }: FileDescriptor): boolean {
  return imports.some(({ found }) => !found);
}
