import { type AvroSet, follow } from '../link.ts';
import type { RecordSchema, Schema } from '../schema.ts';

/** The least value of a type, as JSON; undefined where a record leads back to itself. Of a union the first branch's. */
export function leastValue(
  schema: Schema,
  set: Pick<AvroSet, 'find'>,
  within: ReadonlySet<Schema> = new Set(),
): string | undefined {
  const type = follow(set, schema);
  switch (type.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return 'false';
    case 'int':
    case 'long':
      return '0';
    case 'float':
    case 'double':
      return '0.0';
    case 'bytes':
    case 'string':
      return '""';
    case 'array':
      return '[]';
    case 'map':
      return '{}';
    case 'enum':
      return quoted(type.default?.name ?? type.symbols[0]?.name);
    case 'fixed':
      return type.size > 64 ? undefined : `"${'\\u0000'.repeat(type.size)}"`;
    case 'union':
      return type.branches[0] === undefined ? undefined : leastValue(type.branches[0], set, within);
    case 'record':
      return within.has(type) ? undefined : ofRecord(type, set, new Set([...within, type]));
    case 'reference':
    case 'unknown':
      return undefined;
  }
}

function ofRecord(record: RecordSchema, set: Pick<AvroSet, 'find'>, within: ReadonlySet<Schema>): string | undefined {
  const members: string[] = [];
  for (const { name, type, default: byDefault } of record.fields) {
    if (byDefault !== undefined) continue;
    const value = leastValue(type, set, within);
    if (value === undefined) return undefined;
    members.push(`${JSON.stringify(name)}: ${value}`);
  }
  return `{${members.join(', ')}}`;
}

function quoted(symbol: string | undefined): string | undefined {
  return symbol === undefined ? undefined : JSON.stringify(symbol);
}
