import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { project, type Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const users =
  "CREATE TABLE users (id bigint PRIMARY KEY, email text, note text, age int NOT NULL DEFAULT 0);\nINSERT INTO users VALUES (1, 'a', 'b', 3);\n";
const file = 'V2__next.sql';

interface Plan {
  readonly name: string;
  readonly text: string;
  readonly words: string;
  /** Part of the text that expand leaves in the file. */
  readonly leaves: RegExp;
}

const plans: readonly Plan[] = [
  {
    name: 'rename-column',
    text: 'ALTER TABLE users RENAME COLUMN email TO mail;\n',
    words: 'RENAME COLUMN',
    leaves: /ADD COLUMN mail text/,
  },
  {
    name: 'add-required-column',
    text: 'ALTER TABLE users ADD COLUMN phone text NOT NULL;\n',
    words: 'NOT NULL',
    leaves: /ADD COLUMN phone text/,
  },
  {
    name: 'set-not-null',
    text: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n',
    words: 'SET NOT NULL',
    leaves: /is planned as require-email-/,
  },
  {
    name: 'change-column-type',
    text: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;\n',
    words: 'ALTER COLUMN age',
    leaves: /ADD COLUMN \S+ bigint/,
  },
  { name: 'drop-column', text: 'ALTER TABLE users DROP COLUMN note;\n', words: 'DROP COLUMN', leaves: /^/ },
];

interface Proposal {
  readonly evolution: { readonly id: string };
  readonly creates: readonly { readonly path: string; readonly role: string; readonly text: string }[];
  readonly notes: readonly string[];
}

/** Every plan from the lightbulb: what is written equals what the command line says that it would write. */
export const scaffolds: Suite = {
  name: 'scaffolds',
  released: Object.assign(
    {},
    ...plans.map(({ name }) => project(`plans/${name}`, { 'V1__users.sql': users })),
    project('plans/frozen', { 'V1__users.sql': users, 'V2__rename.sql': 'ALTER TABLE users RENAME email TO mail;\n' }),
  ),
  tests(open) {
    for (const plan of plans)
      test(`plan: ${plan.name}, and one undo takes all of it back`, async () => {
        const { editor } = open();
        const folder = `plans/${plan.name}`;
        const path = `${folder}/db/${file}`;
        editor.write(path, plan.text);
        const proposal = scaffoldOnCommandLine(editor.root, path);
        const before = editor.list('.');
        await editor.choose(path, plan.words, 'Split into');
        const wanted = proposal.creates.filter(({ role }) => role !== 'draft');
        const drafts = proposal.creates.filter(({ role }) => role === 'draft');
        await until(
          'the files of the plan',
          async () => ({
            missing: wanted.map((each) => each.path).filter((each) => !editor.exists(each)),
            text: await editor.textOf(path),
          }),
          ({ missing, text }) => missing.length === 0 && text !== plan.text,
        );
        for (const each of wanted) assert.equal(editor.read(each.path), each.text, each.path);
        assert.ok(drafts.length > 0);
        for (const each of drafts) assert.equal(editor.exists(each.path), false, `${each.path} was not ticked`);
        assert.match(await editor.textOf(path), plan.leaves);
        assert.doesNotMatch(await editor.textOf(path), new RegExp(`^${plan.text.trim()}`, 'm'));
        const made = editor.list('.').filter((name) => !before.includes(name) && !name.startsWith('.git/'));
        assert.deepEqual(made, wanted.map((each) => each.path).sort());
        await editor.show(path);
        await editor.command('undo');
        await until(
          'the text as it was',
          async () => ({ text: await editor.textOf(path), left: made.filter(editor.exists) }),
          ({ text, left }) => text === plan.text && left.length === 0,
        );
      });
  },
};

function scaffoldOnCommandLine(root: string, path: string): Proposal {
  const cli = join(import.meta.dirname, '../../../dist/cli.js');
  const out = execFileSync(process.execPath, [cli, 'scaffold', '--from', `${path}:1`, '--format', 'json'], {
    cwd: root,
    encoding: 'utf8',
  });
  const proposal = JSON.parse(out) as Proposal;
  return {
    ...proposal,
    creates: proposal.creates.map((each) => ({ ...each, path: relative(root, join(root, each.path)) })),
  };
}
