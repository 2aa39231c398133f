import type { ContractFix } from '../../../fix.ts';
import type { Field } from '../schema.ts';
import { fieldAround, locate, moved, sharesType } from './locate.ts';
import { addMember, type Edit, insertAt, jsonAt, objectAt, replace } from './write.ts';

export const makeNullable: ContractFix = {
  id: 'avro-make-nullable',
  title: ({ field }) => `Make ${field} a union with null`,
  propose(finding, request) {
    const at = locate(finding, request);
    const found = at === undefined ? undefined : fieldAround(at.file, at.span);
    if (at === undefined || found === undefined) return moved;
    const { field, record } = found;
    if (field.type.kind === 'null' || field.type.kind === 'unknown')
      return { refused: 'It has no type to be joined with null.' };
    if (sharesType(record, field))
      return { refused: 'Other fields stand behind the same type: write them apart first.' };
    const edits = at.file.syntax === 'idl' ? inIdl(at.text, field) : inJson(at.text, field);
    return edits === undefined ? moved : edits.map((edit) => ({ path: at.path, ...edit }));
  },
};

/** Null comes first and is the default, unless there is a default already: then its branch stays first. */
function withNull(branches: readonly string[], word: string, { default: value }: Field): string {
  const rest = branches.filter((branch) => branch !== word);
  return (value === undefined || value.kind === 'null' ? [word, ...rest] : [...rest, word]).join(', ');
}

function inJson(text: string, field: Field): readonly Edit[] | undefined {
  const object = objectAt(text, field.span);
  const type = jsonAt(text, field.type.span);
  if (object === undefined || type === undefined) return undefined;
  const written = (type.kind === 'array' ? type.items : [type]).map(({ span }) => text.slice(span.start, span.end));
  const union = replace(type.span, `[${withNull(written, '"null"', field)}]`);
  return field.default === undefined ? [union, addMember(text, object, '"default": null')] : [union];
}

function inIdl(text: string, field: Field): readonly Edit[] {
  const { type, nameSpan } = field;
  const written = text.slice(type.span.start, type.span.end);
  const byDefault = field.default === undefined ? [insertAt(nameSpan.end, ' = null')] : [];
  if (written.endsWith('?')) return byDefault;
  const isSimple = type.kind !== 'union' && type.kind !== 'array' && type.kind !== 'map';
  if (isSimple) return [insertAt(type.span.end, '?'), ...byDefault];
  const branches =
    type.kind === 'union' ? type.branches.map(({ span }) => text.slice(span.start, span.end)) : [written];
  return [replace(type.span, `union { ${withNull(branches, 'null', field)} }`), ...byDefault];
}
