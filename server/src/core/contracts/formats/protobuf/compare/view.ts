import type { Element, FileDescriptor, ProtoSet } from '../descriptor.ts';
import { indexOf } from './file-index.ts';
import type { ElementKind, SetView } from './pair.ts';

/** One side of a comparison: a linked set, or the files of it that a module consists of and imports. */
export function viewOf(set: ProtoSet, paths: ReadonlySet<string> | undefined): SetView {
  let byPackage: ReadonlyMap<string, readonly FileDescriptor[]> | undefined;
  const visible = <E extends Pick<Element, 'file'>>(element: E | undefined): E | undefined =>
    element === undefined || isIn(set, paths, element.file) ? element : undefined;
  const filesIn = (name: string): readonly FileDescriptor[] => {
    byPackage ??= paths === undefined ? allGrouped(set) : grouped(filesOf(set, paths));
    return byPackage.get(name) ?? [];
  };
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

const groups = new WeakMap<ProtoSet, ReadonlyMap<string, readonly FileDescriptor[]>>();

function allGrouped(set: ProtoSet): ReadonlyMap<string, readonly FileDescriptor[]> {
  const known = groups.get(set) ?? grouped(set.files.values());
  groups.set(set, known);
  return known;
}

function grouped(files: Iterable<FileDescriptor>): ReadonlyMap<string, readonly FileDescriptor[]> {
  const groups = new Map<string, FileDescriptor[]>();
  for (const file of files) {
    const group = groups.get(file.package);
    if (group === undefined) groups.set(file.package, [file]);
    else group.push(file);
  }
  return groups;
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

export function* filesOf({ files }: ProtoSet, paths: ReadonlySet<string> | undefined): Iterable<FileDescriptor> {
  if (paths === undefined) yield* files.values();
  else
    for (const path of paths) {
      const file = files.get(path);
      if (file !== undefined) yield file;
    }
}

/** The well-known types can be looked up but are no files of the set; they are the same on both sides. */
function isIn({ files }: ProtoSet, paths: ReadonlySet<string> | undefined, { path }: FileDescriptor): boolean {
  return paths === undefined || paths.has(path) || !files.has(path);
}
