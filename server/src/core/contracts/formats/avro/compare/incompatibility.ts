import type { Field, Schema } from '../schema.ts';

/** The kinds of `SchemaCompatibility.SchemaIncompatibilityType`. */
export const incompatibilityKinds = [
  'NAME_MISMATCH',
  'FIXED_SIZE_MISMATCH',
  'MISSING_ENUM_SYMBOLS',
  'READER_FIELD_MISSING_DEFAULT_VALUE',
  'TYPE_MISMATCH',
  'MISSING_UNION_BRANCH',
] as const;

export type IncompatibilityKind = (typeof incompatibilityKinds)[number];

export interface Incompatibility {
  readonly kind: IncompatibilityKind;
  /** JSON pointer into the reader, as Apache prints it. */
  readonly location: string;
  /** Apache's words. */
  readonly message: string;
  readonly reader: Schema;
  readonly writer: Schema;
  /** The words that stand for them: a name that is referred to, where the types themselves stand elsewhere. */
  readonly readerWord: Schema;
  readonly writerWord: Schema;
  /** The fields that the two types belong to: the nearest ones around them. */
  readonly within: Within;
  /** Of a missing default: the reader's field. */
  readonly field?: Field;
}

/** Where the comparison stands: what it is in, said by names. */
export interface Within {
  readonly readerField: Field | undefined;
  readonly writerField: Field | undefined;
  /** `shop.Order.total`; of what is in no field the type's name, else empty. */
  readonly object: string;
}
