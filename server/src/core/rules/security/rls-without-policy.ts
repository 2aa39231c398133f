import type { Table } from '../../schema/catalog.ts';
import type { SchemaChange } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, type Draft, defineRule, type Step } from '../rule.ts';
import { isBehind, isLive, knownTable, lastName, madeBy, severity, written } from '../support.ts';

export const rlsWithoutPolicy = defineRule({
  id: 'security/rls-without-policy',
  scope: 'change',
  on: ['SetTableOption', 'ChangeObject'],
  severity: 'warning',
  consequence: 'breaks',
  summary: 'Row security without a policy hides every row; a policy without row security hides none.',
  messages: {
    hides:
      'From here on nobody but the owner of {table} (and roles with BYPASSRLS) sees or writes a single row of it: row security is on, and no permissive policy lets any row through. Create the policies in this migration, before row security is enabled.',
    forces:
      'From here on even the owner of {table} sees none of its rows: row security is forced, and no permissive policy lets any row through. Create the policies first.',
    'no-effect':
      'The policy {policy} has no effect: row security of {table} is not enabled, so everybody who may read the table sees every row. Enable it with ALTER TABLE {table} ENABLE ROW LEVEL SECURITY.',
    disables:
      'Without row security the policies of {table} ({policies}) have no effect: whoever may read the table sees every row from here on. Change the policies instead.',
  },
  explanation: `Row security and policies need each other, and neither statement says so. \`ENABLE ROW LEVEL SECURITY\` without a permissive policy is
"deny all": queries of every other role succeed and find nothing, and inserts fail. A policy on a table whose row security is not enabled is
stored and never asked. A restrictive policy lets nothing through by itself. The owner of the table and superusers pass row security by,
unless it is forced: so a test that runs as the owner sees no difference.

**Do instead**: create the policies first, enable row security behind them, in one migration. There is no quick fix: who may see what only
people know.

Looked at is the end of the migration, and what pending ones behind it do. Silent for new tables, which deny all until somebody uses them, where the table is not known, and for
what a branch of a DO block does.`,
  peers: ['migrationpilot:MP057', 'supabase:rls_enabled_no_policy', 'supabase:policy_exists_rls_disabled'],
  examples: [
    {
      title: 'Nobody sees a row any more',
      given: 'CREATE TABLE notes (id bigint PRIMARY KEY, owner name);',
      sql: 'ALTER TABLE notes ENABLE ROW LEVEL SECURITY;',
      fires: true,
    },
    {
      title: 'A policy that is never asked',
      given: 'CREATE TABLE notes (id bigint PRIMARY KEY, owner name);',
      sql: 'CREATE POLICY own ON notes USING (owner = current_user);',
      fires: true,
    },
    {
      title: 'Both',
      given: 'CREATE TABLE notes (id bigint PRIMARY KEY, owner name);',
      sql: 'CREATE POLICY own ON notes USING (owner = current_user);\nALTER TABLE notes ENABLE ROW LEVEL SECURITY;',
      fires: false,
    },
  ],
  settledBy: {
    words: ({ table }) => [lastName(String(table))],
    isBy: ({ table, policy }, change) =>
      'table' in change &&
      change.table?.name === lastName(String(table)) &&
      isCompletedBy(policy !== undefined, change),
  },
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    if (change.kind === 'SetTableOption' && change.option === 'row-security') yield* onSetting(context, change.table);
    if (change.kind !== 'ChangeObject' || change.objectKind !== 'policy' || change.table === undefined) return;
    if (change.verb === 'create') yield* onCreate(context, change.table, change.object.name);
    if (change.verb === 'drop') yield* onDrop(context, change.table);
  },
});

/** The policy that was missing, or the row security that asks it. */
function isCompletedBy(hasPolicy: boolean, change: SchemaChange): boolean {
  if (change.kind === 'SetTableOption')
    return change.option === 'row-security' && change.options?.setting === (hasPolicy ? 'enable' : 'disable');
  return (
    !hasPolicy &&
    change.kind === 'ChangeObject' &&
    change.objectKind === 'policy' &&
    change.verb === 'create' &&
    change.options?.restrictive !== true
  );
}

function* onSetting(context: ChangeContext, name: ObjectName): Generator<Draft> {
  const tables = both(context, name);
  if (tables === undefined) return;
  const { before, after } = tables;
  const policies = policiesAtEnd(context, after);
  const [was, is] = [before.rowSecurity, after.rowSecurity];
  if (was.enabled && !is.enabled && policies.size > 0 && !isSwitched(context, after, 'enable'))
    yield draft(context, name, 'disables', { policies: [...policies.keys()].join(', ') });
  if (letsThrough(policies) || isSwitched(context, after, 'disable')) return;
  if (is.enabled && !was.enabled) yield draft(context, name, 'hides');
  else if (is.enabled && is.forced && !was.forced) yield draft(context, name, 'forces');
}

function* onCreate(context: ChangeContext, name: ObjectName, policy: string): Generator<Draft> {
  const table = both(context, name)?.after;
  if (table === undefined || table.rowSecurity.enabled || isSwitched(context, table, 'enable')) return;
  if (policiesAtEnd(context, table).has(policy)) yield draft(context, name, 'no-effect', { policy });
}

/** The last one is gone. */
function* onDrop(context: ChangeContext, name: ObjectName): Generator<Draft> {
  const tables = both(context, name);
  if (tables === undefined || !tables.after.rowSecurity.enabled || isSwitched(context, tables.after, 'disable')) return;
  const wereOpen = tables.before.policies.some(
    ({ restrictive, origin }) => !restrictive && !context.isUnreleased(origin),
  );
  if (!wereOpen || tables.after.policies.some(({ restrictive }) => !restrictive)) return;
  if (!letsThrough(policiesAtEnd(context, tables.after))) yield draft(context, name, 'hides');
}

interface Both {
  readonly before: Table;
  readonly after: Table;
}

/** A table that is in use and known in full. */
function both(context: ChangeContext, name: ObjectName): Both | undefined {
  const before = knownTable(context, name);
  if (before === undefined || before.partial || !isLive(context, name)) return undefined;
  const found = context.table(name);
  const after = found.kind === 'known' ? context.after.objects.get(found.key) : undefined;
  return after?.kind === 'table' ? { before, after } : undefined;
}

/** By name, restrictive or not, when the migration ends. */
function policiesAtEnd(context: ChangeContext, table: Table): ReadonlyMap<string, boolean> {
  const policies = new Map(table.policies.map(({ name, restrictive }) => [name, restrictive]));
  for (const { change } of later(context, table)) {
    if (change.kind !== 'ChangeObject' || change.objectKind !== 'policy') continue;
    const { name } = change.object;
    if (change.verb === 'create') policies.set(name, change.options?.restrictive === true);
    if (change.verb === 'drop') policies.delete(name);
    if (change.verb === 'rename' && change.newName !== undefined)
      policies.set(change.newName.name, policies.get(name) ?? false);
  }
  return policies;
}

function letsThrough(policies: ReadonlyMap<string, boolean>): boolean {
  return [...policies.values()].some((restrictive) => !restrictive);
}

/** Is it switched that way by a later statement, or the table dropped? */
function isSwitched(context: ChangeContext, table: Table, setting: 'enable' | 'disable'): boolean {
  return later(context, table).some(
    ({ change }) =>
      change.kind === 'DropTable' ||
      (change.kind === 'SetTableOption' && change.option === 'row-security' && change.options?.setting === setting),
  );
}

function later({ steps, step }: ChangeContext, { name }: Table): readonly Step[] {
  return steps.filter(
    (each) => isBehind(each, step) && 'table' in each.change && each.change.table?.name === name.name,
  );
}

function draft(
  context: ChangeContext,
  name: ObjectName,
  messageId: string,
  args: Readonly<Record<string, string>> = {},
): Draft {
  const table = written(name);
  return {
    messageId,
    args: { table, ...args },
    anchor: at(context.step, context.step.change.span),
    object: table,
    severity: severity(context, 'warning'),
    related: madeBy(context, name),
  };
}
