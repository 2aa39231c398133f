import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Comparison } from '#core/contracts/format.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import type { Tree } from '#core/contracts/tree.ts';
import type { FileContent } from '#core/model/text.ts';
import { patched } from '#core/text/patched.ts';
import { protoText } from '../../../support/proto-model.ts';
import { protoSet, seeded } from '../../../support/proto-sets.ts';

const seeds = Number(process.env.SEEDS ?? 12);
const steps = 25;

/** The folder of what is edited. */
const live = 'live';

const config: FileContent = { path: `${live}/buf.yaml`, text: 'version: v2\n' };
const twoModules: FileContent = {
  path: `${live}/buf.yaml`,
  text: 'version: v2\nmodules:\n  - path: left\n  - path: right\n',
};

/** Everything that a comparison says; order aside, for what several files claim has none. */
function told({ findings, notices, contracts }: Comparison, folder: string): unknown {
  const words = (all: readonly unknown[]) =>
    all.map((each) => JSON.stringify(each).replaceAll(`${folder}/`, '').replaceAll(folder, '')).sort();
  const verdicts = contracts.map(({ deprecated, ...verdict }) => ({ ...verdict, deprecated: words(deprecated) }));
  return { findings: words(findings), notices: words(notices), contracts: words(verdicts) };
}

/** The same texts below a folder that nothing was ever compared in: nothing is remembered of them but how each reads. */
function anew(before: Tree, after: Tree, folder: string): unknown {
  const moved = (tree: Tree): Tree =>
    new Map(
      [...tree].map(([path, { text }]) => [path.replace(live, folder), { path: path.replace(live, folder), text }]),
    );
  return told(
    protobuf.compare({ before: [{ name: 'main', tree: moved(before) }], after: moved(after), beyond: true }),
    folder,
  );
}

for (const isSplit of [false, true])
  test(`a comparison that follows another one says what it would say anew, ${isSplit ? 'two modules' : 'one module'}`, () => {
    for (let seed = 0; seed < seeds; seed++) {
      const random = seeded(seed + (isSplit ? 1000 : 0));
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
      const files = protoSet(random, 'p', 6).map((file, nth): [string, FileContent] => {
        const path = `${live}/${isSplit ? (nth % 2 === 0 ? 'left/' : 'right/') : ''}${file.path}`;
        return [path, { path, text: protoText(file) }];
      });
      const root = isSplit ? twoModules : config;
      const before: Tree = new Map([[root.path, root], ...files]);
      const version = [{ name: 'main', tree: before }];
      const words = [...new Set(files.flatMap(([, { text }]) => text.match(/[A-Za-z_]\w*|\d+/g) ?? []))];
      let after: Tree = before;
      for (let step = 0; step < steps; step++) {
        const [path, original] = pick(files);
        const roll = random();
        const text = after.get(path)?.text ?? original.text;
        const found = pick([...text.matchAll(/[A-Za-z_]\w*|\d+|[;{}=]/g)]);
        const word = roll < 0.5 ? `${found[0]}x` : roll < 0.6 ? '' : pick(words);
        const edited = `${text.slice(0, found.index)}${word}${text.slice(found.index + found[0].length)}`;
        const content = roll < 0.2 ? original : roll < 0.25 ? undefined : { path, text: edited };
        after = patched(after, new Map([[path, content]]));
        const comparison = protobuf.compare({ before: version, after, beyond: true });
        assert.deepEqual(
          told(comparison, live),
          anew(before, after, `${isSplit}-${seed}-${step}`),
          `seed ${seed}, step ${step}`,
        );
      }
    }
  });
