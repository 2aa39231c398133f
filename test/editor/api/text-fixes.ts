import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { project, type Suite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const given = {
  'V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);\n',
  'V2__orders.sql':
    'CREATE TABLE orders (id bigint NOT NULL, user_id bigint);\nCREATE INDEX orders_user ON orders (user_id);\n',
};

interface Fix {
  readonly name: string;
  /** File of the pending migration, `V3__next.sql` unless said. */
  readonly file?: string;
  readonly text: string;
  readonly words: string;
  readonly title: string;
  /** What the fix was for; it must be gone afterwards. */
  readonly rule: string;
}

const addCheck = 'ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17);\n';
const addKey = 'ALTER TABLE orders ADD CONSTRAINT owner FOREIGN KEY (user_id) REFERENCES users (id);\n';

const fixes: readonly Fix[] = [
  {
    name: 'index-concurrently',
    text: 'CREATE INDEX users_email ON users (email);\n',
    words: 'CREATE INDEX',
    title: 'CONCURRENTLY',
    rule: 'lock/create-index',
  },
  {
    name: 'index-concurrently-beside-others',
    text: 'ALTER TABLE users ADD COLUMN nick text;\nCREATE INDEX users_email ON users (email);\n',
    words: 'CREATE INDEX',
    title: 'CONCURRENTLY',
    rule: 'lock/create-index',
  },
  {
    name: 'drop-index-concurrently',
    text: 'DROP INDEX orders_user;\n',
    words: 'DROP INDEX',
    title: 'CONCURRENTLY',
    rule: 'lock/drop-index',
  },
  { name: 'check-not-valid', text: addCheck, words: 'ADD CONSTRAINT', title: 'NOT VALID', rule: 'lock/add-check' },
  {
    name: 'foreign-key-not-valid',
    text: addKey,
    words: 'ADD CONSTRAINT',
    title: 'NOT VALID',
    rule: 'lock/add-foreign-key',
  },
  {
    name: 'unique-using-index',
    text: 'ALTER TABLE users ADD CONSTRAINT one_email UNIQUE (email);\n',
    words: 'ADD CONSTRAINT',
    title: 'USING INDEX',
    rule: 'lock/add-unique',
  },
  {
    name: 'primary-key-using-index',
    text: 'ALTER TABLE orders ADD CONSTRAINT orders_pk PRIMARY KEY (id);\n',
    words: 'ADD CONSTRAINT',
    title: 'USING INDEX',
    rule: 'lock/add-primary-key',
  },
  {
    name: 'own-migration',
    text: 'ALTER TABLE users ADD COLUMN nick text;\nCREATE INDEX CONCURRENTLY users_nick ON users (nick);\n',
    words: 'CREATE INDEX',
    title: 'migration of its own',
    rule: 'tx/concurrently',
  },
  {
    name: 'rename-to-next-version',
    file: 'V2__late.sql',
    text: 'SELECT 1;\n',
    words: 'SELECT',
    title: 'Rename to V3__late.sql',
    rule: 'order/duplicate-version',
  },
  {
    name: 'disable-statement',
    text: 'TRUNCATE orders;\n',
    words: 'TRUNCATE',
    title: 'for this statement',
    rule: 'data/truncate',
  },
];

/** Each fix, chosen from the menu; the folder afterwards equals the golden file (`UPDATE=1` writes it). */
export const textFixes: Suite = {
  name: 'fixes',
  released: Object.assign({}, ...fixes.map(({ name }) => project(`fixes/${name}`, given))),
  tests(open) {
    for (const fix of fixes)
      test(`fix: ${fix.name}`, async () => {
        const { editor } = open();
        const folder = `fixes/${fix.name}`;
        const file = `${folder}/db/${fix.file ?? 'V3__next.sql'}`;
        const before = new Map<string, string>();
        editor.write(file, fix.text);
        for (const name of editor.list(folder)) before.set(name, editor.read(`${folder}/${name}`));
        await editor.choose(file, fix.words, fix.title);
        const changes = async () => {
          const left = editor.list(folder);
          const changed: string[] = [];
          for (const name of left) {
            const text = await editor.textOf(`${folder}/${name}`);
            if (text !== before.get(name)) changed.push(`--- ${name}\n${text}`);
          }
          for (const name of before.keys()) if (!left.includes(name)) changed.push(`--- ${name}\n(gone)\n`);
          return changed.join('\n');
        };
        const golden = join(import.meta.dirname, 'golden', `${fix.name}.txt`);
        if (process.env.UPDATE === '1') writeFileSync(golden, await settled(changes));
        const wanted = readFileSync(golden, 'utf8');
        await until('the folder as in the golden file', changes, (text) => text === wanted, 5000).catch(async () =>
          assert.equal(await changes(), wanted),
        );
        for (const name of editor.list(folder).filter((each) => /V[0-9].*\.sql$/.test(each)))
          await editor.problemsAre(`${folder}/${name}`, []);
      });
  },
};

/** The same answer twice, a second apart: nothing more is being written. Only for writing golden files. */
async function settled(ask: () => Promise<string>): Promise<string> {
  for (let last = await ask(); ; ) {
    await new Promise((resume) => setTimeout(resume, 1000));
    const now = await ask();
    if (now === last) return now;
    last = now;
  }
}
