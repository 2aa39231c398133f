import type { Comparison } from '#core/contracts/format.ts';
import { avro } from '#core/contracts/formats/avro/index.ts';
import type { Tree } from '#core/contracts/tree.ts';

export type Files = Readonly<Record<string, string>>;

export function treeOf(files: Files, root = '/repo'): Tree {
  return new Map(Object.entries(files).map(([path, text]) => [path, { path: `${root}/${path}`, text }]));
}

/** @param before one version, or several, the newest first */
export function compare(
  before: Files | readonly Files[],
  after: Files,
  profile = 'avro:BACKWARD',
  beyond = false,
): Comparison {
  const versions: readonly Files[] = Array.isArray(before) ? before : [before as Files];
  return avro.compare({
    before: versions.map((files, at) => ({ name: `v${at}`, tree: treeOf(files, `/old${at}`) })),
    after: treeOf(after),
    profile,
    beyond,
  });
}

/** `rule "words" location`, of every finding. */
export function told({ findings }: Pick<Comparison, 'findings'>, after: Files): readonly string[] {
  return findings.map(({ rule, place, args }) => {
    const words = place.side === 'after' ? after[place.path]?.slice(place.span.start, place.span.end) : '';
    return `${rule} ${words} ${args.location ?? ''}`.trim();
  });
}
