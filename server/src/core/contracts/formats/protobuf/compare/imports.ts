import type { ProtoSet } from '../descriptor.ts';

/** Files and all that they import, directly or not, as far as the set has them. */
export function importsOf({ files }: ProtoSet, paths: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...paths];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const file = files.get(path);
    if (file === undefined || found.has(path)) continue;
    found.add(path);
    pending.push(...file.imports.map((each) => each.path));
  }
  return found;
}
