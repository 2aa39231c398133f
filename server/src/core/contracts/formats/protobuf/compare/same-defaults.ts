import type { FieldDescriptor, FileDescriptor, ProtoSet } from '../descriptor.ts';
import { lookupIn } from '../link/link.ts';
import { indexOf, nameWithin } from './file-index.ts';
import type { Pair, SetView } from './pair.ts';

/**
 * What a file leaves open although every name in it means the same: the default of an enum that another file declares. Without a
 * default of its own a field has the enum's first value.
 * @param moved enums with another one than before, of all files: mostly none
 */
export function withMovedDefaults(moved: ReadonlySet<string>, set: ProtoSet): Iterable<FileDescriptor> {
  const found = new Set<FileDescriptor>();
  const lookup = lookupIn(set);
  for (const name of moved)
    for (const path of lookup.askers(name)) {
      const file = set.files.get(path);
      if (file !== undefined && foreignEnums(file).includes(name)) found.add(file);
    }
  return found;
}

/** Enums of these files that begin with another number on the other side. */
export function movedDefaults(files: Iterable<FileDescriptor>, sides: Pair<SetView>): ReadonlySet<string> {
  const moved = new Set<string>();
  for (const file of files) {
    for (const { fullName } of indexOf(file).enums.values())
      if (firstNumber(sides.before, fullName) !== firstNumber(sides.after, fullName)) moved.add(fullName);
  }
  return moved;
}

function firstNumber(side: SetView, name: string): number | undefined {
  return side.enum(name)?.values[0]?.number;
}

const memo = new WeakMap<FileDescriptor, readonly string[]>();

function foreignEnums(file: FileDescriptor): readonly string[] {
  const known = memo.get(file);
  if (known !== undefined) return known;
  const { messages, extensions, enums } = indexOf(file);
  const names = new Set<string>();
  const add = ({ kind, typeName = '' }: FieldDescriptor): void => {
    if (kind === 'enum' && !enums.has(nameWithin(file, typeName) ?? '')) names.add(typeName);
  };
  for (const message of messages.values()) message.fields.forEach(add);
  for (const extension of extensions.values()) add(extension);
  const found = [...names];
  memo.set(file, found);
  return found;
}
