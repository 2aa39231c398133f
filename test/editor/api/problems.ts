import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, type Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email text, note text);\n';

export const problems: Suite = {
  name: 'problems',
  released: {
    ...project('problems', {
      'V1__users.sql': users,
      'V2__old.sql': 'TRUNCATE users;\n',
    }),
    'scratch/query.sql': 'ALTER TABLE users DROP COLUMN note;\n',
  },
  pending: { 'problems/db/V3__next.sql': 'ALTER TABLE users DROP COLUMN note;\n' },
  tests(open) {
    test('a problem is there on opening, with its words, its page and where the column was made', async () => {
      const { editor } = open();
      await editor.show('problems/db/V3__next.sql');
      const [problem] = await editor.problemsAre('problems/db/V3__next.sql', ['schema/drop-column']);
      assert.equal(problem?.severity, 0);
      assert.equal(problem.text, 'DROP COLUMN note');
      assert.match(problem.link, /\/docs\/rules\/schema\/drop-column\.md$/);
      assert.deepEqual(problem.related, [{ file: 'V1__users.sql', line: 0, message: 'users.note was made here.' }]);
    });

    test('while typing: a half-typed statement loses only its own problem, and unsaved text counts', async () => {
      const { editor } = open();
      const file = 'problems/db/V3__next.sql';
      await editor.type(file, 'ALTER TABLE users DROP COLUMN note;\nCREATE INDEX users_email ON users (email);\n');
      await editor.problemsAre(file, ['schema/drop-column', 'lock/create-index']);
      await editor.type(file, 'ALTER TABLE users DROP COL note;\nCREATE INDEX users_email ON users (email);\n');
      await editor.problemsAre(file, ['run/syntax-error', 'lock/create-index']);
      await editor.type(file, '-- nothing\n');
      await editor.problemsAre(file, []);
      assert.equal(editor.read(file), 'ALTER TABLE users DROP COLUMN note;\n', 'nothing was saved');
    });

    test('an edit reaches the pending migration behind it', async () => {
      const { editor } = open();
      editor.write('problems/db/V4__later.sql', 'ALTER TABLE fresh ADD COLUMN x int;\n');
      await editor.type('problems/db/V3__next.sql', 'SELECT 1;\n');
      await editor.problemsAre('problems/db/V4__later.sql', ['run/unknown-object']);
      await editor.type('problems/db/V3__next.sql', 'CREATE TABLE fresh (id int);\n');
      await editor.problemsAre('problems/db/V4__later.sql', []);
    });

    test('a file that another program writes or removes is judged without being opened', async () => {
      const { editor } = open();
      const file = 'problems/db/V5__truncate.sql';
      const read = () =>
        editor.evaluate(
          async (vscode, path) => vscode.languages.getDiagnostics(vscode.Uri.file(path)).length,
          editor.path(file),
        );
      editor.write(file, 'TRUNCATE users;\n');
      await until('a problem of a closed file', read, (count) => count === 1);
      editor.remove(file);
      await until('no problem of a removed file', read, (count) => count === 0);
    });

    test('a file that belongs to no project gets nothing at all', async () => {
      const { editor } = open();
      await editor.show('scratch/query.sql');
      await editor.show('problems/db/V3__next.sql');
      await editor.type('problems/db/V3__next.sql', 'TRUNCATE users;\n');
      await editor.problemsAre('problems/db/V3__next.sql', ['data/truncate']);
      assert.deepEqual(await editor.problems('scratch/query.sql'), []);
      assert.deepEqual(await editor.offers('scratch/query.sql', 'DROP COLUMN'), []);
    });

    test('a comment with a reason silences one statement', async () => {
      const { editor } = open();
      const file = 'problems/db/V3__next.sql';
      await editor.type(
        file,
        '-- schemaward-ignore data/truncate: the table is a cache\nTRUNCATE users;\nTRUNCATE users;\n',
      );
      await until(
        'the second TRUNCATE only',
        () => editor.problems(file),
        (found) => found.length === 1 && found[0]?.line === 2 && found[0].text === 'TRUNCATE users',
      );
    });

    test('released files are silent until the history is asked for, and silent again after', async () => {
      const { editor } = open();
      const file = 'problems/db/V2__old.sql';
      await editor.show(file);
      assert.deepEqual(await editor.problems(file), []);
      await editor.command('schemaward.checkHistory');
      await editor.problemsAre(file, ['data/truncate']);
      await editor.command('schemaward.stopCheckHistory');
      await editor.problemsAre(file, []);
    });
  },
};
