import { lockedTables } from '../locked-tables.ts';
import { at, type ChangeContext, defineRule, type RuleOption } from '../rule.ts';
import { sharedMessages } from '../shared-messages.ts';

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
  severity: 'hint',
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

Only a hint, because brief locks that every transaction takes in the same order harm nobody; what waits while a long statement runs
is told by other rules. Counted are locks that block writes, on tables that earlier releases made. Foreign keys lock two tables by their nature and are told by
\`lock/add-foreign-key\`.`,
  peers: ['pgls:avoidWideLockWindow', 'pgfence:wide-lock-window', 'migrationpilot:MP008'],
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
      if (transaction === undefined || told.has(transaction)) continue;
      const tables = held.get(transaction) ?? new Map<string, Held>();
      held.set(transaction, tables);
      const [first] = tables.values();
      const added = lockedTables(each).filter(({ key }) => !tables.has(key));
      const [second] = added;
      if (first !== undefined && second !== undefined && tables.size >= option(most)) {
        told.add(transaction);
        yield finding(first, each, second.name);
      } else for (const { key, name } of added) tables.set(key, { name, context: each });
    }
  },
});

interface Held {
  readonly name: string;
  readonly context: ChangeContext;
}

function finding(first: Held, second: ChangeContext, name: string) {
  const lock = second.impact().locks.find(({ role }) => role === 'target')?.mode ?? 'a lock';
  const { step } = first.context;
  return {
    messageId: 'holds',
    args: { first: first.name, second: name, lock },
    anchor: at(second.step, second.step.change.span),
    object: name,
    impact: second.impact(),
    related: [{ anchor: at(step, step.change.span), messageId: 'first-here', args: { object: first.name } }],
    fixes: [{ id: 'move-to-own-migration', args: {} }],
  };
}
