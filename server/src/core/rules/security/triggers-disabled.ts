import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, type Draft, defineRule, type Step } from '../rule.ts';
import { isLive, madeBy, severity, written } from '../support.ts';

export const triggersDisabled = defineRule({
  id: 'security/triggers-disabled',
  scope: 'change',
  on: ['SetTrigger', 'SetSession'],
  severity: 'warning',
  consequence: 'other',
  summary: 'Triggers that are disabled and not enabled again leave rows unchecked for good.',
  messages: {
    disables:
      'The trigger {trigger} of {table} stays disabled when this migration ends: from then on nothing that it does or checks happens for anybody. Enable it again in this migration.',
    user: 'The triggers of {table} stay disabled when this migration ends: from then on nothing that they do or check happens for anybody. Enable them again in this migration.',
    all: 'All triggers of {table} stay disabled when this migration ends, and with them every foreign key from and to it: rows without a partner are let in by everybody, and no later check finds them. Enable them again in this migration.',
    session:
      'session_replication_role stays {role}: in the rest of this session no trigger fires and no foreign key is checked, in the migrations that follow too. Use SET LOCAL, or reset it in this migration.',
  },
  explanation: `\`DISABLE TRIGGER\` is not a property of the session but of the table: it lasts, for everybody, until somebody enables the trigger again.
\`DISABLE TRIGGER ALL\` takes the triggers behind foreign keys as well: deletes and inserts pass unchecked, the constraint still says that it is
validated, and enabling it again checks none of the rows. \`session_replication_role = replica\` does the same to every table for
the rest of the session, which a migration tool uses for the next migrations, too.

**Do instead**: enable the triggers again at the end of the same migration (the quick fix adds it), name the one trigger that is in the way
instead of ALL, or use \`SET LOCAL\`.

Silent where the migration enables them again, drops the trigger or the table, for new tables, and for \`SET LOCAL\`.`,
  peers: ['migrationpilot:MP064', 'pgls:avoidEnableDisableTrigger', 'pgfence:enable-disable-trigger'],
  examples: [
    {
      title: 'Never enabled again',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total int);',
      sql: 'ALTER TABLE orders DISABLE TRIGGER ALL;\nUPDATE orders SET total = 0 WHERE id = 7;',
      fires: true,
    },
    {
      title: 'Enabled again',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total int);',
      sql: 'ALTER TABLE orders DISABLE TRIGGER ALL;\nUPDATE orders SET total = 0 WHERE id = 7;\nALTER TABLE orders ENABLE TRIGGER ALL;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    if (change.kind === 'SetTrigger' && !change.enabled) yield* onTable(context, change.table, change.trigger.name);
    if (change.kind === 'SetSession') yield* onSession(context);
  },
});

function* onTable(context: ChangeContext, name: ObjectName, trigger: string): Generator<Draft> {
  if (!isLive(context, name) || later(context).some((step) => endsDisabling(step, name, trigger))) return;
  const table = written(name);
  yield {
    messageId: trigger === 'all' || trigger === 'user' ? trigger : 'disables',
    args: { table, trigger },
    anchor: at(context.step, context.step.change.span),
    object: `${table}.${trigger}`,
    severity: severity(context, 'warning'),
    related: madeBy(context, name),
    fixes: [{ id: 'enable-triggers', args: {} }],
  };
}

/** USER leaves those of foreign keys as they are. */
function endsDisabling({ change }: Step, { name }: ObjectName, trigger: string): boolean {
  if (!('table' in change) || change.table?.name !== name) return false;
  switch (change.kind) {
    case 'SetTrigger':
      return (
        change.enabled &&
        (change.trigger.name === trigger ||
          change.trigger.name === 'all' ||
          (change.trigger.name === 'user' && trigger !== 'all'))
      );
    case 'DropTrigger':
    case 'CreateTrigger':
      return change.trigger.name === trigger;
    case 'DropTable':
      return true;
    default:
      return false;
  }
}

function* onSession(context: ChangeContext): Generator<Draft> {
  const { change } = context.step;
  if (change.kind !== 'SetSession' || change.name !== 'session_replication_role' || change.local) return;
  if (change.value.toLowerCase() !== 'replica' || later(context).some(resets)) return;
  yield {
    messageId: 'session',
    args: { role: change.value.toLowerCase() },
    anchor: at(context.step, change.span),
    object: 'session_replication_role',
    severity: severity(context, 'warning'),
    fixes: [{ id: 'enable-triggers', args: {} }],
  };
}

function resets({ change }: Step): boolean {
  if (change.kind !== 'SetSession') return false;
  return (
    (change.name === 'session_replication_role' && change.value.toLowerCase() !== 'replica') || change.name === 'all'
  );
}

function later({ steps, step }: ChangeContext): readonly Step[] {
  return steps.filter(({ statementIndex }) => statementIndex > step.statementIndex);
}
