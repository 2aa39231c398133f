import type { Span } from '../../../../model/text.ts';
import type {
  EnumDescriptor,
  EnumValueDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  MethodDescriptor,
  OneofDescriptor,
  ServiceDescriptor,
} from '../descriptor.ts';
import type { Lookup } from '../link/link.ts';

/** An element and what it is. */
export type Entry =
  | { readonly kind: 'message'; readonly element: MessageDescriptor }
  | { readonly kind: 'field'; readonly element: FieldDescriptor }
  | { readonly kind: 'oneof'; readonly element: OneofDescriptor }
  | { readonly kind: 'enum'; readonly element: EnumDescriptor }
  | { readonly kind: 'value'; readonly element: EnumValueDescriptor }
  | { readonly kind: 'service'; readonly element: ServiceDescriptor }
  | { readonly kind: 'method'; readonly element: MethodDescriptor };

interface Entries {
  readonly all: readonly Entry[];
  /** In the order of their names in the text. */
  readonly named: readonly (Span & { readonly entry: Entry })[];
  readonly byName: ReadonlyMap<string, Entry>;
}

const memo = new WeakMap<FileDescriptor, Entries>();

/** All that a file declares; an outer element comes before what is in it. Messages of maps are nothing that is written. */
export function entriesOf(file: FileDescriptor): Entries {
  const known = memo.get(file);
  if (known !== undefined) return known;
  const all: Entry[] = [];
  for (const message of file.messages) collectMessage(message, all);
  for (const each of file.enums) collectEnum(each, all);
  for (const element of file.services) {
    all.push({ kind: 'service', element });
    for (const method of element.methods) all.push({ kind: 'method', element: method });
  }
  for (const element of file.extensions) all.push({ kind: 'field', element });
  const named = all.map((entry) => ({ start: entry.element.nameSpan.start, end: entry.element.nameSpan.end, entry }));
  named.sort((a, b) => a.start - b.start);
  const entries = { all, named, byName: new Map(all.map((entry) => [entry.element.fullName, entry])) };
  memo.set(file, entries);
  return entries;
}

function collectMessage(element: MessageDescriptor, to: Entry[]): void {
  if (element.isMapEntry) return;
  to.push({ kind: 'message', element });
  for (const field of element.fields) to.push({ kind: 'field', element: field });
  for (const oneof of element.oneofs) to.push({ kind: 'oneof', element: oneof });
  for (const extension of element.extensions) to.push({ kind: 'field', element: extension });
  for (const each of element.enums) collectEnum(each, to);
  for (const message of element.messages) collectMessage(message, to);
}

function collectEnum(element: EnumDescriptor, to: Entry[]): void {
  to.push({ kind: 'enum', element });
  for (const value of element.values) to.push({ kind: 'value', element: value });
}

export function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

export function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The element whose name is at the place. */
export function namedAt(file: FileDescriptor, offset: number): Entry | undefined {
  return spanAt(entriesOf(file).named, offset)?.entry;
}

/** Of spans in order that are not in each other the one at the place; of two that meet there the first. */
export function spanAt<T extends Span>(spans: readonly T[], offset: number): T | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const found = spans[low];
  return found !== undefined && contains(found, offset) ? found : undefined;
}

/** The smallest element that covers the place, of one kind if one is wanted. */
export function innermost<K extends Entry['kind']>(
  file: FileDescriptor,
  span: Span,
  kind?: K,
): Extract<Entry, { kind: K }> | undefined {
  let found: Entry | undefined;
  for (const entry of entriesOf(file).all) {
    if (kind !== undefined && entry.kind !== kind) continue;
    if (covers(entry.element.span, span) && (found === undefined || covers(found.element.span, entry.element.span)))
      found = entry;
  }
  return found as Extract<Entry, { kind: K }> | undefined;
}

/** The element of a full name, in whatever file. */
export function elementNamed(lookup: Lookup, fullName: string): Entry | undefined {
  for (let name = fullName; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const path = lookup.declared(name)?.outline.path;
    const file = path === undefined ? undefined : lookup.file(path);
    if (file !== undefined) return entriesOf(file).byName.get(fullName);
  }
  return undefined;
}
