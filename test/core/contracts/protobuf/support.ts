import type { CompareRequest } from '#core/contracts/format.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import type { ContractLanguage, Cursor } from '#core/contracts/language.ts';
import type { Tree } from '#core/contracts/tree.ts';

export type Texts = Readonly<Record<string, string>>;

export function treeOf(texts: Texts): Tree {
  return new Map(Object.entries(texts).map(([path, text]) => [path, { path: `/${path}`, text }]));
}

export const language: ContractLanguage = protobuf.language ?? never();

function never(): never {
  throw new Error('protobuf has no language');
}

/** A tree of texts of which one has `|` at the cursor. */
export function cursorIn(texts: Texts): Cursor {
  for (const [path, text] of Object.entries(texts)) {
    const offset = text.indexOf('|');
    if (offset >= 0) return { tree: treeOf({ ...texts, [path]: text.replace('|', '') }), path, offset };
  }
  throw new Error('no cursor');
}

export function requestOf(before: Texts, after: Tree, more: Partial<CompareRequest> = {}): CompareRequest {
  return { before: [{ name: 'main', tree: treeOf(before) }], after, beyond: true, ...more };
}

/** `a.proto Order@40`, for messages of tests. */
export function placesText(
  tree: Tree,
  places: readonly { readonly path: string; readonly span: { readonly start: number; readonly end: number } }[],
): readonly string[] {
  return places.map(({ path, span }) => `${path} ${tree.get(path)?.text.slice(span.start, span.end)}@${span.start}`);
}
