import type { Completion } from '../service.ts';
import { type ConfigCursor, cursorAt } from './cursor.ts';
import type { Shape } from './shape.ts';

/** What can stand at the cursor of schemaward.yaml. */
export function completeConfig(text: string, offset: number): readonly Completion[] {
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return [];
  return cursor.writing === 'key' ? keys(cursor) : values(cursor);
}

function keys({ shape, present, word }: ConfigCursor): readonly Completion[] {
  const fields: readonly (readonly [string, Shape])[] =
    shape.kind === 'object'
      ? Object.entries(shape.fields)
      : shape.kind === 'map'
        ? (shape.keys?.() ?? []).map((key) => [key, shape.value] as const)
        : [];
  return fields
    .filter(([key]) => !present.includes(key))
    .map(([key, field]) => ({
      label: key,
      kind: 'property',
      detail: field.kind,
      documentation: field.description,
      replace: word,
      insert: `${key}: `,
    }));
}

function values({ shape, word }: ConfigCursor): readonly Completion[] {
  const options =
    shape.kind === 'enum'
      ? shape.values
      : shape.kind === 'string'
        ? (shape.suggestions ?? [])
        : shape.kind === 'integer' && shape.min === shape.max
          ? [String(shape.min)]
          : [];
  return options.map((value) => ({
    label: value,
    kind: 'value',
    detail: '',
    documentation: shape.description,
    replace: word,
    insert: value,
  }));
}
