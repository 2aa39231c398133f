import type { Element, FileDescriptor, ProtoSet } from '../descriptor.ts';
import { lookupIn } from '../link/link.ts';
import { indexOf } from './file-index.ts';
import type { ElementKind, SetView } from './pair.ts';

/** One side of a comparison: a linked set, or the files of it that a module consists of and imports. */
export function viewOf(set: ProtoSet, paths: ReadonlySet<string> | undefined): SetView {
  const lookup = lookupIn(set);
  const visible = <E extends Pick<Element, 'file'>>(element: E | undefined): E | undefined =>
    element === undefined || isIn(set, paths, element.file) ? element : undefined;
  const filesIn = (name: string): readonly FileDescriptor[] =>
    [...lookup.packaged(name)].flatMap((path) =>
      paths === undefined || paths.has(path) ? (set.files.get(path) ?? []) : [],
    );
  return {
    file: (path) => (paths === undefined || paths.has(path) ? set.files.get(path) : undefined),
    message: (name) => visible(set.messages.get(name)),
    enum: (name) => visible(set.enums.get(name)),
    service: (name) => visible(set.services.get(name)),
    extension: (key) => visible(set.extensions.get(key)),
    extensionIn: (name, nestedName) => {
      for (const file of filesIn(name)) {
        const extension = indexOf(file).extensions.get(nestedName);
        if (extension !== undefined) return extension;
      }
      return undefined;
    },
    packageStart: (name) => {
      const paths = filesIn(name).map(({ path }) => path);
      return paths.reduce<string | undefined>(
        (first, path) => (first === undefined || path < first ? path : first),
        undefined,
      );
    },
    packageHas: (name, kind) => filesIn(name).some((file) => declares(file, kind)),
  };
}

function declares(file: FileDescriptor, kind: ElementKind): boolean {
  const index = indexOf(file);
  switch (kind) {
    case 'message':
      return index.messages.size > 0;
    case 'enum':
      return index.enums.size > 0;
    case 'service':
      return index.services.size > 0;
    case 'extension':
      return index.extensions.size > 0;
  }
}

/** The well-known types can be looked up but are no files of the set; they are the same on both sides. */
function isIn({ files }: ProtoSet, paths: ReadonlySet<string> | undefined, { path }: FileDescriptor): boolean {
  return paths === undefined || paths.has(path) || !files.has(path);
}
