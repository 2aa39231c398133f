import type { FixRef, MessageArgs } from '../../../../model/finding.ts';
import type { Direction } from '../profiles.ts';
import { sameSchema } from '../same.ts';
import { type Field, fieldsByName, type RecordSchema } from '../schema.ts';
import type { Incompatibility } from './incompatibility.ts';

/** What can be done in the new text; the safest first. What only readers of the old schema could do is left to the message. */
export function fixesOf(one: Incompatibility, direction: Direction, args: MessageArgs): readonly FixRef[] {
  const fix = (id: string, more: MessageArgs = {}): FixRef => ({ id: `avro-${id}`, args: { ...args, ...more } });
  const backward = direction === 'BACKWARD';
  switch (one.kind) {
    case 'NAME_MISMATCH':
      return backward ? [fix('alias-type'), fix('restore-name')] : [fix('restore-name')];
    case 'FIXED_SIZE_MISMATCH':
      return [fix('restore-size')];
    case 'MISSING_ENUM_SYMBOLS':
      return backward ? [fix('restore-symbols'), fix('enum-default', { first: firstSymbol(one) })] : [];
    case 'READER_FIELD_MISSING_DEFAULT_VALUE': {
      if (!backward) return [fix('restore-field')];
      const old = renamedFrom(one);
      const alias = old === undefined ? [] : [fix('alias-field', { old: old.name })];
      return [...alias, fix('add-default'), fix('make-nullable')];
    }
    case 'TYPE_MISMATCH':
      return one.reader.kind === 'enum' && one.writer.kind === 'record' && one.within.writerField === undefined
        ? backward
          ? [fix('add-default'), fix('make-nullable')]
          : []
        : [...widened(one, backward).map((id) => fix(id)), fix('restore-type')];
    case 'MISSING_UNION_BRANCH':
      return backward ? [fix('restore-branch')] : [];
  }
}

/** What lets the new schema read old data as well. */
function widened({ writer, within }: Incompatibility, backward: boolean): readonly string[] {
  if (!backward) return [];
  if (writer.kind === 'null') return within.readerField === undefined ? [] : ['make-nullable'];
  return ['read-both'];
}

function firstSymbol({ reader }: Incompatibility): string {
  return reader.kind === 'enum' ? (reader.symbols[0]?.name ?? '') : '';
}

/** The writer's field that the reader's looks like another name of: the same type, and alone or at the same place. */
function renamedFrom({ reader, writer, field }: Incompatibility): Field | undefined {
  if (reader.kind !== 'record' || writer.kind !== 'record' || field === undefined) return undefined;
  const removed = without(writer, reader);
  const added = without(reader, writer);
  const place = reader.fields.indexOf(field);
  const alone = removed.length === 1 && added.length === 1;
  return removed.find((one) => (alone || writer.fields.indexOf(one) === place) && sameSchema(one.type, field.type));
}

function without({ fields }: RecordSchema, other: RecordSchema): readonly Field[] {
  const names = fieldsByName(other);
  const aliases = new Set<string>();
  for (const field of other.fields) for (const { name } of field.aliases) aliases.add(name);
  const isThere = (name: string): boolean => names.has(name) || aliases.has(name);
  return fields.filter((field) => !isThere(field.name) && !field.aliases.some(({ name }) => isThere(name)));
}
