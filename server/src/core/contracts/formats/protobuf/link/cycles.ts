import type { ProtoSet } from '../descriptor.ts';
import type { LinkedFile } from './link.ts';

/** Imports that lead back to their own file. */
export function importCycles(files: ReadonlyMap<string, LinkedFile>): ProtoSet['problems'] {
  const rings = ringsOf(files);
  const problems: ProtoSet['problems'][number][] = [];
  for (const [path, ring] of rings)
    for (const { path: target } of files.get(path)?.outline.imports ?? [])
      if (target !== undefined && rings.get(target.text) === ring)
        problems.push({
          path,
          span: { start: target.start, end: target.end },
          message: `\`${target.text}\` imports this file, directly or not. Imports must not go in a circle.`,
        });
  return problems;
}

/** Files that can reach each other, by a number of their ring. What imports nothing but files without a ring has none. */
function ringsOf(files: ReadonlyMap<string, LinkedFile>): ReadonlyMap<string, number> {
  const left = inCircles(files);
  const rings = new Map<string, number>();
  let ring = 0;
  for (const start of left.keys()) {
    if (rings.has(start)) continue;
    // What leads from the file on and back to it.
    const back = reached(start, (path) => left.get(path)?.importedBy ?? []);
    const forth = reached(start, (path) => left.get(path)?.imports ?? []);
    ring++;
    for (const path of forth) if (back.has(path)) rings.set(path, ring);
  }
  return rings;
}

interface Links {
  readonly imports: readonly string[];
  readonly importedBy: string[];
}

/** Files on circles, and those between two circles: mostly none. */
function inCircles(files: ReadonlyMap<string, LinkedFile>): ReadonlyMap<string, Links> {
  const left = new Map<string, Links>();
  for (const [path, { outline }] of files) {
    const imports = outline.imports.flatMap((it) => it.path?.text ?? []).filter((target) => files.has(target));
    left.set(path, { imports: [...new Set(imports)], importedBy: [] });
  }
  for (const [path, { imports }] of left) for (const target of imports) left.get(target)?.importedBy.push(path);
  takeEnds(
    left,
    ({ imports }) => imports,
    ({ importedBy }) => importedBy,
  );
  takeEnds(
    left,
    ({ importedBy }) => importedBy,
    ({ imports }) => imports,
  );
  return left;
}

/** Takes away files from which no way leads on to others that are left, until there is none. */
function takeEnds(
  left: Map<string, Links>,
  onward: (links: Links) => readonly string[],
  backward: (links: Links) => readonly string[],
): void {
  const open = new Map<string, number>();
  const ends: string[] = [];
  for (const [path, links] of left) {
    const count = onward(links).filter((target) => left.has(target)).length;
    if (count === 0) ends.push(path);
    else open.set(path, count);
  }
  for (let path = ends.pop(); path !== undefined; path = ends.pop()) {
    const links = left.get(path);
    left.delete(path);
    if (links === undefined) continue;
    for (const other of backward(links)) {
      const count = (open.get(other) ?? 0) - 1;
      open.set(other, count);
      if (count === 0) ends.push(other);
    }
  }
}

function reached(start: string, next: (path: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...next(start)];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    pending.push(...next(path));
  }
  return found;
}
