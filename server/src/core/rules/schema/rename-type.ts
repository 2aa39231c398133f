import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isReplaced, knownType, severity, written } from '../support.ts';

export const renameType = defineRule({
  id: 'schema/rename-type',
  scope: 'change',
  on: ['RenameType', 'AlterDomain', 'ChangeObject', 'RenameSequence', 'DropSequence', 'SetTableSchema'],
  severity: 'warning',
  summary: 'A type or a sequence under another name breaks the queries that name it.',
  messages: {
    type: 'Queries of the running version that cast to {name} or name it in a parameter fail as soon as this commits; columns follow by themselves. Leave the name, or release code that does not say it first.',
    sequence:
      "nextval('{name}') of the running version and of its ORM fails as soon as this commits; defaults of columns follow by themselves. Leave the name, or release code that does not say it first.",
    dropped:
      "nextval('{name}') of the running version and of its ORM fails as soon as this commits. Release code that does not say it first, and drop it in a later release.",
  },
  explanation: `Columns and defaults are tied to types and sequences by number and follow a new name. Text does not: \`'x'::mood\`, \`CAST (? AS mood)\`, a
driver's type map, \`nextval('orders_seq')\` in an ORM's generator.

**Do instead**: leave the name as it is. A new type can stand beside the old one (\`CREATE DOMAIN new AS old\` for a plain one). There is no
quick fix: who says the name only people know.

Silent for what is unreleased, for sequences that belong to a column, and where the same migration makes the name again.`,
  examples: [
    {
      title: 'Queries cast to it',
      given: "CREATE TYPE mood AS ENUM ('ok');",
      sql: 'ALTER TYPE mood RENAME TO feeling;',
      fires: true,
    },
    {
      title: 'Made in the same release',
      sql: "CREATE TYPE mood AS ENUM ('ok');\nALTER TYPE mood RENAME TO feeling;",
      fires: false,
    },
  ],
  *check(context) {
    const gone = goneName(context);
    if (gone === undefined || context.step.change.certainty === 'maybe') return;
    yield {
      messageId: gone.messageId,
      args: { name: gone.name },
      anchor: at(context.step, context.step.change.span),
      object: gone.name,
      severity: severity(context, 'warning'),
      compat: 'breaking',
      related: [context.madeAt(gone.origin, 'made-here', { object: gone.name })],
    };
  },
});

function goneName(context: ChangeContext) {
  const { change } = context.step;
  switch (change.kind) {
    case 'RenameType':
      return type(context, change.type);
    case 'AlterDomain':
      return change.action === 'schema' ? type(context, change.type) : undefined;
    case 'ChangeObject':
      return change.objectKind === 'type' && change.options?.schema !== undefined
        ? type(context, change.object)
        : undefined;
    case 'RenameSequence':
      return sequence(context, change.sequence, 'sequence');
    case 'SetTableSchema':
      return sequence(context, change.table, 'sequence');
    case 'DropSequence':
      return sequence(context, change.sequence, 'dropped');
    default:
      return undefined;
  }
}

function type(context: ChangeContext, name: Parameters<typeof written>[0]) {
  const found = knownType(context, name);
  if (found === undefined || context.isUnreleased(found.value.origin)) return undefined;
  const isMadeAgain = context.steps.some(
    ({ statementIndex, change }) =>
      statementIndex > context.step.statementIndex &&
      (change.kind === 'CreateEnum' || change.kind === 'CreateType' || change.kind === 'CreateDomain') &&
      change.type.name === name.name,
  );
  return isMadeAgain ? undefined : { messageId: 'type', name: written(name), origin: found.value.origin };
}

function sequence(context: ChangeContext, name: ObjectName, messageId: string) {
  const found = context.relation(name);
  if (found.kind !== 'known' || found.value.kind !== 'sequence' || found.value.ownedBy !== undefined) return undefined;
  const isMadeAgain = isReplaced(context, name, ({ change }) =>
    change.kind === 'CreateSequence' ? change.sequence : undefined,
  );
  if (context.isUnreleased(found.value.origin) || isMadeAgain) return undefined;
  return { messageId, name: written(name), origin: found.value.origin };
}
