import type {
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  ServiceDescriptor,
} from '../descriptor.ts';
import { extensionKey } from './pair.ts';

/** All elements of one file, nested ones too, by their name below the package (`Order.Line`). */
export interface FileIndex {
  readonly messages: ReadonlyMap<string, MessageDescriptor>;
  readonly enums: ReadonlyMap<string, EnumDescriptor>;
  readonly services: ReadonlyMap<string, ServiceDescriptor>;
  readonly extensions: ReadonlyMap<string, FieldDescriptor>;
  readonly extensionsByKey: ReadonlyMap<string, FieldDescriptor>;
}

/** Kept as long as the descriptor, which is immutable. */
export function indexOf(file: FileDescriptor): FileIndex {
  const known = indexes.get(file);
  if (known !== undefined) return known;
  const index = build(file);
  indexes.set(file, index);
  return index;
}

const indexes = new WeakMap<FileDescriptor, FileIndex>();

function build(file: FileDescriptor): FileIndex {
  const messages = new Map<string, MessageDescriptor>();
  const enums = new Map<string, EnumDescriptor>();
  const extensions = new Map<string, FieldDescriptor>();
  const pending: Pick<MessageDescriptor, 'messages' | 'enums' | 'extensions'>[] = [file];
  for (let container = pending.pop(); container !== undefined; container = pending.pop()) {
    for (const each of container.enums) enums.set(each.nestedName, each);
    for (const each of container.extensions) extensions.set(belowPackage(file, each.fullName), each);
    for (const message of container.messages) {
      messages.set(message.nestedName, message);
      pending.push(message);
    }
  }
  return {
    messages,
    enums,
    services: new Map(file.services.map((service) => [service.name, service])),
    extensions,
    extensionsByKey: new Map([...extensions.values()].map((field) => [extensionKey(field), field])),
  };
}

/** `Order.Line` of `shop.v1.Order.Line`. */
export function belowPackage(file: FileDescriptor, fullName: string): string {
  return file.package === '' ? fullName : fullName.slice(file.package.length + 1);
}

/** Undefined where the name is not of the file's package. */
export function nameWithin(file: FileDescriptor, fullName: string): string | undefined {
  if (file.package === '') return fullName;
  return fullName.startsWith(`${file.package}.`) ? belowPackage(file, fullName) : undefined;
}
