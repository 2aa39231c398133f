import type { Span } from '../../model/text.ts';
import type { ChangeOf, SchemaChange } from '../../schema/change.ts';
import type { Dialect } from '../../sql/dialect.ts';
import { tokenize } from '../../sql/tokenize.ts';
import { at, type ChangeContext, defineRule, type Step } from '../rule.ts';
import { knownTable, knownType, severity } from '../support.ts';

export const enumValueUsed = defineRule({
  id: 'tx/enum-value-used',
  scope: 'change',
  on: ['AddEnumValue'],
  severity: 'error',
  summary: 'A new enum value cannot be used in the transaction that added it.',
  messages: {
    used: "Fails: '{value}' is used in the transaction that adds it to {type} (unsafe use of new value). Use it in the next migration.",
    refused:
      'Fails: before PostgreSQL 12 ALTER TYPE ... ADD VALUE cannot run inside a transaction, and here it is in one. Put it alone into a migration that the tool runs outside a transaction.',
    'added-here': "'{object}' is added here.",
  },
  explanation: `PostgreSQL refuses a value of an enum in the transaction that added it (\`unsafe use of new value\`), because an abort would leave
rows and indexes with a value that does not exist. Before version 12 \`ALTER TYPE ... ADD VALUE\` could not run in a transaction at all.

**Do instead**: add the value in one migration, use it in the next.

Silent where the type was made in the same transaction and the server allows it (since 17), for values that are only added, and for the same text in tables
that have no column of the type.`,
  peers: ['migrationpilot:MP054', 'pgsafe:enum-value-used-in-transaction'],
  examples: [
    {
      title: 'Added and used',
      given: "CREATE TYPE mood AS ENUM ('ok');\nCREATE TABLE t (m mood);",
      sql: "ALTER TYPE mood ADD VALUE 'great';\nUPDATE t SET m = 'great' WHERE m = 'ok';",
      fires: true,
    },
    {
      title: 'Only added',
      given: "CREATE TYPE mood AS ENUM ('ok');",
      sql: "ALTER TYPE mood ADD VALUE 'great';",
      fires: false,
    },
    {
      title: 'Only added',
      given: "CREATE TYPE mood AS ENUM ('ok');",
      sql: "ALTER TYPE mood ADD VALUE 'great';",
      target: 11,
      fires: true,
    },
  ],
  *check(context) {
    const { change, transaction } = context.step;
    if (change.kind !== 'AddEnumValue' || transaction === undefined || isFree(context, change)) return;
    if (context.target.versionKnown && context.target.version < 12 && !isMadeHere(context, change)) {
      yield {
        messageId: 'refused',
        args: {},
        anchor: at(context.step, change.span),
        object: `${change.type.name}.${change.value.name}`,
        severity: severity(context, 'error'),
        compat: 'none',
      };
      return;
    }
    for (const step of laterSteps(context)) {
      const [span] = mayStore(context, step, change.type.name) ? literals(context, step, change.value.name) : [];
      if (span === undefined) continue;
      yield {
        messageId: 'used',
        args: { value: change.value.name, type: change.type.name },
        anchor: at(step, span),
        object: `${change.type.name}.${change.value.name}`,
        severity: severity(context, 'error'),
        compat: 'none',
        related: [
          { anchor: at(context.step, change.span), messageId: 'added-here', args: { object: change.value.name } },
        ],
        fixes: [{ id: 'move-to-own-migration', args: {} }],
      };
      return;
    }
  },
});

/** The value is there already, or the type was made in this very transaction and the server (17) lets its values be used. */
function isFree(context: ChangeContext, { type, value, ifNotExists }: ChangeOf<'AddEnumValue'>): boolean {
  const known = knownType(context, type)?.value;
  if (ifNotExists && known?.values.some(({ name }) => name === value.name) === true) return true;
  return context.target.version >= 17 && isMadeHere(context, { type });
}

/** In the same transaction. */
function isMadeHere({ steps, step: own }: ChangeContext, { type }: Pick<ChangeOf<'AddEnumValue'>, 'type'>): boolean {
  return steps.some(
    ({ change, transaction }) =>
      change.kind === 'CreateEnum' && change.type.name === type.name && transaction === own.transaction,
  );
}

function laterSteps({ steps, step }: ChangeContext): readonly Step[] {
  return steps.filter(
    ({ statementIndex, transaction }) => statementIndex > step.statementIndex && transaction === step.transaction,
  );
}

/** Can the statement compare or store a value of the type? Where every table in it is known to have none, it cannot. */
function mayStore(context: ChangeContext, { change, reading, statement }: Step, type: string): boolean {
  if (idle.has(change.kind)) return false;
  if (statement.text.includes(type)) return true;
  const tables = 'table' in change && change.table !== undefined ? [change.table] : [];
  const reads = [...reading.reads, ...(change.kind === 'CreateView' ? change.reads : [])];
  return [...tables, ...reads.map(({ relation }) => relation)].some((name) => {
    const table = knownTable(context, name);
    return table === undefined || table.partial || table.columns.some((column) => column.type.name === type);
  });
}

/** They only name values, or keep text that nothing reads yet. */
const idle: ReadonlySet<SchemaChange['kind']> = new Set([
  'AddEnumValue',
  'RenameEnumValue',
  'CreateEnum',
  'Comment',
  'CreateFunction',
  'SetSession',
]);

/** Places of the value as a literal, in a DO block's body too; not in comments. */
function literals({ dialect }: ChangeContext, { statement, reading }: Step, value: string): readonly Span[] {
  return literalsIn(statement.text, value, dialect, reading.verb === 'DO');
}

function literalsIn(text: string, value: string, dialect: Dialect, inBodies: boolean): readonly Span[] {
  return tokenize(text, dialect.lexical).flatMap(({ kind, start, end, text: words, value: found }) => {
    if (kind !== 'string') return [];
    if (found === value) return [{ start, end }];
    if (!inBodies || !words.startsWith('$')) return [];
    const body = start + words.indexOf(found);
    return literalsIn(found, value, dialect, false).map((span) => ({ start: body + span.start, end: body + span.end }));
  });
}
