import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '#core/engine.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import type { PgParser } from '#core/sql/dialects/postgresql/parser.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';
import { checkAll, snapshot } from '../support/engine.ts';

/** An engine whose parser writes down what it is asked to parse. */
async function watched() {
  const parser = await loadPostgresqlParser();
  const parsed: string[] = [];
  const postgresql: PgParser = {
    parse: (sql) => {
      parsed.push(sql);
      return parser.parse(sql);
    },
    parsePlPgSql: (sql) => parser.parsePlPgSql(sql),
  };
  return { service: createEngine({ dialects: createDialects({ postgresql }) }), parsed };
}

const row = (i: number) => `(${i}, 'a text; with '' quotes', NULL)`;
const count = 300;

for (const [name, data] of [
  ['one row each', Array.from({ length: count }, (_, i) => `INSERT INTO a VALUES ${row(i)};`).join('\n')],
  [
    'columns named',
    Array.from({ length: count }, (_, i) => `insert into public.a (id, x, y) values ${row(i)};`).join('\n'),
  ],
  [
    'many rows in one',
    `INSERT INTO a (id, x, y) VALUES\n${Array.from({ length: 20_000 }, (_, i) => row(i)).join(',\n')};`,
  ],
  [
    'behind a comment',
    Array.from({ length: count }, (_, i) => `/* ${i} */ INSERT INTO a VALUES ${row(i)};`).join('\n'),
  ],
  ['from COPY', `COPY a FROM stdin;\n${Array.from({ length: 20_000 }, (_, i) => `${i}\tx\t;`).join('\n')}\n\\.\n`],
] as const) {
  test(`seed data is never parsed: ${name}`, async () => {
    const { service, parsed } = await watched();
    const made = snapshot({
      released: { 'V1__a.sql': 'CREATE TABLE a (id int PRIMARY KEY, x text, y text);' },
      pending: { 'V2__seed.sql': `${data}\nALTER TABLE a DROP COLUMN x;\n` },
    });
    assert.deepEqual(
      checkAll(service, made).findings.map(({ rule }) => rule),
      ['schema/drop-column'],
    );
    assert.deepEqual(
      parsed.filter((sql) => /insert|with '' quotes|\tx\t/i.test(sql)),
      [],
    );
    assert.ok(parsed.some((sql) => sql.includes('DROP COLUMN')));
  });
}
