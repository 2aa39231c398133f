import type { CompareRequest } from '#core/contracts/format.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import type { Tree } from '#core/contracts/tree.ts';
import { fixed } from '../../../support/proto/fixed.ts';
import { caseOf } from './cases.ts';
import { treeOf } from './ours.ts';
import type { Files, Sides } from './run.ts';

/** A fix of one finding of one case, as a case of its own. */
export interface FixCase {
  /** Folder and package of the case. */
  readonly name: string;
  readonly fix: string;
  readonly rule: string;
  /** Of each of buf's ids how many findings the case had before the fix. */
  readonly had: ReadonlyMap<string, number>;
  /** Lines of the newer file with the fix, for messages. */
  readonly text: string;
}

export interface FixCases {
  readonly cases: readonly FixCase[];
  readonly sides: Sides;
}

/** Every fix of every finding under a profile, each tried by itself: packages of one module again. */
export function fixCases(sides: Sides, profile: string): FixCases {
  const cases: FixCase[] = [];
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  const grouped = { before: byCase(sides.before), after: byCase(sides.after) };
  for (const [old, files] of grouped.after) {
    // Without a package the copies of one case would declare one name several times.
    if (Object.values(files).some((text) => !/^\s*package\b/m.test(text))) continue;
    const request: CompareRequest = {
      before: [{ name: 'before', tree: treeOf(grouped.before.get(old) ?? {}) }],
      after: treeOf(files),
      profile,
    };
    const { findings } = protobuf.compare(request);
    const had = counted(findings.map(({ peerRule }) => peerRule ?? ''));
    for (const finding of findings)
      for (const ref of finding.fixes) {
        const result = fixed(finding, ref, request);
        if (result.kind === 'refused') continue;
        const name = `f${cases.length}`;
        const text = result.tree.get(finding.place.path)?.text ?? '';
        cases.push({ name, fix: ref.id, rule: finding.peerRule ?? '', had, text });
        renamed(request.before[0]?.tree ?? new Map(), old, name, before);
        renamed(result.tree, old, name, after);
      }
  }
  return { cases, sides: { before, after } };
}

export function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function byCase(files: Files): ReadonlyMap<string, Files> {
  const cases = new Map<string, Record<string, string>>();
  for (const [path, text] of Object.entries(files)) {
    const name = caseOf(path);
    cases.set(name, { ...cases.get(name), [path]: text });
  }
  return cases;
}

function renamed(tree: Tree, old: string, name: string, to: Record<string, string>): void {
  const word = new RegExp(`(?<![\\w])${old}(?=[./;])`, 'g');
  for (const [path, { text }] of tree) to[path.replace(word, name)] = text.replace(word, name);
}
