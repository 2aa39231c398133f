import type { PlanRef } from '../../model/finding.ts';
import type { Span } from '../../model/text.ts';
import type { SchemaChange } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isLive, knownColumn, lockArgs, madeBy, severity, written } from '../support.ts';

export const rewriteTable = defineRule({
  id: 'lock/rewrite-table',
  scope: 'change',
  on: ['ChangeColumnType', 'AddColumn', 'SetGenerated', 'SetTableOption'],
  severity: 'warning',
  summary: 'Some changes write the whole table and all its indexes anew while nobody can read or write it.',
  messages: {
    type: 'Rewrites {table} under {lock}: {waits} waits until it ends, and it needs the space of a second copy. Add a column of the new type beside {column}, and swap them in a later release.',
    timezone:
      "Rewrites {table} under {lock} unless the TimeZone of the session is UTC: {waits} waits until it ends. Where the values are UTC, SET LOCAL TimeZone = 'UTC' before it: then nothing is rewritten.",
    index:
      'Rebuilds indexes of {table} under {lock}: {waits} waits until it ends. Add a column of the new type beside {column}, and swap them in a later release.',
    checks:
      'Reads every row of {table} under {lock} because a CHECK uses {column} and is tested again: {waits} waits until it ends. Drop the CHECK first, add it again NOT VALID, and validate it in the next migration.',
    default:
      'Rewrites {table} under {lock}, because the default is computed for every row: {waits} waits until it ends. Add the column without it, SET DEFAULT afterwards, and fill the old rows in batches.',
    constant:
      'Rewrites {table} under {lock}, because before PostgreSQL 11 a default is written into every row: {waits} waits until it ends. Add the column without it, SET DEFAULT afterwards, and fill the old rows in batches.',
    serial:
      'Rewrites {table} under {lock}, because every row gets a number: {waits} waits until it ends. Add a nullable column, fill it in batches, and attach the sequence afterwards.',
    generated:
      'Rewrites {table} under {lock}, because the generated column is stored in every row: {waits} waits until it ends. Fill an ordinary column in batches and keep it current with a trigger.',
    domain:
      'Rewrites {table} under {lock}, because the domain has a constraint that every row must meet: {waits} waits until it ends. Add the column with the base type, and a NOT VALID check.',
    option: 'Rewrites {table} under {lock}: {waits} waits until it ends, and it needs the space of a second copy.',
  },
  explanation: `A rewrite copies every row and builds every index anew, under ACCESS EXCLUSIVE. Its time grows with the table, and a second copy of
it must fit on the disk.

What rewrites: most type changes, a new column with a volatile default (\`random()\`, \`gen_random_uuid()\`, \`clock_timestamp()\`), serial and
identity columns, stored generated columns, columns of a constrained domain, \`SET LOGGED\`, another tablespace or access method. What does not:
a wider varchar, varchar to text, numeric with more digits and the same scale, a constant default, \`now()\` (both since 11).

**Do instead**: an expand/contract pair; the quick fix scaffolds it for type changes.

Columns of one table that change their type and are rewritten in one migration are one finding, and so is a numbered column with its key.
Where the TimeZone decides about the values as well, the rewrite is a sentence of \`data/lossy-cast\`.

Where the new type breaks the running version, the rewrite is a sentence of \`schema/change-column-type\`, whose plan settles both.

Silent for new tables, and where the old type is not known, or whether a new column's type is a domain.`,
  peers: [
    'squawk:changing-column-type',
    'squawk:adding-field-with-default',
    'strong_migrations:change_column',
    'strong_migrations:add_column_default',
    'strong_migrations:add_column_default_callable',
    'strong_migrations:add_column_auto_incrementing',
    'strong_migrations:add_column_generated_stored',
    'eugene:E5',
    'eugene:E10',
    'eugene:E11',
    'atlas:PG301',
    'atlas:PG302',
    'pgls:changingColumnType',
    'pgls:addingFieldWithDefault',
    'pgls:addSerialColumn',
    'pgfence:alter-column-type',
    'pgfence:add-column-non-constant-default',
    'pgfence:add-column-default-pre-pg11',
    'pgfence:add-column-serial',
    'pgfence:add-column-stored-generated',
    'pgfence:set-logged-unlogged',
    'migrationpilot:MP003',
    'migrationpilot:MP007',
    'migrationpilot:MP015',
    'migrationpilot:MP047',
    'migrationpilot:MP062',
    'migrationpilot:MP095',
    'pgsafe:alter-column-type',
    'pgsafe:add-column-volatile-default',
    'pgsafe:add-column-serial',
    'pgsafe:add-column-identity',
    'pgsafe:add-column-generated-stored',
    'pgsafe:set-logged-unlogged',
    'pgsafe:set-access-method',
    'safemigrate:column-type-change-rewrites-table',
    'safemigrate:volatile-default-rewrites-table',
    'safemigrate:identity-column-add-rewrites',
    'safemigrate:stored-generated-column-rewrites',
    'safemigrate:table-logging-mode-rewrites',
    'safemigrate:access-method-change-rewrites',
    'diesel-guard:change-type',
    'diesel-guard:add-column-default',
    'diesel-guard:serial',
    'diesel-guard:add-identity',
    'diesel-guard:generated',
    'bytebase:column_default_disallow_volatile',
    'bytebase:column_disallow_changing_type',
    'migrationpilot:MP089',
  ],
  examples: [
    {
      title: 'A type change that rewrites',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10, 2));',
      sql: 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(14, 4);',
      fires: true,
    },
    {
      title: 'A free widening',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(20));',
      sql: 'ALTER TABLE orders ALTER COLUMN code TYPE varchar(60);',
      fires: false,
    },
    {
      title: 'A volatile default',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();',
      fires: true,
    },
    {
      title: 'A constant default',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE orders ADD COLUMN total int NOT NULL DEFAULT 0;',
      target: 10,
      fires: true,
    },
    {
      title: 'A constant default',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE orders ADD COLUMN total int NOT NULL DEFAULT 0;',
      target: 11,
      fires: false,
    },
  ],
  *check(context) {
    const form = formOf(context);
    if (form === undefined || !isLive(context, form.table)) return;
    const impact = context.impact();
    const rewrites = impact.work.some(({ kind }) => kind === 'rewrite');
    const rebuilds = impact.work.some(({ kind }) => kind === 'index-rebuild' || kind === 'index-build');
    const scans = impact.work.some(({ kind }) => kind === 'scan');
    const isType = form.messageId === 'type';
    if (!rewrites && !(isType && (rebuilds || scans))) return;
    if (!impact.certain && (!rewrites || form.messageId === 'domain' || isUtc(context))) return;
    if (isType && knownColumn(context, form.table, form.column) === undefined) return;
    const table = written(form.table);
    yield {
      messageId: rewrites
        ? isType && dependsOnTimeZone(context)
          ? 'timezone'
          : form.messageId
        : rebuilds
          ? 'index'
          : 'checks',
      args: { table, column: form.column, ...lockArgs(impact) },
      anchor: at(context.step, form.span),
      object: form.column === '' ? table : `${table}.${form.column}`,
      severity: severity(context, 'warning'),
      related: madeBy(context, form.table, isType ? form.column : undefined),
      ...(form.plan === undefined ? {} : { plan: form.plan }),
    };
  },
});

interface Form {
  readonly messageId: string;
  readonly table: ObjectName;
  readonly column: string;
  readonly span: Span;
  readonly plan?: PlanRef;
}

function formOf({ step: { change }, target }: ChangeContext): Form | undefined {
  switch (change.kind) {
    case 'ChangeColumnType': {
      const using = change.using === undefined ? {} : { using: change.using.text };
      const args = { table: written(change.table), column: change.column.name, type: change.type.text, ...using };
      return {
        messageId: 'type',
        table: change.table,
        column: change.column.name,
        span: change.span,
        plan: { operation: 'change-column-type', args },
      };
    }
    case 'AddColumn':
      return addedColumn(change, target.version);
    case 'SetGenerated':
      return change.expression === undefined
        ? undefined
        : { messageId: 'generated', table: change.table, column: change.column.name, span: change.span };
    case 'SetTableOption':
      return { messageId: 'option', table: change.table, column: '', span: change.span };
    default:
      return undefined;
  }
}

function addedColumn(change: Extract<SchemaChange, { kind: 'AddColumn' }>, version: number): Form {
  const { table, spec, span } = change;
  const common = { table, column: spec.column.name };
  if (spec.generated !== undefined) return { ...common, messageId: 'generated', span };
  if (spec.serial === true || spec.identity !== undefined)
    return { ...common, messageId: 'serial', span: spec.serial === true ? spec.typeSpan : span };
  if (spec.defaultTo !== undefined && !spec.defaultTo.constant && spec.defaultSpan !== undefined)
    return { ...common, messageId: 'default', span: spec.defaultSpan };
  if (version < 11 && spec.defaultTo?.isNull === false && spec.defaultSpan !== undefined)
    return { ...common, messageId: 'constant', span: spec.defaultSpan };
  return { ...common, messageId: 'domain', span: spec.typeSpan };
}

/** Between timestamp with and without time zone: the one case that the session decides. */
function dependsOnTimeZone(context: ChangeContext): boolean {
  const { change } = context.step;
  return (
    change.kind === 'ChangeColumnType' &&
    !context.impact().certain &&
    (change.type.name === 'timestamp' || change.type.name === 'timestamptz')
  );
}

/** An earlier statement of the migration sets the session to UTC. */
function isUtc(context: ChangeContext): boolean {
  if (!dependsOnTimeZone(context)) return false;
  const zone = context.steps.findLast(
    ({ change, statementIndex }) =>
      statementIndex < context.step.statementIndex && change.kind === 'SetSession' && change.name === 'timezone',
  )?.change;
  return zone?.kind === 'SetSession' && /^(utc|gmt|etc\/utc)$/i.test(zone.value);
}
