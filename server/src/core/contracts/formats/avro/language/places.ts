import type { Span } from '../../../../model/text.ts';
import type { Cursor, TreePlace } from '../../../language.ts';
import { type AvroSet, resolvePath } from '../link.ts';
import { readTree } from '../read.ts';
import type { AvroFile, NamedSchema } from '../schema.ts';
import { usesInDefault } from './default-uses.ts';
import { type Group, groupOf, type Mark, markAt, marksOf } from './marks.ts';

/** What stands under a cursor. */
export interface Found {
  readonly set: AvroSet;
  readonly file: AvroFile;
  readonly path: string;
  readonly mark: Mark;
}

export function findAt({ tree, path, offset }: Cursor): Found | undefined {
  const set = readTree(tree);
  const file = set.files.get(path);
  const mark = file === undefined ? undefined : markAt(marksOf(file), offset);
  return file === undefined || mark === undefined ? undefined : { set, file, path, mark };
}

export interface Element {
  readonly group: Group;
  readonly full: string;
}

/** The element that a word stands for, and where that word is. */
export function elementAt({ set, mark }: Found, offset: number): (Element & { readonly span: Span }) | undefined {
  const group = groupOf(mark);
  if (group !== undefined && 'full' in mark) return { group, full: mark.full, span: mark.span };
  if (mark.kind !== 'default' || mark.field.default === undefined) return undefined;
  const uses = usesInDefault(set, mark.field.type, mark.field.default);
  return uses.find(({ span }) => span.start <= offset && offset <= span.end);
}

export function definitionsOf(cursor: Cursor): readonly TreePlace[] {
  const found = findAt(cursor);
  if (found === undefined) return [];
  const { set, path, mark } = found;
  if (mark.kind === 'import') return importedFile(set, path, mark.path);
  const type = mark.kind === 'reference' ? set.find(mark.schema) : undefined;
  if (type !== undefined) return placeOf(set, type);
  const element = elementAt(found, cursor.offset);
  if (element === undefined) return [];
  const all = [...set.files].flatMap(([each, file]) => placesIn(each, file, element, isDeclaration));
  // Copies of a type in several files are one type each: the nearest is the one of this file.
  const here = all.filter((one) => one.path === path);
  return here.length > 0 ? here : all;
}

/** In the file of the cursor first, then by path. */
export function referencesOf(cursor: Cursor, withDeclaration: boolean): readonly TreePlace[] {
  const found = findAt(cursor);
  const element = found === undefined ? undefined : elementAt(found, cursor.offset);
  return found === undefined || element === undefined ? [] : usesOf(found.set, element, withDeclaration);
}

/** Everything in the tree that says the name of an element. */
export function usesOf(set: AvroSet, element: Element, withDeclaration: boolean): readonly TreePlace[] {
  return [...set.files].flatMap(([path, file]) =>
    [
      ...placesIn(path, file, element, (mark) => withDeclaration || !isDeclaration(mark)),
      ...placesInDefaults(set, path, file, element),
    ].sort((a, b) => a.span.start - b.span.start),
  );
}

function placesIn(
  path: string,
  file: AvroFile,
  { group, full }: Element,
  wanted: (mark: Mark) => boolean,
): readonly TreePlace[] {
  return marksOf(file)
    .of(full)
    .filter((mark) => groupOf(mark) === group && wanted(mark))
    .map(({ span }) => ({ path, span }));
}

function placesInDefaults(set: AvroSet, path: string, file: AvroFile, { group, full }: Element): readonly TreePlace[] {
  if (group !== 'field' && group !== 'symbol') return [];
  const last = full.slice(full.lastIndexOf('.') + 1);
  if (!file.content.text.includes(last)) return [];
  return marksOf(file).list.flatMap((mark) => {
    if (mark.kind !== 'default' || mark.field.default === undefined) return [];
    return usesInDefault(set, mark.field.type, mark.field.default)
      .filter((use) => use.group === group && use.full === full)
      .map(({ span }) => ({ path, span }));
  });
}

function isDeclaration({ kind }: Mark): boolean {
  return kind === 'type' || kind === 'field' || kind === 'symbol' || kind === 'message' || kind === 'protocol';
}

function placeOf(set: AvroSet, type: NamedSchema): readonly TreePlace[] {
  const path = set.pathOf(type.file);
  return path === undefined ? [] : [{ path, span: type.name.span }];
}

function importedFile(set: AvroSet, path: string, written: string): readonly TreePlace[] {
  const target = resolvePath(path.split('/').slice(0, -1), written);
  return set.files.has(target) ? [{ path: target, span: { start: 0, end: 0 } }] : [];
}
