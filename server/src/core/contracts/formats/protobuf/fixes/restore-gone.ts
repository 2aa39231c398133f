import type { ContractFix } from '../../../fix.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused, TreeEdit } from '../../../language.ts';
import { restoreFile } from '../../../restore-file.ts';
import type { LinkedSide } from '../compare/compare-workspaces.ts';
import type { FileDescriptor } from '../descriptor.ts';
import { homeSide, importPathOf, linkedSides } from '../language/opened.ts';

const plain = restoreFile('proto-restore-file');

/** A file that is gone; where it only has another name now, its old one. */
export const restoreGone: ContractFix = {
  ...plain,
  propose(finding, request, args) {
    const edits = plain.propose(finding, request, args);
    if ('refused' in edits) return edits;
    const old = oldFile(request, finding.place.path);
    const homes = old === undefined ? [] : homesOf(request, old);
    const [home] = homes;
    if (old === undefined || home === undefined) return edits;
    const isRenamed = homes.length === 1 && !(request.before[0]?.tree.has(home.place) ?? false);
    return isRenamed ? movedBack(home, { importPath: old.path, place: finding.place.path }) : mixed(homes);
  },
};

function oldFile({ before: [baseline] }: CompareRequest, place: string): FileDescriptor | undefined {
  const side = baseline && homeSide('before', baseline.tree, place);
  return side?.set.files.get(importPathOf(side, place) ?? '');
}

interface Home {
  readonly side: LinkedSide;
  readonly file: FileDescriptor;
  /** In the tree. */
  readonly place: string;
}

/** Files that have what another one declared, and did not have it before: those are copies. */
function homesOf({ before: [baseline], after }: CompareRequest, old: FileDescriptor): readonly Home[] {
  const homes = new Map<string, Home>();
  for (const side of linkedSides('after', after))
    for (const { fullName } of [...old.messages, ...old.enums, ...old.services]) {
      const file = declaring(side, fullName);
      const place = file && side.places.get(file.path);
      if (file === undefined || place === undefined || homes.has(place)) continue;
      const was = baseline && homeSide('before', baseline.tree, place);
      const wasThere = was && was.places.get(declaring(was, fullName)?.path ?? '') === place;
      if (!wasThere) homes.set(place, { side, file, place });
    }
  return [...homes.values()];
}

function declaring({ set }: LinkedSide, fullName: string): FileDescriptor | undefined {
  return (set.messages.get(fullName) ?? set.enums.get(fullName) ?? set.services.get(fullName))?.file;
}

function mixed(homes: readonly Home[]): Refused {
  const places = homes.map(({ place }) => place).join(' and ');
  return { refused: `What it declared is in ${places} now, among other things: take it out of there first.` };
}

/** As it is now, under the name that it had; who imports it follows. */
function movedBack(
  { side, file, place }: Home,
  to: { readonly importPath: string; readonly place: string },
): readonly TreeEdit[] {
  const { text } = file.content;
  const label = `Move ${place} back to ${to.place}`;
  return [
    { path: to.place, span: { start: 0, end: 0 }, newText: text, label },
    { path: place, span: { start: 0, end: text.length }, newText: '', deletes: true, label },
    ...[...side.set.files.values()].flatMap((each) => importEdits(side, each, file.path, to.importPath)),
  ];
}

function importEdits({ places }: LinkedSide, file: FileDescriptor, from: string, to: string): readonly TreeEdit[] {
  const path = places.get(file.path);
  return file.imports.flatMap(({ path: imported, pathSpan: { start, end } }) =>
    path !== undefined && imported === from ? [{ path, span: { start, end }, newText: JSON.stringify(to) }] : [],
  );
}
