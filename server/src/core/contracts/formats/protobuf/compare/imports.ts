import type { ProtoSet } from '../descriptor.ts';
import { lookupIn, type Wiring } from '../link/link.ts';

type Files = ReadonlyMap<string, unknown>;

const memo = new WeakMap<Files, { readonly wiring: Wiring; readonly found: ReadonlySet<string> }>();

/** Files, by path, and all that they import, directly or not, as far as the set has them. */
export function importsOf(set: ProtoSet, files: Files): ReadonlySet<string> {
  const { wiring } = lookupIn(set);
  const known = memo.get(files);
  if (known?.wiring === wiring) return known.found;
  const found = new Set<string>();
  const pending = [...files.keys()];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const file = set.files.get(path);
    if (file === undefined || found.has(path)) continue;
    found.add(path);
    pending.push(...file.imports.map((each) => each.path));
  }
  memo.set(files, { wiring, found });
  return found;
}
