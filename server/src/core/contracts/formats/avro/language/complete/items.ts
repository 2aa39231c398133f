import type { Span } from '../../../../../model/text.ts';
import type { CompletionKind, ContractCompletion } from '../../../../language.ts';
import type { AvroSet } from '../../link.ts';
import type { NamedSchema } from '../../schema.ts';
import { namedInWords } from '../words.ts';

/** Something to offer, wherever it goes. */
export interface Item {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string;
  readonly documentation?: string;
  /** The text, where it is not the label. */
  readonly insert?: string;
}

/** Items that are all of one kind. */
export function each<T extends Omit<Item, 'kind'>>(
  kind: CompletionKind,
  items: readonly T[],
): readonly (T & { readonly kind: CompletionKind })[] {
  return items.map((item) => ({ ...item, kind }));
}

export function offered(items: readonly Item[], replace: Span): readonly ContractCompletion[] {
  const distinct = new Map(items.map((item) => [item.label, item]));
  return [...distinct.values()].map(({ label, kind, detail, documentation, insert }) => ({
    label,
    kind,
    detail,
    documentation: documentation ?? '',
    replace,
    insert: insert ?? label,
  }));
}

/** Types of all files; those of the namespace around by their last name. */
export function typeItems(set: AvroSet, space: string, wanted: (type: NamedSchema) => boolean): readonly Item[] {
  return [...set.files.values()].flatMap(({ types }) =>
    [...types.values()].filter(wanted).map((type) => ({
      kind: type.kind === 'enum' ? ('enum' as const) : ('message' as const),
      label: type.name.space === space ? type.name.simple : type.name.full,
      detail: namedInWords(type),
      ...(type.doc === undefined ? {} : { documentation: type.doc }),
    })),
  );
}

export const primitiveItems: readonly Item[] = each('keyword', [
  { label: 'string', detail: 'Text' },
  { label: 'long', detail: 'Integer of 64 bits' },
  { label: 'int', detail: 'Integer of 32 bits' },
  { label: 'boolean', detail: 'True or false' },
  { label: 'double', detail: 'Floating point, 64 bits' },
  { label: 'float', detail: 'Floating point, 32 bits' },
  { label: 'bytes', detail: 'Any bytes' },
  { label: 'null', detail: 'No value' },
]);

export const complexItems: readonly Item[] = each('keyword', [
  { label: 'record', detail: 'Named fields' },
  { label: 'enum', detail: 'One of several symbols' },
  { label: 'array', detail: 'Any number of items' },
  { label: 'map', detail: 'Values by string' },
  { label: 'fixed', detail: 'Bytes of a fixed number' },
  { label: 'error', detail: 'A record that a message can end with' },
]);

export const orders: readonly Item[] = ['ascending', 'descending', 'ignore'].map((label) => ({
  label,
  kind: 'value',
  detail: 'How values are sorted by this field',
}));

interface Logical extends Omit<Item, 'kind'> {
  readonly base: string;
  /** Of a fixed. */
  readonly size?: number;
}

const logicalTypes: readonly Logical[] = [
  { label: 'date', base: 'int', detail: 'Days since 1970-01-01' },
  { label: 'time-millis', base: 'int', detail: 'Milliseconds since midnight' },
  { label: 'time-micros', base: 'long', detail: 'Microseconds since midnight' },
  { label: 'timestamp-millis', base: 'long', detail: 'An instant, in milliseconds since 1970 in UTC' },
  { label: 'timestamp-micros', base: 'long', detail: 'An instant, in microseconds since 1970 in UTC' },
  { label: 'timestamp-nanos', base: 'long', detail: 'An instant, in nanoseconds since 1970 in UTC' },
  { label: 'local-timestamp-millis', base: 'long', detail: 'A local date and time, in milliseconds' },
  { label: 'local-timestamp-micros', base: 'long', detail: 'A local date and time, in microseconds' },
  { label: 'local-timestamp-nanos', base: 'long', detail: 'A local date and time, in nanoseconds' },
  { label: 'uuid', base: 'string', detail: 'A UUID as text' },
  { label: 'uuid', base: 'fixed', size: 16, detail: 'A UUID as 16 bytes' },
  { label: 'decimal', base: 'bytes', detail: 'A decimal number; wants precision, and scale' },
  { label: 'decimal', base: 'fixed', detail: 'A decimal number; wants precision, and scale' },
  { label: 'big-decimal', base: 'bytes', detail: 'A decimal number with a scale of its own' },
  { label: 'duration', base: 'fixed', size: 12, detail: 'Months, days and milliseconds' },
];

/** Those that may stand on a type; all, as long as it is not known. */
export function logicalItems(base: string | undefined, size: number | undefined): readonly Item[] {
  return each('value', logicalTypes)
    .filter((one) => base === undefined || one.base === base)
    .filter((one) => one.size === undefined || size === undefined || one.size === size)
    .map((one) => (base === undefined ? { ...one, detail: `${one.detail} (${one.base})` } : one));
}
