import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { bufProgram } from '../../scripts/oracles/buf.ts';
import { caseOf, compiling, generatedCases } from './support/buf/cases.ts';
import { counted, fixCases } from './support/buf/fixes.ts';
import { bufBreaking, bufProblems, inFolders, type Sides } from './support/buf/run.ts';
import { shapedCases } from './support/buf/shaped.ts';

/**
 * Every quick fix makes its finding disappear for buf too, brings no other one, and compiles. `CASES=2000 SEED=7` runs others.
 */
const CASES = Number(process.env.CASES ?? 100);
const SEED = Number(process.env.SEED ?? 1);

/** A reservation keeps a number from being used again; code that used it stays broken, as these rules have it. */
const reservationStays: ReadonlySet<string> = new Set(['FIELD_NO_DELETE', 'ENUM_VALUE_NO_DELETE']);
/** They hide what is below them: with the old package or syntax its own differences come to light. */
const hiding: ReadonlySet<string> = new Set(['FILE_SAME_PACKAGE', 'FILE_SAME_SYNTAX']);

/** What another type, or a package without any enum, hides as well; what comes back has the features of its file as it is now. */
function uncovers(rule: string, fix: string, type: string): boolean {
  if (fix.startsWith('proto-restore') && /UTF8_VALIDATION|JSON_FORMAT|ENUM_SAME_TYPE|CARDINALITY/.test(type))
    return true;
  if (rule.startsWith('PACKAGE_')) return type.startsWith('PACKAGE_');
  return type === 'FIELD_SAME_DEFAULT' && /_(TYPE|CARDINALITY)$/.test(rule);
}

describe('fixes of protobuf contracts, as buf sees them', () => {
  let program = '';
  let sides: Sides = { before: {}, after: {} };
  before(async () => {
    program = await bufProgram();
    const generated = generatedCases(program, SEED, CASES);
    const shaped = compiling(program, shapedCases());
    sides = { before: { ...generated.before, ...shaped.before }, after: { ...generated.after, ...shaped.after } };
  });

  for (const category of ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE']) {
    test(`${category}: the finding is gone and no other comes`, () => {
      const { cases, sides: all } = fixCases(sides, `buf:${category}`);
      assert.ok(cases.length > CASES / 4, `${cases.length} fixes`);
      const config = JSON.stringify({ version: 'v2', breaking: { use: [category] } });
      const theirs = inFolders(all, (folders) => {
        const problems = bufProblems(program, folders.after).map(
          ({ path, message }) => `${path}: ${message}\n${cases.find(({ name }) => name === caseOf(path ?? ''))?.text}`,
        );
        assert.deepEqual(problems, []);
        return bufBreaking(program, folders, ['--config', config]);
      });
      const left = new Map<string, string[]>();
      for (const { path = '', type } of theirs) left.set(caseOf(path), [...(left.get(caseOf(path)) ?? []), type]);
      const wrong = cases.flatMap(({ name, fix, rule, had, text }) => {
        const counts = counted(left.get(name) ?? []);
        const stays = (counts.get(rule) ?? 0) >= (had.get(rule) ?? 0);
        const isMeant = fix === 'proto-reserve' && reservationStays.has(rule);
        const fresh = [...counts]
          .filter(([type, count]) => count > (had.get(type) ?? 0) && !uncovers(rule, fix, type))
          .map(([type]) => type);
        const hides = [...had.keys()].some((type) => hiding.has(type));
        return [
          ...(stays && !isMeant ? [`${rule} stays behind ${fix}\n${text}`] : []),
          ...(fresh.length > 0 && !hides ? [`${fresh.join()} comes with ${fix} of ${rule}\n${text}`] : []),
        ];
      });
      assert.deepEqual(wrong, []);
    });
  }
});
