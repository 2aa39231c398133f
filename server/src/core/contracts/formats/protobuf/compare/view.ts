import type { Element, FieldDescriptor, FileDescriptor, ProtoSet } from '../descriptor.ts';
import { indexOf } from './file-index.ts';
import type { ElementKind, SetView } from './pair.ts';

interface PackageFacts {
  readonly start: string;
  readonly kinds: ReadonlySet<ElementKind>;
}

/** One side of a comparison: a linked set, or the files of it that a module consists of and imports. */
export function viewOf(set: ProtoSet, paths: ReadonlySet<string> | undefined): SetView {
  let packages: ReadonlyMap<string, PackageFacts> | undefined;
  let extensions: ReadonlyMap<string, FieldDescriptor> | undefined;
  const visible = <E extends Pick<Element, 'file'>>(element: E | undefined): E | undefined =>
    element === undefined || isIn(set, paths, element.file) ? element : undefined;
  const facts = () => {
    packages ??= packagesOf(filesOf(set, paths));
    return packages;
  };
  return {
    file: (path) => (paths === undefined || paths.has(path) ? set.files.get(path) : undefined),
    message: (name) => visible(set.messages.get(name)),
    enum: (name) => visible(set.enums.get(name)),
    service: (name) => visible(set.services.get(name)),
    extension: (key) => visible(set.extensions.get(key)),
    extensionNamed: (name) => {
      extensions ??= new Map([...set.extensions.values()].map((field) => [field.fullName, field]));
      return visible(extensions.get(name));
    },
    packageStart: (name) => facts().get(name)?.start,
    packageHas: (name, kind) => facts().get(name)?.kinds.has(kind) === true,
  };
}

export function filesOf(set: ProtoSet, paths: ReadonlySet<string> | undefined): readonly FileDescriptor[] {
  const files = [...set.files.values()];
  return paths === undefined ? files : files.filter(({ path }) => paths.has(path));
}

/** The well-known types can be looked up but are no files of the set; they are the same on both sides. */
function isIn({ files }: ProtoSet, paths: ReadonlySet<string> | undefined, { path }: FileDescriptor): boolean {
  return paths === undefined || paths.has(path) || !files.has(path);
}

function packagesOf(files: readonly FileDescriptor[]): ReadonlyMap<string, PackageFacts> {
  const packages = new Map<string, { start: string; kinds: Set<ElementKind> }>();
  for (const file of files) {
    const known = packages.get(file.package);
    const facts = known ?? { start: file.path, kinds: new Set<ElementKind>() };
    if (known === undefined) packages.set(file.package, facts);
    if (file.path < facts.start) facts.start = file.path;
    const { messages, enums, services, extensions } = indexOf(file);
    if (messages.size > 0) facts.kinds.add('message');
    if (enums.size > 0) facts.kinds.add('enum');
    if (services.size > 0) facts.kinds.add('service');
    if (extensions.size > 0) facts.kinds.add('extension');
  }
  return packages;
}
