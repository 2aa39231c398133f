import type { ContractFix } from '../../../fix.ts';
import type { Field } from '../schema.ts';
import { fieldAround, locate, moved, sharesType } from './locate.ts';
import { addMember, type Edit, insertAt, jsonAt, objectAt, replace } from './write.ts';

export const makeNullable: ContractFix = {
  id: 'avro-make-nullable',
  title: ({ field }) => `Make ${field} a union with null, null by default`,
  propose(finding, request) {
    const at = locate(finding, request);
    const found = at === undefined ? undefined : fieldAround(at.file, at.span);
    if (at === undefined || found === undefined || found.field.default !== undefined) return moved;
    const { field, record } = found;
    if (field.type.kind === 'null' || field.type.kind === 'unknown')
      return { refused: 'It has no type to be joined with null.' };
    if (sharesType(record, field))
      return { refused: 'Other fields stand behind the same type: write them apart first.' };
    const edits = at.file.syntax === 'idl' ? inIdl(at.text, field) : inJson(at.text, field);
    return edits === undefined ? moved : edits.map((edit) => ({ path: at.path, ...edit }));
  },
};

function inJson(text: string, field: Field): readonly Edit[] | undefined {
  const object = objectAt(text, field.span);
  const type = jsonAt(text, field.type.span);
  if (object === undefined || type === undefined) return undefined;
  const written = text.slice(type.span.start, type.span.end);
  const withNull =
    type.kind === 'array'
      ? `[${['"null"', ...withoutNull(type.items.map(({ span }) => text.slice(span.start, span.end)))].join(', ')}]`
      : `["null", ${written}]`;
  return [replace(type.span, withNull), addMember(text, object, '"default": null')];
}

function withoutNull(items: readonly string[]): readonly string[] {
  return items.filter((item) => item !== '"null"');
}

function inIdl(text: string, { type, nameSpan }: Field): readonly Edit[] {
  const written = text.slice(type.span.start, type.span.end);
  const byDefault = insertAt(nameSpan.end, ' = null');
  if (written.endsWith('?')) return [byDefault];
  if (type.kind === 'union') {
    const branches = type.branches.map(({ span }) => text.slice(span.start, span.end)).filter((one) => one !== 'null');
    return [replace(type.span, `union { ${['null', ...branches].join(', ')} }`), byDefault];
  }
  if (type.kind === 'array' || type.kind === 'map')
    return [replace(type.span, `union { null, ${written} }`), byDefault];
  return [insertAt(type.span.end, '?'), byDefault];
}
