import type { Origin } from '../../schema/catalog.ts';
import type { SchemaChange } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule, type RuleOption } from '../rule.ts';
import { sharedMessages } from '../shared-messages.ts';
import { indexWithName, isLive, written } from '../support.ts';

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

interface Locked {
  readonly key: string;
  readonly name: string;
}

/** The live tables that the change itself is about and locks so strongly that writes wait. */
function lockedTables(context: ChangeContext): readonly Locked[] {
  const { change } = context.step;
  if (change.certainty === 'maybe' || change.kind === 'CreateTable' || change.kind === 'WriteRows') return [];
  const named = namedTables(change);
  const tables =
    change.kind === 'DropIndex' ? ownerOf(context, change.index) : named.flatMap((name) => lockedAs(context, name));
  return tables.length > 0 && isStrong(context) ? tables : [];
}

function isStrong(context: ChangeContext): boolean {
  return context
    .impact()
    .locks.some(({ role, blocks }) => role === 'target' && (blocks === 'reads-and-writes' || blocks === 'writes'));
}

function namedTables(change: SchemaChange): readonly ObjectName[] {
  if (change.kind === 'Truncate' || change.kind === 'LockTable') return change.tables;
  return 'table' in change && change.table !== undefined ? [change.table] : [];
}

function lockedAs(context: ChangeContext, name: ObjectName): readonly Locked[] {
  if (!isLive(context, name)) return [];
  const found = context.relation(name);
  return [{ key: found.kind === 'known' ? identityOf(found.value.origin) : written(name), name: written(name) }];
}

/** A table that is renamed stays the one it was. */
function identityOf({ migration, statement, nth }: Origin): string {
  return [migration, statement.nth, nth, statement.text].join(' ');
}

/** DROP INDEX locks the table that the index stands on. */
function ownerOf(context: ChangeContext, name: ObjectName): readonly Locked[] {
  const key = indexWithName(context, name)?.table;
  const table = key === undefined ? undefined : context.before.objects.get(key);
  if (key === undefined || table?.kind !== 'table' || context.isUnreleased(table.origin)) return [];
  return [{ key: identityOf(table.origin), name: table.name.name }];
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
