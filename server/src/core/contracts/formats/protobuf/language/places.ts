import type { Cursor, TreePlace } from '../../../language.ts';
import { contains, elementNamed, namedAt } from './elements.ts';
import { type Opened, open, openedIn } from './opened.ts';
import { partsOf } from './parts.ts';
import { useAt, usesOf } from './uses.ts';

/** What a place means, by full name, and the words there that say it. */
export interface Meant {
  readonly start: number;
  readonly end: number;
  readonly target: string;
}

/** The element that is named under the cursor, where it is declared or used. */
export function meantAt(opened: Opened, offset: number): Meant | undefined {
  const use = useAt(opened, offset);
  if (use !== undefined) return partsOf(use, opened.file.content.text).find((part) => contains(part, offset)) ?? use;
  const entry = namedAt(opened.file, offset);
  if (entry === undefined) return undefined;
  const { nameSpan, fullName } = entry.element;
  return { start: nameSpan.start, end: nameSpan.end, target: fullName };
}

export function definitionAt(at: Cursor): readonly TreePlace[] {
  const opened = open(at);
  if (opened === undefined) return [];
  const imported = opened.file.imports.find(({ pathSpan }) => contains(pathSpan, at.offset));
  if (imported !== undefined) {
    const path = opened.linked.places.get(imported.path);
    return path === undefined ? [] : [{ path, span: { start: 0, end: 0 } }];
  }
  const meant = meantAt(opened, at.offset);
  return meant === undefined ? [] : declarationOf(opened, meant.target);
}

/** Empty for what protobuf itself brings along. */
export function declarationOf({ lookup, linked }: Opened, fullName: string): readonly TreePlace[] {
  const entry = elementNamed(lookup, fullName);
  const path = entry && linked.places.get(entry.element.file.path);
  if (entry === undefined || path === undefined) return [];
  const { start, end } = entry.element.nameSpan;
  return [{ path, span: { start, end } }];
}

export function referencesAt(at: Cursor, withDeclaration: boolean): readonly TreePlace[] {
  const opened = open(at);
  const meant = opened && meantAt(opened, at.offset);
  if (opened === undefined || meant === undefined) return [];
  const declared = withDeclaration ? declarationOf(opened, meant.target) : [];
  return [...declared, ...placesOf(opened, meant.target)];
}

/** Every place that names the element, without its declaration. A name in a text is cheaper to look for than what it means. */
export function placesOf(opened: Opened, target: string): readonly TreePlace[] {
  const { linked } = opened;
  const simple = target.slice(target.lastIndexOf('.') + 1);
  return [...linked.places].flatMap(([importPath, path]) => {
    if (linked.tree.get(path)?.text.includes(simple) !== true) return [];
    const other = openedIn(linked, importPath);
    if (other === undefined) return [];
    return usesOf(other)
      .flatMap((use) => partsOf(use, other.file.content.text))
      .filter((part) => part.target === target)
      .map(({ start, end }) => ({ path, span: { start, end } }));
  });
}
