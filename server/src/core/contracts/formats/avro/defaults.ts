import { isIntegerWithin, type Json, valueAt } from './json/value.ts';
import type { RecordSchema, ReferenceSchema, Schema } from './schema.ts';

/** `unset`: it depends on fields of a record that is not complete yet, where Apache's parser gives up. */
export type Validity = 'valid' | 'invalid' | 'unset';

/** What is known of other types when a default is judged. */
export interface Knowledge {
  /** `empty`: a record without fields stands in for a type that is read later; undefined: nobody knows, all is well. */
  readonly follow: (reference: ReferenceSchema) => Schema | 'empty' | undefined;
  readonly isComplete: (record: RecordSchema) => boolean;
}

const ofInt = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const ofLong = [-(2n ** 63n), 2n ** 63n - 1n] as const;

/** As `Schema.isValidDefault` of Java 1.12: of a union any branch will do. */
export function defaultValidity(schema: Schema, value: Json | undefined, knowledge: Knowledge, depth = 0): Validity {
  if (value === undefined) return 'invalid';
  if (depth > farthest) return 'unset';
  switch (schema.kind) {
    case 'string':
    case 'bytes':
    case 'enum':
    case 'fixed':
      return said(value.kind === 'string');
    case 'int':
      return said(isIntegerWithin(value, ...ofInt));
    case 'long':
      return said(isIntegerWithin(value, ...ofLong));
    case 'float':
    case 'double':
      return said(value.kind === 'number');
    case 'boolean':
      return said(value.kind === 'boolean');
    case 'null':
      return said(value.kind === 'null');
    case 'array':
      return value.kind === 'array'
        ? all(value.items, (item) => defaultValidity(schema.items, item, knowledge, depth + 1))
        : 'invalid';
    case 'map':
      return value.kind === 'object'
        ? all(value.members, (one) => defaultValidity(schema.values, one.value, knowledge, depth + 1))
        : 'invalid';
    case 'union':
      return any(schema.branches, (branch) => defaultValidity(branch, value, knowledge, depth + 1));
    case 'record':
      return ofRecord(schema, value, knowledge, depth);
    case 'reference': {
      const target = knowledge.follow(schema);
      if (target === undefined) return 'valid';
      if (target === 'empty') return said(value.kind === 'object');
      return defaultValidity(target, value, knowledge, depth + 1);
    }
    case 'unknown':
      return 'valid';
  }
}

function ofRecord(record: RecordSchema, value: Json, knowledge: Knowledge, depth: number): Validity {
  if (value.kind !== 'object') return 'invalid';
  if (!knowledge.isComplete(record)) return 'unset';
  return all(record.fields, (field) =>
    defaultValidity(field.type, valueAt(value, field.name) ?? field.default, knowledge, depth + 1),
  );
}

/** A default may lead back to itself by those of the fields below: where that was told it has no end. */
const farthest = 1500;

function said(valid: boolean): Validity {
  return valid ? 'valid' : 'invalid';
}

/** The first that is not valid decides. */
function all<Item>(items: readonly Item[], judge: (item: Item) => Validity): Validity {
  for (const item of items) {
    const validity = judge(item);
    if (validity !== 'valid') return validity;
  }
  return 'valid';
}

/** The first that is not invalid decides. */
function any<Item>(items: readonly Item[], judge: (item: Item) => Validity): Validity {
  for (const item of items) {
    const validity = judge(item);
    if (validity !== 'invalid') return validity;
  }
  return 'invalid';
}
