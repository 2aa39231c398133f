import type { Column, Table } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import { at, type ChangeContext, defineRule, type MigrationContext } from '../rule.ts';
import { knownTable, written } from '../support.ts';

export const sequenceBehind = defineRule({
  id: 'data/sequence-behind',
  scope: 'migration',
  severity: 'hint',
  summary: 'Rows with numbers of their own leave the sequence behind: it hands the same numbers out again.',
  messages: {
    behind:
      'Writes numbers into {table}.{column} that its sequence does not know of: it hands them out again later, and the insert that gets one fails. Set it behind this: SELECT setval(...) to the largest one.',
  },
  explanation: `The default of a serial or identity column counts on from where it stood, whatever numbers an INSERT or COPY brought along. The first row that
gets one of them fails with \`duplicate key value violates unique constraint\`, in production and later.

The quick fix adds \`SELECT setval(...)\` behind the statement, which sets the sequence to the largest number that is there.

Silent for columns that are no key, for negative numbers, \`DEFAULT\` and \`nextval\` among the values, and where the migration sets or restarts a sequence later on.`,
  peers: ['migrationpilot:MP059'],
  examples: [
    {
      title: 'Numbers that are brought along',
      given: 'CREATE TABLE plans (id serial PRIMARY KEY, name text);',
      sql: "INSERT INTO plans (id, name) VALUES (1, 'free'), (2, 'pro');",
      fires: true,
    },
    {
      title: 'The sequence follows',
      given: 'CREATE TABLE plans (id serial PRIMARY KEY, name text);',
      sql: "INSERT INTO plans (id, name) VALUES (1, 'free'), (2, 'pro');\nSELECT setval('plans_id_seq', 2);",
      fires: false,
    },
    {
      title: 'Numbers of the sequence',
      given: 'CREATE TABLE plans (id serial PRIMARY KEY, name text);',
      sql: "INSERT INTO plans (name) VALUES ('free'), ('pro');",
      fires: false,
    },
  ],
  settledBy: {
    words: ({ table }) => [String(table).replace(/^.*\./, '')],
    isBy: ({ table }, change) => change.kind === 'DropTable' && written(change.table) === table,
  },
  *check(migration) {
    const told = new Set<string>();
    for (const context of migration.contexts) {
      const { change } = context.step;
      if (change.kind !== 'WriteRows' || change.certainty === 'maybe') continue;
      if (change.verb !== 'insert' && change.verb !== 'copy') continue;
      const column = context.once('sequence-behind', () => broughtAlong(context, change)?.name);
      const table = written(change.table);
      if (column === undefined || told.has(table) || isSetLater(migration, context)) continue;
      told.add(table);
      const args = { table, column };
      yield {
        messageId: 'behind',
        args,
        anchor: at(context.step, change.span),
        object: `${table}.${column}`,
        compat: 'none',
        rollback: 'none',
        fixes: [{ id: 'set-sequence', args }],
      };
    }
  },
});

/** A counted key that the statement names, or fills by its place. */
function broughtAlong(context: ChangeContext, change: ChangeOf<'WriteRows'>): Column | undefined {
  const table = knownTable(context, change.table);
  if (table === undefined || table.temporary) return undefined;
  const counted = table.columns.find(({ name }, nth) => {
    const isNamed = change.columns.length === 0 ? nth === 0 : change.columns.some((each) => each.name === name);
    return isNamed && isCountedKey(table, name);
  });
  return counted === undefined || isApart(context.step.statement.text) ? undefined : counted;
}

function isCountedKey({ columns, constraints }: Table, name: string): boolean {
  const column = columns.find((each) => each.name === name);
  const isCounted = column?.sequence !== undefined || column?.identity !== undefined;
  return (
    isCounted &&
    constraints.some(
      ({ kind, columns: [key, ...others] }) =>
        (kind === 'primary-key' || kind === 'unique') && key === name && others.length === 0,
    )
  );
}

/** Numbers from the sequence, or below all that it hands out. The beginning is enough: rows of one statement are alike. */
function isApart(statement: string): boolean {
  return /\bnextval\s*\(|\(\s*DEFAULT\b|DEFAULT\s+VALUES|OVERRIDING\s+USER|\b(?:VALUES|SELECT)\s*\(?\s*-\s*\d/i.test(
    statement.slice(0, 2_000),
  );
}

function isSetLater({ statements }: MigrationContext, { step }: ChangeContext): boolean {
  const own = statements.findIndex(({ id }) => id.text === step.statement.text && id.nth === step.statement.nth);
  return statements
    .slice(own + 1)
    .some(({ id }) => id.text.length < 20_000 && /\bsetval\s*\(|\bRESTART\b/i.test(id.text));
}
