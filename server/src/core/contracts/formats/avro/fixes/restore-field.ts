import type { ContractFix } from '../../../fix.ts';
import type { Field, RecordSchema } from '../schema.ts';
import {
  definedTwice,
  fieldAround,
  type Located,
  locate,
  messageNamed,
  moved,
  recordAround,
  sharesType,
} from './locate.ts';
import { addItem, arrayAt, type Edit, insertAt } from './write.ts';

export const restoreField: ContractFix = {
  id: 'avro-restore-field',
  title: ({ field }) => `Restore the field ${field}`,
  propose(finding, request) {
    const at = locate(finding, request);
    const record = at === undefined ? undefined : recordAround(at.file, at.span);
    const old = at?.old === undefined ? undefined : fieldAround(at.old.file, at.old.span);
    if (at?.old === undefined || record === undefined || old === undefined) return moved;
    if (at.file.syntax !== at.old.file.syntax) return { refused: 'The old text is of another kind of file.' };
    const twice = definedTwice(old.field.type, at, undefined);
    if (twice !== undefined) return { refused: `The old text would define ${twice} a second time.` };
    const index = placeOf(old.field, old.record, record);
    const edit = at.file.syntax === 'idl' ? inIdl(at, old, record, index) : inJson(at, old.field, record, index);
    return edit === undefined ? moved : [{ path: at.path, ...edit }];
  },
};

/** Behind the nearest field before it that is still there. */
export function placeOf(field: Field, before: RecordSchema, now: RecordSchema): number {
  for (let at = before.fields.indexOf(field) - 1; at >= 0; at -= 1) {
    const index = now.fields.findIndex(({ name }) => name === before.fields[at]?.name);
    if (index >= 0) return index + 1;
  }
  return 0;
}

function inJson({ text, old }: Located, field: Field, record: RecordSchema, index: number): Edit | undefined {
  const fields = arrayAt(text, record.span, 'fields') ?? arrayAt(text, record.span, 'request');
  const written = old?.text.slice(field.span.start, field.span.end);
  return fields === undefined || written === undefined ? undefined : addItem(text, fields, written, index);
}

function inIdl(
  { file, text, old }: Located,
  was: { readonly field: Field; readonly record: RecordSchema },
  record: RecordSchema,
  index: number,
): Edit | undefined {
  if (old === undefined) return undefined;
  const { field } = was;
  const type = old.text.slice(field.type.span.start, field.type.span.end);
  const rest = sharesType(was.record, field)
    ? `${type} ${old.text.slice(field.nameSpan.start, field.span.end)}`
    : old.text.slice(field.span.start, field.span.end);
  if (messageNamed(file, record.name.span) !== undefined) return amongParameters(text, rest, record, index);
  const before = record.fields[index - 1];
  const from = before === undefined ? text.indexOf('{', record.name.span.end) : text.indexOf(';', before.span.end);
  if (from < 0) return undefined;
  const next = record.fields[0];
  const indent = next === undefined ? '  ' : (/[ \t]*$/.exec(text.slice(0, next.span.start))?.[0] ?? '');
  const gap = /\n/.test(text.slice(record.span.start, record.span.end)) ? `\n${indent}` : ' ';
  return insertAt(from + 1, `${gap}${rest};`);
}

function amongParameters(
  text: string,
  written: string,
  { fields, name }: RecordSchema,
  index: number,
): Edit | undefined {
  const before = fields[index - 1];
  if (before !== undefined) return insertAt(before.span.end, `, ${written}`);
  const from = text.indexOf('(', name.span.end);
  return from < 0 ? undefined : insertAt(from + 1, fields.length === 0 ? written : `${written}, `);
}
