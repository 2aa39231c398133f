import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { bufVersions, categoriesIn, rulesMeant } from '#core/contracts/formats/protobuf/buf-config/categories.ts';
import { protoRules } from '#core/contracts/formats/protobuf/rules/index.ts';
import { categories } from '#core/contracts/formats/protobuf/rules/rule.ts';
import { bufProgram } from '../../scripts/oracles/buf.ts';
import { generatedCases } from './support/buf/cases.ts';
import { differences } from './support/buf/compare.ts';
import { bufBreaking, bufRules, type Files, type Folders, inFolders, type Sides } from './support/buf/run.ts';
import { shapedCases } from './support/buf/shaped.ts';
import { workspaces } from './support/buf/workspaces.ts';

/**
 * buf's own program judges generated proto sets and mutations of them: the same ids at the same places, in every category.
 * `CASES=5000 SEED=7` runs others.
 */
const CASES = Number(process.env.CASES ?? 800);
const SEED = Number(process.env.SEED ?? 1);

describe('buf and Schemaward on generated mutations', () => {
  let program = '';
  let sides: Sides = { before: {}, after: {} };
  before(async () => {
    program = await bufProgram();
    sides = generatedCases(program, SEED, CASES);
  });

  for (const category of categories) {
    test(`${category}: the same findings at the same places`, () => {
      const config = JSON.stringify({ version: 'v2', breaking: { use: [category] } });
      const theirs = inFolders(sides, (folders: Folders) => bufBreaking(program, folders, ['--config', config]));
      assert.ok(theirs.length > CASES / 5, `${theirs.length} findings`);
      assert.deepEqual(differences(theirs, sides, { profile: `buf:${category}` }), []);
    });
  }
});

describe('buf and Schemaward on cases shaped by hand', () => {
  let program = '';
  const reached = new Set<string>();
  before(async () => {
    program = await bufProgram();
  });

  for (const category of categories) {
    test(`${category}: the same findings at the same places`, () => {
      const sides = shapedCases();
      const config = JSON.stringify({ version: 'v2', breaking: { use: [category] } });
      const theirs = inFolders(sides, (folders) => bufBreaking(program, folders, ['--config', config]));
      for (const { type } of theirs) reached.add(`${type} in ${category}`);
      assert.deepEqual(differences(theirs, sides, { profile: `buf:${category}` }), []);
    });
  }

  test('they reach every rule of buf in every category that it is in', () => {
    const expected = bufRules(program, 'v2').flatMap(({ id, categories: each }) =>
      each.map((name) => `${id} in ${name}`),
    );
    assert.deepEqual([...reached].sort(), expected.sort());
  });
});

describe('buf and Schemaward on configurations', () => {
  let program = '';
  before(async () => {
    program = await bufProgram();
  });

  for (const [name, sides] of Object.entries(workspaces)) {
    test(name, () => {
      const theirs = inFolders(sides, (folders) => bufBreaking(program, folders));
      assert.deepEqual(differences(theirs, sides, {}), []);
    });
  }

  test('each version of buf.yaml knows the same rules in the same categories', () => {
    for (const version of bufVersions) {
      const theirs = bufRules(program, version).filter(({ deprecated }) => !deprecated);
      const expected = theirs.map(({ id, categories: each, default: isDefault }) => [id, [...each].sort(), isDefault]);
      const ours = protoRules.flatMap((rule) => {
        const each = categoriesIn(version, rule);
        return each === undefined ? [] : [[rule.peer, [...each].sort(), each.includes('FILE')]];
      });
      assert.deepEqual(sorted(ours), sorted(expected), version);
    }
  });

  test('each version of buf.yaml knows the same deprecated ids', () => {
    for (const version of bufVersions) {
      for (const { id, deprecated, replacements } of bufRules(program, version)) {
        if (deprecated) assert.deepEqual(rulesMeant(id, version, protoRules), replacements ?? [], `${version} ${id}`);
      }
    }
  });
});

describe('buf in each of two copies and Schemaward in the folder above, without a buf.yaml', () => {
  const below = (folder: string, files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
  const both = (a: Files, b: Files): Files => ({ ...below('a/proto', a), ...below('b/proto', b) });
  const importing = 'syntax = "proto3"; package h0.all; import "h0/a.proto";';

  for (const category of categories) {
    test(`${category}: the same findings at the same places`, async () => {
      const program = await bufProgram();
      const { before, after } = shapedCases();
      const [old, now] = [before, after].map((files) => ({ ...files, 'h0/all/all.proto': importing }));
      assert.ok(old && now);
      const config = JSON.stringify({ version: 'v2', breaking: { use: [category] } });
      const theirs = inFolders({ before: old, after: now }, (folders) =>
        bufBreaking(program, folders, ['--config', config]),
      );
      const placed = theirs.map(({ path, ...rest }) =>
        path === undefined ? rest : { path: `b/proto/${path}`, ...rest },
      );
      // What has no path is told with the name that it has in its own folder.
      const sides = { before: both(old, old), after: both(old, now) };
      assert.deepEqual(differences(placed, sides, { profile: `buf:${category}`, beyond: true }), []);
    });
  }
});

function sorted(rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  return [...rows].sort((a, b) => String(a[0]).localeCompare(String(b[0])));
}
