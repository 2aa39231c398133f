import type { Cursor, Refused, TreeEdit } from '../../../language.ts';
import { isScalar } from '../link/types.ts';
import { edited } from './edited.ts';
import { elementNamed } from './elements.ts';
import { type Opened, open, openedIn } from './opened.ts';
import { declarationOf, type Meant, meantAt, placesOf } from './places.ts';
import { usesOf } from './uses.ts';
import { wordAt } from './words.ts';

interface Renaming {
  readonly opened: Opened;
  readonly meant: Meant;
}

export function renameableAt(at: Cursor) {
  const renaming = renamingAt(at);
  if ('refused' in renaming) return renaming;
  const { start, end } = renaming.meant;
  return { span: { start, end }, name: renaming.opened.file.content.text.slice(start, end) };
}

/** Numbers stay, so bytes do; what the name means to JSON and to code is said by the comparison. */
export function renameAt(at: Cursor, name: string): readonly TreeEdit[] | Refused {
  const renaming = renamingAt(at);
  if ('refused' in renaming) return renaming;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return { refused: `\`${name}\` is no name: letters, digits and underscores, and no digit first.` };
  if (isScalar(name)) return { refused: `\`${name}\` is a built-in type.` };
  const { opened, meant } = renaming;
  const renamed = `${meant.target.slice(0, meant.target.lastIndexOf('.') + 1)}${name}`;
  if (renamed === meant.target) return [];
  if (elementNamed(opened.lookup, renamed) !== undefined) return { refused: `There is a \`${renamed}\` already.` };
  const places = [...declarationOf(opened, meant.target), ...placesOf(opened, meant.target)];
  const edits = places.map((place) => ({ ...place, newText: name }));
  const captured = firstCaptured(opened, edits, meant.target, renamed);
  return captured === undefined ? edits : { refused: `In ${captured} a name would mean something else then.` };
}

function renamingAt(at: Cursor): Renaming | Refused {
  const opened = open(at);
  const meant = opened && meantAt(opened, at.offset);
  if (opened === undefined || meant === undefined) {
    const word = wordAt(opened?.file.content.text ?? '', at.offset);
    return { refused: isScalar(word) ? `\`${word}\` is built in.` : 'There is no name here that can be renamed.' };
  }
  const entry = elementNamed(opened.lookup, meant.target);
  if (entry === undefined) return { refused: 'Only elements can be renamed, not packages.' };
  if (declarationOf(opened, meant.target).length === 0)
    return { refused: `\`${meant.target}\` belongs to protobuf itself.` };
  if (entry.kind === 'message' && entry.element.isGroup)
    return { refused: 'The name of a group is its field and its message at once.' };
  return { opened, meant };
}

/** A file in which any name means something else after the edits than before. */
function firstCaptured(opened: Opened, edits: readonly TreeEdit[], old: string, renamed: string): string | undefined {
  const { linked } = opened;
  const name = renamed.slice(renamed.lastIndexOf('.') + 1);
  const after = edited(linked, edits);
  const touched = new Set(edits.map(({ path }) => path));
  for (const [importPath, path] of linked.places) {
    if (!touched.has(path) && linked.tree.get(path)?.text.includes(name) !== true) continue;
    const sides = [openedIn(linked, importPath), openedIn(after, importPath)];
    const [before, now] = sides.map((side) => (side === undefined ? [] : usesOf(side).map(({ target }) => target)));
    const expected = before?.map((target) =>
      target === old || target.startsWith(`${old}.`) ? renamed + target.slice(old.length) : target,
    );
    if (expected?.join() !== now?.join()) return path;
  }
  return undefined;
}
