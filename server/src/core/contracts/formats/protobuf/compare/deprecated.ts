import type { ContractVerdict } from '../../../format.ts';
import type { Element, FileDescriptor, MessageDescriptor } from '../descriptor.ts';
import { indexOf } from './file-index.ts';

export type Deprecated = Omit<ContractVerdict['deprecated'][number], 'path'>;

/** What carries `deprecated = true`, with the date that a comment beside it gives. */
export function deprecatedOf(file: FileDescriptor): readonly Deprecated[] {
  const known = memo.get(file) ?? found(file);
  memo.set(file, known);
  return known;
}

const memo = new WeakMap<FileDescriptor, readonly Deprecated[]>();

const none: readonly Deprecated[] = [];

function found(file: FileDescriptor): readonly Deprecated[] {
  const { text } = file.content;
  if (!text.includes('deprecated')) return none;
  return [...elements(file)].filter(isDeprecated).map((each) => asEntry(each, text));
}

function* elements(file: FileDescriptor): Iterable<Element> {
  const index = indexOf(file);
  for (const message of index.messages.values()) yield* [message, ...membersOf(message)];
  for (const each of index.enums.values()) yield* [each, ...each.values];
  for (const service of index.services.values()) yield* [service, ...service.methods];
  yield* index.extensions.values();
}

function membersOf({ fields, isMapEntry }: MessageDescriptor): readonly Element[] {
  return isMapEntry ? [] : fields;
}

export function isDeprecated({ options }: Element): boolean {
  const value = options.get('deprecated')?.value;
  return value?.kind === 'identifier' && value.value === 'true';
}

function asEntry({ fullName, nameSpan, comments }: Element, text: string): Deprecated {
  const beside = comments.map(({ start, end }) => text.slice(start, end)).join(' ');
  const date = /\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/.exec(beside)?.[0];
  const span = { start: nameSpan.start, end: nameSpan.end };
  return { object: fullName, span, ...(date === undefined ? {} : { removeAfter: date }) };
}
