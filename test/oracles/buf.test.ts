import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { categories } from '#core/contracts/formats/protobuf/rules/rule.ts';
import { bufProgram } from '../../scripts/oracles/buf.ts';
import { generatedCases } from './support/buf/cases.ts';
import { differences } from './support/buf/compare.ts';
import { bufBreaking, type Folders, inFolders, type Sides } from './support/buf/run.ts';

/**
 * buf's own program judges generated proto sets and mutations of them: the same ids at the same places, in every category.
 * `CASES=5000 SEED=7` runs others.
 */
const CASES = Number(process.env.CASES ?? 1200);
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
