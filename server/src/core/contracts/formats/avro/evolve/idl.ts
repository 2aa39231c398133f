import type { Span } from '../../../../model/text.ts';
import { type Edit, insertAt, replace } from '../fixes/write.ts';
import type { Field } from '../schema.ts';
import { eolOf, rewritten } from './rewriting.ts';
import type { FieldSyntax, Rewrite } from './syntax.ts';

/** Statements of a record, one variable each. */
export const idl: FieldSyntax = {
  spanOf,
  rewrite(text, field, rewrite) {
    const { name, deprecated } = rewrite;
    return rewritten(text, spanOf(text, field), [
      ...(name === undefined ? [] : [replace(field.nameSpan, name)]),
      ...(deprecated === undefined ? [] : [docEdit(text, field, deprecated)]),
      ...aliasEdits(text, field, rewrite),
      ...(rewrite.defaulted === true && field.default === undefined ? defaultEdits(text, field) : []),
    ]);
  },
  join: (text, place, declarations) => declarations.join(gapAt(text, place.start)),
  insert(text, record, index, declaration) {
    const before = record.fields[index - 1];
    const from = before === undefined ? text.indexOf('{', record.name.span.end) + 1 : spanOf(text, before).end;
    const [first] = record.fields;
    const gap = first === undefined ? `${eolOf(text)}  ` : gapAt(text, spanOf(text, first).start);
    return from <= 0 ? undefined : insertAt(from, `${gap}${declaration}`);
  },
  remove(text, field) {
    const { start, end } = spanOf(text, field);
    const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, start))?.[1];
    const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?:\r?\n|$)/.exec(text.slice(end));
    if (indent === undefined || rest === null) return replace({ start, end }, '');
    return replace({ start: start - indent.length, end: end + rest[0].length }, '');
  },
};

/** From its documentation to its semicolon. */
function spanOf(text: string, field: Field): Span {
  const start = statementStart(text, field);
  const doc = docBefore(text, start);
  const semicolon = text.indexOf(';', field.span.end - 1);
  return { start: doc?.start ?? start, end: semicolon < 0 ? field.span.end : semicolon + 1 };
}

function statementStart(_text: string, { span, type }: Field): number {
  return Math.min(span.start, type.span.start);
}

function docBefore(text: string, start: number): Span | undefined {
  const from = Math.max(0, start - 4000);
  const found = /(?<!\/)\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(text.slice(from, start));
  if (found === null) return undefined;
  return { start: from + found.index, end: from + found.index + found[0].trimEnd().length };
}

function docEdit(text: string, field: Field, words: string): Edit {
  const start = statementStart(text, field);
  const doc = docBefore(text, start);
  if (doc === undefined) return insertAt(start, `/** ${words} */${gapAt(text, start)}`);
  const inner = text.slice(doc.start, doc.end - 2).trimEnd();
  return insertAt(doc.start + inner.length, ` ${words}`);
}

/** Line break and indent in front of what begins its line; else a blank. */
function gapAt(text: string, start: number): string {
  return /\r?\n[ \t]*$/.exec(text.slice(Math.max(0, start - 400), start))?.[0] ?? ' ';
}

function aliasEdits(text: string, { aliases, aliasesSpan }: Field, { without }: Rewrite): readonly Edit[] {
  if (aliasesSpan === undefined || without === undefined) return [];
  const kept = aliases.map(({ name }) => name).filter((name) => !without(name));
  if (kept.length === aliases.length) return [];
  if (kept.length > 0) return [replace(aliasesSpan, `@aliases(${JSON.stringify(kept)})`)];
  const { start, end } = aliasesSpan;
  return [replace({ start, end: end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0) }, '')];
}

function defaultEdits(text: string, { type, nameSpan }: Field): readonly Edit[] {
  const written = text.slice(type.span.start, type.span.end);
  const byDefault = insertAt(nameSpan.end, ' = null');
  if (written.endsWith('?') || type.kind === 'null') return [byDefault];
  if (type.kind === 'union') {
    const branches = type.branches.map(({ span }) => text.slice(span.start, span.end)).filter((one) => one !== 'null');
    return [replace(type.span, `union { ${['null', ...branches].join(', ')} }`), byDefault];
  }
  if (type.kind === 'array' || type.kind === 'map')
    return [replace(type.span, `union { null, ${written} }`), byDefault];
  return [insertAt(type.span.end, '?'), byDefault];
}
