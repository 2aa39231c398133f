import type { FieldDescriptor, FileDescriptor } from '../descriptor.ts';
import { indexOf, nameWithin } from './file-index.ts';
import type { SetPair } from './pair.ts';

/**
 * What a file leaves open although every name in it means the same: the default of an enum that another file declares. Without a
 * default of its own a field has the enum's first value.
 */
export function sameDefaults(file: FileDescriptor, sides: SetPair): boolean {
  return foreignEnums(file).every((name) => sides.before.firstNumber(name) === sides.after.firstNumber(name));
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
