import type { FileDescriptor } from '../descriptor.ts';
import { type FileIndex, indexOf } from './file-index.ts';

/** Does the newer file declare anything that the older one does not? */
export function additions(before: FileDescriptor, after: FileDescriptor): boolean {
  const old = names(indexOf(before));
  for (const name of names(indexOf(after))) {
    if (!old.has(name)) return true;
  }
  return false;
}

function names({ messages, enums, services, extensions }: FileIndex): ReadonlySet<string> {
  const all = new Set<string>();
  for (const message of messages.values()) {
    all.add(message.fullName);
    for (const field of message.fields) all.add(field.fullName);
  }
  for (const each of enums.values()) {
    all.add(each.fullName);
    for (const value of each.values) all.add(`${each.fullName} ${value.name}`);
  }
  for (const service of services.values()) {
    all.add(service.fullName);
    for (const method of service.methods) all.add(method.fullName);
  }
  for (const extension of extensions.values()) all.add(extension.fullName);
  return all;
}
