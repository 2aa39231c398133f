import { avro } from '#core/contracts/formats/avro/index.ts';
import type { ContractLanguage, Cursor, Refused, TreeEdit, TreePlace } from '#core/contracts/language.ts';
import { type Files, treeOf } from './compare.ts';

if (avro.language === undefined) throw new Error('Avro has a language');
export const language: ContractLanguage = avro.language;

/** The cursor stands at `¦` in one of the files; the character is no part of the text. */
export function opened(marked: Files): { readonly cursor: Cursor; readonly files: Files } {
  const [path, text] = Object.entries(marked).find(([, each]) => each.includes('¦')) ?? ['', ''];
  const files = Object.fromEntries(Object.entries(marked).map(([each, of]) => [each, of.replace('¦', '')]));
  return { files, cursor: { tree: treeOf(files), path, offset: text.indexOf('¦') } };
}

/** `a.avsc:2 "Order"`: line, from 1, and words of each place. */
export function shown(files: Files, places: readonly TreePlace[]): readonly string[] {
  return places.map(({ path, span }) => {
    const text = files[path] ?? '';
    return `${path}:${text.slice(0, span.start).split(/\r\n|\r|\n/).length} ${text.slice(span.start, span.end)}`;
  });
}

export function applied(files: Files, edits: readonly TreeEdit[] | Refused): Files | string {
  if ('refused' in edits) return edits.refused;
  const changed = { ...files };
  for (const { path, span, newText } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    const text = changed[path] ?? '';
    changed[path] = text.slice(0, span.start) + newText + text.slice(span.end);
  }
  return changed;
}

/** Every offset of a text, and of every beginning of it that ends there. */
export function* everywhere(files: Files): Generator<Cursor> {
  for (const [path, text] of Object.entries(files))
    for (let offset = 0; offset <= text.length; offset += 1) {
      yield { tree: treeOf(files), path, offset };
      yield { tree: treeOf({ ...files, [path]: text.slice(0, offset) }), path, offset };
    }
}
