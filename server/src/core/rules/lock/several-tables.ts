import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule, type RuleOption } from '../rule.ts';
import { sharedMessages } from '../shared-messages.ts';
import { isLive, written } from '../support.ts';

const most: RuleOption = {
  name: 'tables',
  description: 'Tables that one transaction may lock without a word.',
  min: 1,
  max: 100,
  default: 1,
};

export const severalTables = defineRule({
  id: 'lock/several-tables',
  scope: 'migration',
  severity: 'info',
  summary: 'One transaction that locks several tables keeps all of them until it commits, and can deadlock.',
  messages: {
    holds:
      'This transaction already keeps {first} locked when it asks for {lock} on {second}: both stay locked until it commits, and with traffic that uses them in the other order it deadlocks. Give each table a migration of its own.',
    'first-here': sharedMessages['first-here'] ?? '',
  },
  explanation: `Locks are kept until the end of the transaction. A migration that alters two busy tables in one transaction waits for the second
while it holds the first: everything that touches the first waits with it, and a query that has the second and wants the first makes a
deadlock.

**Do instead**: one table per migration, the shortest lock last, and \`lock_timeout\` set.

Counted are locks that block writes, on tables that earlier releases made. Foreign keys lock two tables by their nature and are told by
\`lock/add-foreign-key\`.`,
  peers: ['eugene:E9'],
  options: [most],
  examples: [
    {
      title: 'Two tables in one transaction',
      given: 'CREATE TABLE a (id int);\nCREATE TABLE b (id int);',
      sql: 'ALTER TABLE a ADD COLUMN x int;\nALTER TABLE b ADD COLUMN x int;',
      fires: true,
    },
    {
      title: 'One table',
      given: 'CREATE TABLE a (id int);',
      sql: 'ALTER TABLE a ADD COLUMN x int;\nALTER TABLE a ADD COLUMN y int;',
      fires: false,
    },
  ],
  *check(context, option) {
    const held = new Map<number, Map<string, Held>>();
    const told = new Set<number>();
    for (const each of context.contexts) {
      const { transaction } = each.step;
      const name = lockedTable(each);
      if (transaction === undefined || told.has(transaction) || name === undefined) continue;
      const tables = held.get(transaction) ?? new Map<string, Held>();
      held.set(transaction, tables);
      const key = keyOf(each, name);
      const [first] = tables.values();
      if (!tables.has(key) && first !== undefined && tables.size >= option(most)) {
        told.add(transaction);
        yield finding(first, each, name);
      } else if (!tables.has(key)) tables.set(key, { name, context: each });
    }
  },
});

interface Held {
  readonly name: ObjectName;
  readonly context: ChangeContext;
}

/** The live table that the change locks so strongly that writes wait. */
function lockedTable(context: ChangeContext): ObjectName | undefined {
  const { change } = context.step;
  if (!('table' in change) || change.table === undefined || change.certainty === 'maybe') return undefined;
  if (change.kind === 'CreateTable' || change.kind === 'WriteRows' || !isLive(context, change.table)) return undefined;
  const strong = context
    .impact()
    .locks.some(({ role, blocks }) => role === 'target' && (blocks === 'reads-and-writes' || blocks === 'writes'));
  return strong ? change.table : undefined;
}

function keyOf(context: ChangeContext, name: ObjectName): string {
  const found = context.relation(name);
  return found.kind === 'known' ? found.key : written(name);
}

function finding(first: Held, second: ChangeContext, name: ObjectName) {
  const lock = second.impact().locks.find(({ role }) => role === 'target')?.mode ?? 'a lock';
  const { step } = first.context;
  return {
    messageId: 'holds',
    args: { first: written(first.name), second: written(name), lock },
    anchor: at(second.step, second.step.change.span),
    object: written(name),
    impact: second.impact(),
    related: [{ anchor: at(step, step.change.span), messageId: 'first-here', args: { object: written(first.name) } }],
    fixes: [{ id: 'move-to-own-migration', args: {} }],
  };
}
