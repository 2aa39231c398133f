import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, type Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const rename = 'ALTER TABLE users RENAME COLUMN email TO mail;\n';

/** What stands on the base branch is never edited: the same plan then starts from a new migration. */
export const frozen: Suite = {
  name: 'frozen',
  released: project('frozen', {
    'V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n',
    'V2__rename.sql': rename,
  }),
  tests(open) {
    test('on a frozen file the plan starts from a new migration', async () => {
      const { editor } = open();
      const file = 'frozen/db/V2__rename.sql';
      await editor.show(file);
      assert.deepEqual(await editor.problems(file), []);
      await editor.command('schemaward.checkHistory');
      await editor.problemsAre(file, ['schema/rename-column']);
      await editor.choose(file, 'RENAME COLUMN', 'Split into');
      assert.equal(await editor.textOf(file), rename);
      const made = await until(
        'a new migration',
        async () => editor.list('frozen/db').filter((name) => name > 'V2__rename.sql'),
        (found) => found.length > 0,
      );
      assert.ok(made.length >= 1 && made.every((name) => /^V[3-9]__/.test(name)), made.join());
      await editor.command('schemaward.stopCheckHistory');
      await editor.problemsAre(file, []);
    });
  },
};
