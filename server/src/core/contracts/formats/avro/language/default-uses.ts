import type { Span } from '../../../../model/text.ts';
import type { Json } from '../json/value.ts';
import { type AvroSet, follow } from '../link.ts';
import type { Schema } from '../schema.ts';

/** A name that a default says: a symbol, or a field of a record. */
export interface DefaultUse {
  readonly group: 'field' | 'symbol';
  readonly full: string;
  readonly span: Span;
}

/** Names within a default, read by the type that it is for. */
export function usesInDefault(set: AvroSet, schema: Schema, value: Json, depth = 0): readonly DefaultUse[] {
  const type = follow(set, schema);
  if (depth > 100) return [];
  const below = (of: Schema, json: Json) => usesInDefault(set, of, json, depth + 1);
  switch (type.kind) {
    case 'enum':
      return value.kind === 'string'
        ? [{ group: 'symbol', full: `${type.name.full}.${value.value}`, span: value.span }]
        : [];
    case 'array':
      return value.kind === 'array' ? value.items.flatMap((item) => below(type.items, item)) : [];
    case 'map':
      return value.kind === 'object'
        ? value.members.flatMap((one) => (one.value === undefined ? [] : below(type.values, one.value)))
        : [];
    case 'record': {
      if (value.kind !== 'object') return [];
      return value.members.flatMap(({ key, keySpan, value: of }) => {
        const field = type.fields.find(({ name }) => name === key);
        if (field === undefined) return [];
        return [
          { group: 'field' as const, full: `${type.name.full}.${key}`, span: keySpan },
          ...(of === undefined ? [] : below(field.type, of)),
        ];
      });
    }
    case 'union': {
      const branch = type.branches.find((one) => takes(follow(set, one), value));
      return branch === undefined ? [] : below(branch, value);
    }
    default:
      return [];
  }
}

/** The first branch that a value may belong to. */
function takes(type: Schema, value: Json): boolean {
  switch (type.kind) {
    case 'null':
      return value.kind === 'null';
    case 'enum':
      return value.kind === 'string' && type.symbols.some(({ name }) => name === value.value);
    case 'string':
    case 'bytes':
    case 'fixed':
      return value.kind === 'string';
    case 'array':
      return value.kind === 'array';
    case 'map':
    case 'record':
      return value.kind === 'object';
    default:
      return false;
  }
}
