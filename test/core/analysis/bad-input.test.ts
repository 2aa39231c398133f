import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BAD_INPUTS } from '../../support/bad-inputs.ts';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** What follows something huge or odd is judged as ever: `x` is still known, and dropped. The runner's own limit says what is too slow. */
describe('bad input', () => {
  for (const [title, sql] of BAD_INPUTS) {
    test(`what follows ${title} is judged`, () => {
      const found = findings({ 'V2__b.sql': `${sql}\nALTER TABLE a DROP COLUMN x;\n` });
      assert.deepEqual(
        found
          .filter((each) => each.startsWith('schema/drop-column a.x') || each.startsWith('run/'))
          .filter((each) => each !== 'run/too-many-columns b'),
        ['schema/drop-column a.x'],
      );
    });
  }

  test('a history whose middle is unknown says nothing of what it may have made', () => {
    const pending = {
      'V2__b.sql': 'DO $$ BEGIN EXECUTE now()::text; END $$;',
      'V3__c.sql': 'DROP TABLE b; ALTER TABLE a DROP COLUMN q; DROP FUNCTION f();',
    };
    assert.deepEqual(
      findings(pending).filter((each) => each.startsWith('run/')),
      [],
    );
  });

  test('what is made again behind it is known again', () => {
    const pending = {
      'V2__b.sql': 'DO $$ BEGIN EXECUTE now()::text; END $$;',
      'V3__c.sql': 'CREATE TABLE b (id int); CREATE VIEW v AS SELECT id FROM b; DROP TABLE b;',
    };
    assert.deepEqual(
      findings(pending).filter((each) => each.startsWith('run/')),
      ['run/in-use b'],
    );
  });
});

function findings(pending: Readonly<Record<string, string>>): readonly string[] {
  const made = snapshot({ released: { 'V1__a.sql': 'CREATE TABLE a (id int PRIMARY KEY, x text, y text);' }, pending });
  return checkAll(engine(), made).findings.map(({ rule, object }) => `${rule} ${object}`);
}
