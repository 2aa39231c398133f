import {
  addItem,
  addMember,
  arrayAt,
  type Edit,
  gapBefore,
  insertAt,
  jsonAt,
  objectAt,
  replace,
} from '../fixes/write.ts';
import { member, memberSpan } from '../json/value.ts';
import type { Field } from '../schema.ts';
import { referenceEdits, rewritten } from './rewriting.ts';
import type { FieldSyntax, Rewrite } from './syntax.ts';

/** Objects of `"fields"`. */
export const json: FieldSyntax = {
  spanOf: (_, { span }) => span,
  rewrite(text, field, rewrite) {
    const object = objectAt(text, field.span);
    if (object === undefined) return undefined;
    const { name, deprecated, referring } = rewrite;
    const words = rewritten(text, field.span, [
      ...(name === undefined ? [] : [replace(field.nameSpan, JSON.stringify(name))]),
      ...(deprecated === undefined ? [] : docEdits(text, field, deprecated)),
      ...aliasEdits(text, field, rewrite),
      ...(referring === undefined ? [] : referenceEdits(field.type)),
    ]);
    return rewrite.defaulted === true && field.default === undefined ? withDefault(words) : words;
  },
  join: (text, { start }, declarations) => declarations.join(`,${gapBefore(text, start, start - 400)}`),
  insert(text, record, index, declaration) {
    const fields = arrayAt(text, record.span, 'fields');
    return fields === undefined ? undefined : addItem(text, fields, declaration, index);
  },
  remove(text, { span: { start, end } }) {
    const after = /^\s*,\s*/.exec(text.slice(end));
    if (after !== null) return replace({ start, end: end + after[0].length }, '');
    const before = /\s*,\s*$/.exec(text.slice(0, start));
    return replace({ start: before?.index ?? start, end }, '');
  },
};

function docEdits(text: string, { span, nameSpan, doc }: Field, words: string): readonly Edit[] {
  const object = objectAt(text, span);
  const said = object === undefined ? undefined : member(object, 'doc')?.value;
  if (said !== undefined && doc !== undefined) return [replace(said.span, JSON.stringify(`${doc} ${words}`.trim()))];
  const first = object === undefined ? undefined : member(object, 'name');
  const gap = first === undefined ? ' ' : gapBefore(text, memberSpan(first).start, span.start);
  return [insertAt(nameSpan.end, `,${gap}"doc": ${JSON.stringify(words)}`)];
}

function aliasEdits(text: string, { aliases, aliasesSpan }: Field, { without }: Rewrite): readonly Edit[] {
  if (aliasesSpan === undefined || without === undefined) return [];
  const kept = aliases.map(({ name }) => name).filter((name) => !without(name));
  if (kept.length === aliases.length) return [];
  if (kept.length > 0) return [replace(aliasesSpan, `"aliases": ${JSON.stringify(kept)}`)];
  const { start, end } = aliasesSpan;
  const before = /,\s*$/.exec(text.slice(0, start));
  if (before !== null) return [replace({ start: before.index, end }, '')];
  return [replace({ start, end: end + (/^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0) }, '')];
}

/** A declaration by itself, with null as a branch of its type and as its default. */
function withDefault(words: string): string | undefined {
  const all = { start: 0, end: words.length };
  const object = objectAt(words, all);
  const type = object === undefined ? undefined : member(object, 'type')?.value;
  if (object === undefined || type === undefined) return undefined;
  const byDefault = addMember(words, object, '"default": null');
  const written = words.slice(type.span.start, type.span.end);
  if (written === '"null"') return rewritten(words, all, [byDefault]);
  const union = jsonAt(words, type.span);
  const branches =
    union?.kind === 'array' ? union.items.map(({ span }) => words.slice(span.start, span.end)) : [written];
  const others = branches.filter((branch) => branch !== '"null"');
  return rewritten(words, all, [byDefault, replace(type.span, `["null", ${others.join(', ')}]`)]);
}
