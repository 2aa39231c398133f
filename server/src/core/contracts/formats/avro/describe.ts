import type { Schema } from './schema.ts';

/** A type in a few words of JSON, named ones by their name. */
export function describe(schema: Schema): string {
  switch (schema.kind) {
    case 'array':
      return `{"type":"array","items":${describe(schema.items)}}`;
    case 'map':
      return `{"type":"map","values":${describe(schema.values)}}`;
    case 'union':
      return `[${schema.branches.map(describe).join(',')}]`;
    case 'record':
    case 'enum':
    case 'fixed':
      return JSON.stringify(schema.name.full);
    case 'reference':
      return JSON.stringify(schema.name);
    case 'unknown':
      return '?';
    default:
      return JSON.stringify(schema.kind);
  }
}
