import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { bufVersions, categoriesIn, rulesMeant } from '#core/contracts/formats/protobuf/buf-config/categories.ts';
import { protoRules } from '#core/contracts/formats/protobuf/rules/index.ts';
import { categories } from '#core/contracts/formats/protobuf/rules/rule.ts';
import { bufProgram } from '../../scripts/oracles/buf.ts';
import { generatedCases } from './support/buf/cases.ts';
import { differences } from './support/buf/compare.ts';
import { bufBreaking, bufRules, type Folders, inFolders, type Sides } from './support/buf/run.ts';
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

function sorted(rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  return [...rows].sort((a, b) => String(a[0]).localeCompare(String(b[0])));
}
