import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { linkProtos } from '#core/contracts/formats/protobuf/link/link.ts';
import { wellKnown } from '#core/contracts/formats/protobuf/link/well-known/index.ts';
import { readProto } from '#core/contracts/formats/protobuf/syntax/read.ts';
import { nodeModules } from '../../scripts/noise/packages.ts';
import { protoText } from '../support/proto-model.ts';
import { refused } from '../support/proto-problems.ts';
import { protoSet, randomLayout, seeded } from '../support/proto-sets.ts';
import { valueCases } from '../support/proto-values.ts';
import { bufBuild } from './support/buf.ts';
import { linesOfBuf, linesOfOurs, unasked } from './support/proto-lines.ts';

const seed = Number(process.env.SEED ?? 1);

async function compare(files: ReadonlyMap<string, string>): Promise<number> {
  const build = await bufBuild(files);
  assert.deepEqual(build.complaints, []);
  const set = linkProtos(new Map([...files].map(([path, text]) => [path, readProto({ path: `/${path}`, text })])));
  assert.deepEqual(set.problems, []);
  const differences: string[] = [];
  let facts = 0;
  for (const theirs of build.files) {
    const ours = set.files.get(theirs.name);
    if (ours === undefined) continue;
    const lines = linesOfOurs(ours);
    const stems = lines.filter((line) => line.endsWith(unasked)).map((line) => line.slice(0, -unasked.length));
    const expected = new Set(
      linesOfBuf(theirs).map((line) => {
        const stem = stems.find((it) => line.startsWith(it));
        return stem === undefined ? line : `${stem}${unasked}`;
      }),
    );
    const actual = new Set(lines);
    facts += expected.size;
    const extra = [...actual].filter((line) => !expected.has(line));
    const missing = [...expected].filter((line) => !actual.has(line));
    for (let at = 0; at < Math.max(extra.length, missing.length); at++)
      differences.push(`${theirs.name}\n  ours: ${extra[at]}\n  buf:  ${missing[at]}`);
  }
  assert.deepEqual(differences.slice(0, 8), [], `${differences.length} differences`);
  return facts;
}

test('made-up files mean to us what they mean to buf, at the same places', async () => {
  const files = new Map<string, string>();
  for (let index = 0; index < 100; index++) {
    const random = seeded(seed * 1000 + index);
    const layout = randomLayout(random);
    for (const file of protoSet(random, `p${index}`)) files.set(file.path, protoText(file, layout));
  }
  assert.ok((await compare(files)) > 5000);
});

test('files shaped by hand: names like keywords, scopes, odd blanks, options, editions', async () => {
  const folder = join(import.meta.dirname, '../fixtures/protobuf/shaped');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.proto'));
  await compare(new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])));
});

test('files that a package ships', async () => {
  const folder = join(await nodeModules('google-gax@5.0.8'), 'node_modules/google-gax/build/protos');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.proto') && !path.startsWith('google/protobuf/'),
  );
  assert.ok(paths.length > 50);
  await compare(new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])));
});

test('the well-known files that are built in have the names, numbers and types that buf has', async () => {
  const known = wellKnown();
  const imports = [...known.keys()].map((path) => `import "${path}";\n`).join('');
  const build = await bufBuild(new Map([['a.proto', `syntax = "proto3";\n${imports}`]]));
  const set = linkProtos(
    new Map([...known].map(([path, { content }]) => [path, readProto({ path, text: `${content.text}\n` })])),
  );
  const facts = (lines: readonly string[]) =>
    lines
      .filter((line) => /^(message|field|extension|enum|value|entry|oneof) /.test(line))
      .map((line) => line.replace(/ (\d+:\d+-\d+:\d+|none)/g, '').replace(/ \| options.*/, ''));
  for (const theirs of build.files) {
    const ours = set.files.get(theirs.name);
    if (theirs.name !== 'a.proto')
      assert.deepEqual(ours && facts(linesOfOurs(ours)), facts(linesOfBuf(theirs)), theirs.name);
  }
});

test('buf refuses, too, what is a problem to us', async () => {
  const { complaints } = await bufBuild(new Map(refused.map(({ path, text }) => [path, text])));
  const complained = new Set(complaints.map((line) => line.slice(0, line.indexOf(':'))));
  assert.deepEqual(
    refused.filter(({ path }) => !complained.has(path)).map(({ text }) => text),
    [],
  );
});

test('values between braces, names of methods and members: buf refuses the same files', async () => {
  const files = valueCases(seeded(seed), 400);
  const { complaints } = await bufBuild(files);
  const theirs = new Set(complaints.map((line) => line.slice(0, line.indexOf(':'))));
  const set = linkProtos(new Map([...files].map(([path, text]) => [path, readProto({ path: `/${path}`, text })])));
  const ours = Map.groupBy(set.problems, ({ path }) => path);
  const differences = [...files].filter(([path]) => theirs.has(path) !== ours.has(path));
  assert.deepEqual(
    differences.map(([path, text]) => [
      text.slice(text.lastIndexOf('\n', text.length - 2) + 1),
      complaints.filter((line) => line.startsWith(`${path}:`)),
      ours.get(path)?.map(({ message }) => message),
    ]),
    [],
  );
  assert.ok(theirs.size > 100 && files.size - theirs.size > 100, `${theirs.size} of ${files.size} refused`);
});
