import { at, type ChangeContext, defineRule, type Step } from '../rule.ts';

export const enumValueUsed = defineRule({
  id: 'tx/enum-value-used',
  scope: 'change',
  on: ['AddEnumValue'],
  severity: 'error',
  summary: 'A new enum value cannot be used in the transaction that added it.',
  messages: {
    used: "Fails: '{value}' is used in the transaction that adds it to {type} (unsafe use of new value). Use it in the next migration.",
    'added-here': "'{object}' is added here.",
  },
  explanation: `PostgreSQL refuses a value of an enum in the transaction that added it (\`unsafe use of new value\`), because an abort would leave
rows and indexes with a value that does not exist. Before version 12 \`ALTER TYPE ... ADD VALUE\` could not run in a transaction at all.

**Do instead**: add the value in one migration, use it in the next.

Silent where the type was made in the same transaction and the server allows it (since 17), and for values that are only added.`,
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
  ],
  *check(context) {
    const { change, transaction, statementIndex } = context.step;
    if (change.kind !== 'AddEnumValue' || transaction === undefined || typeIsNew(context, change.type.name)) return;
    const used = laterSteps(context, statementIndex).find((step) => names(step, change.value.name));
    if (used === undefined) return;
    const start = used.statement.text.indexOf(`'${change.value.name}'`);
    yield {
      messageId: 'used',
      args: { value: change.value.name, type: change.type.name },
      anchor: at(used, { start, end: start + change.value.name.length + 2 }),
      object: `${change.type.name}.${change.value.name}`,
      compat: 'none',
      related: [
        { anchor: at(context.step, change.span), messageId: 'added-here', args: { object: change.value.name } },
      ],
      fixes: [{ id: 'move-to-own-migration', args: {} }],
    };
  },
});

function laterSteps({ steps, step }: ChangeContext, after: number): readonly Step[] {
  return steps.filter((each) => each.statementIndex > after && each.transaction === step.transaction);
}

/** As a literal, in a statement that stores or compares values: not in a comment, a function body or another ADD VALUE. */
function names({ change, statement }: Step, value: string): boolean {
  if (!statement.text.includes(`'${value}'`)) return false;
  switch (change.kind) {
    case 'WriteRows':
    case 'SetDefault':
    case 'AddConstraint':
    case 'CreateTable':
    case 'AddColumn':
    case 'ChangeColumnType':
    case 'CreateIndex':
      return true;
    default:
      return false;
  }
}

function typeIsNew({ steps, target }: ChangeContext, name: string): boolean {
  return target.version >= 17 && steps.some(({ change }) => change.kind === 'CreateEnum' && change.type.name === name);
}
