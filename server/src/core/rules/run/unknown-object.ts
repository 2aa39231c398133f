import type { Span } from '../../model/text.ts';
import type { Table, UserType } from '../../schema/catalog.ts';
import type { ChangeOf, ColumnSpec, SchemaChange } from '../../schema/change.ts';
import { candidateKeys, schemaKey, temporarySchema } from '../../schema/keys.ts';
import { isComplete, lookupType } from '../../schema/lookup.ts';
import type { Ident, ObjectName } from '../../schema/names.ts';
import { overloadsOf, routineNamed } from '../../schema/routines.ts';
import { perhapsSystemColumns } from '../../schema/system-columns.ts';
import type { Expression } from '../../schema/types.ts';
import { hasStandIn } from '../../text/stand-in.ts';
import { attributeChange } from '../attributes.ts';
import { lookedUpIn } from '../bodies.ts';
import { missingReads, wordOf } from '../read-columns.ts';
import { type ChangeContext, type Draft, defineRule, type Step } from '../rule.ts';
import { knownTable, knownType, lastName, written } from '../support.ts';
import { failure } from './failure.ts';

export const unknownObject = defineRule({
  id: 'run/unknown-object',
  scope: 'change',
  on: [
    'DropTable',
    'RenameTable',
    'SetTableSchema',
    'AddColumn',
    'DropColumn',
    'RenameColumn',
    'ChangeColumnType',
    'SetNotNull',
    'DropNotNull',
    'SetDefault',
    'DropDefault',
    'SetIdentity',
    'SetGenerated',
    'AddConstraint',
    'DropConstraint',
    'RenameConstraint',
    'ValidateConstraint',
    'CreateIndex',
    'DropIndex',
    'RenameIndex',
    'DropView',
    'RefreshView',
    'CreateTrigger',
    'CreateFunction',
    'Truncate',
    'WriteRows',
    'AttachPartition',
    'DetachPartition',
    'CreateTable',
    'CreateView',
    'SetTableOption',
    'SetTrigger',
    'SetInheritance',
    'AlterConstraint',
    'RenameView',
    'RenameViewColumn',
    'AlterSequence',
    'DropSequence',
    'RenameSequence',
    'DropTrigger',
    'RenameTrigger',
    'LockTable',
    'Maintain',
    'Comment',
    'Grant',
    'DropType',
    'RenameType',
    'AddEnumValue',
    'RenameEnumValue',
    'AlterDomain',
    'ChangeObject',
    'DropFunction',
  ],
  severity: 'error',
  summary: 'A table, column, constraint, index or other object that is not there: the statement fails.',
  messages: {
    relation:
      'Fails: there is no {object} at this point. No earlier migration makes it, or one has dropped or renamed it.',
    column: 'Fails: {table} has no column {column} at this point.',
    constraint: 'Fails: {table} has no constraint {constraint} at this point.',
    trigger: 'Fails: {table} has no trigger {trigger} at this point.',
    policy: 'Fails: {table} has no policy {policy} at this point.',
    rule: 'Fails: {table} has no rule {policy} at this point.',
    routine:
      'Fails: there is no {object} at this point. No earlier migration makes it with these arguments, or one has dropped or renamed it.',
    attribute: 'Fails: {type} has no attribute {attribute} at this point.',
    again: '{migration} takes it away: the file runs again when it is edited, and behind it on a fresh database.',
    'gone-here': '{migration} takes it away here.',
    value: "Fails: {type} has no value '{value}' at this point.",
  },
  explanation: `The history was replayed up to this statement, and it is complete: nothing before it has made the object, or something dropped or
renamed it.

The body of a function in SQL is looked into when it is made, unless \`check_function_bodies\` is off: what it reads and writes has to be there already. A body in
PL/pgSQL is not.

A repeatable migration that has run is told as well, with a warning, where a pending migration drops or renames what it names: nothing fails today, but at its next run
and on a fresh database.

No fix is offered: IF EXISTS would pass over it, and hide that the history is not what the statement believes.

Silent where the history is not complete (\`completeFrom\` in schemaward.yaml), where a code migration or dynamic SQL may have made it, for IF EXISTS,
for what a branch of a DO block does, and where a placeholder of an unknown value names something that may be it.`,
  examples: [
    { title: 'A name that is nowhere made', sql: 'ALTER TABLE nowhere ADD COLUMN c int;', fires: true },
    {
      title: 'In the body of a function',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      sql: "CREATE FUNCTION mail(bigint) RETURNS text LANGUAGE sql AS 'SELECT mail FROM users WHERE id = $1';",
      fires: true,
    },
    { title: 'IF EXISTS', sql: 'DROP TABLE IF EXISTS nowhere;', fires: false },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe' || skipsMissing(change) || isThere(context)) return;
    for (const missing of missingObjects(context)) if (!hasStandIn(lastName(missing.object))) yield missing;
  },
});

function* missingObjects(context: ChangeContext): Generator<Draft> {
  const { change } = context.step;
  for (const name of relationsOf(context)) {
    if (context.relation(name).kind !== 'absent' || isNamedTwice(change) || standsOutside(context, name)) continue;
    const isAltered = !('table' in change) || change.table === name;
    if (isAltered && change.skipsMissing === true) return;
    yield draft(context, 'relation', { object: written(name) }, name.span, written(name));
    return;
  }
  if (change.skipsMissing !== true) yield* missingType(context);
  yield* missingAttribute(context);
  yield* missingParts(context);
  for (const { relation, column } of missingReads(context)) {
    const table = written(relation);
    yield draft(context, 'column', { table, column: column.name }, column.span, `${table}.${column.name}`);
  }
}

/**
 * A relation of the name stands in a schema that no migration makes, because a placeholder of an unknown value names it or
 * somebody else made it: how names are found there, the files do not say.
 */
function standsOutside({ before, dialect, target }: ChangeContext, { schema, name }: ObjectName): boolean {
  if (schema !== undefined) return false;
  const usual = new Set([...dialect.semantics(target).defaultSearchPath, ...before.initialSearchPath, temporarySchema]);
  return [...before.objects].some(
    ([, object]) =>
      object.name.name === name &&
      object.kind !== 'schema' &&
      !usual.has(object.name.schema) &&
      !before.objects.has(schemaKey(object.name.schema)),
  );
}

/** IF EXISTS about the object itself; about a part of a table it says nothing of the table. */
function skipsMissing(change: SchemaChange): boolean {
  if (change.kind === 'ChangeObject' && change.options?.ifExists === true) return true;
  if (!('ifExists' in change) || !change.ifExists) return false;
  return !('column' in change) && !('constraint' in change);
}

/** `DROP TABLE a, public.a`: the second is gone with the first. */
function isNamedTwice(change: SchemaChange): boolean {
  const own = change.kind === 'DropTable' ? change.table : change.kind === 'DropView' ? change.view : undefined;
  const together = change.kind === 'DropTable' || change.kind === 'DropView' ? (change.together ?? []) : [];
  return together.filter(({ name }) => name === own?.name).length > 1;
}

/** IF NOT EXISTS of what is there: nothing else of the statement is looked at. */
function isThere(context: ChangeContext): boolean {
  const { change } = context.step;
  if (change.kind === 'CreateTable') return change.ifNotExists && context.relation(change.table).kind === 'known';
  return change.kind === 'CreateView' && change.ifNotExists && context.relation(change.view).kind === 'known';
}

/** Relations that must exist for the statement to run, the one that is altered first. */
function relationsOf(context: ChangeContext): readonly ObjectName[] {
  const { step } = context;
  const { change } = step;
  switch (change.kind) {
    case 'CreateTable': {
      const own = change.table.name;
      const referenced = change.constraints.flatMap(({ references }) =>
        references === undefined || references.table.name === own ? [] : [references.table],
      );
      return [
        ...(change.asQuery ?? []).map(({ relation }) => relation),
        ...change.like.map(({ table }) => table),
        ...referenced,
        ...change.columns.flatMap(countedUp),
        ...change.inherits,
        ...(change.partitionOf === undefined ? [] : [change.partitionOf.parent]),
      ];
    }
    case 'DropIndex':
    case 'RenameIndex':
      return change.ifExists ? [] : [change.index];
    case 'DropView':
    case 'RefreshView':
    case 'RenameView':
    case 'RenameViewColumn':
      return [change.view];
    case 'CreateView':
      return change.reads.map(({ relation }) => relation);
    case 'CreateFunction':
      return lookedUpIn(context, change).map(({ relation }) => relation);
    case 'AlterSequence':
    case 'DropSequence':
    case 'RenameSequence':
      return [change.sequence];
    case 'Truncate':
    case 'LockTable':
      return change.tables;
    case 'Grant':
      return change.objects;
    case 'Comment':
      return ofRelations.has(change.objectKind) && knownType(context, change.object) === undefined
        ? [change.object]
        : [];
    case 'Maintain':
      return change.target !== undefined && (change.scope === 'table' || change.scope === 'index')
        ? [change.target]
        : [];
    case 'SetInheritance':
      return [change.table, change.parent];
    case 'WriteRows':
      return [change.table, ...(isBlock(step) ? [] : step.reading.reads.map(({ relation }) => relation))];
    case 'AttachPartition':
    case 'DetachPartition':
      return [change.table, change.partition];
    case 'AddConstraint':
      return [
        change.table,
        ...(change.constraint.references === undefined ? [] : [change.constraint.references.table]),
      ];
    case 'AddColumn':
      return [
        change.table,
        ...change.constraints.flatMap(({ references }) => references?.table ?? []),
        ...countedUp(change.spec),
      ];
    case 'SetDefault':
      return [change.table, ...sequenceOf(change.expression, change.span)];
    case 'ChangeObject':
      return change.table !== undefined && ON_TABLES.has(change.objectKind)
        ? [change.table, ...(change.reads ?? []).map(({ relation }) => relation)]
        : [];
    default:
      return 'table' in change && change.table !== undefined ? [change.table] : [];
  }
}

const ON_TABLES: ReadonlySet<string> = new Set(['policy', 'rule']);

/** The sequence that a default counts up. */
function countedUp({ defaultTo, defaultSpan, column }: ColumnSpec): readonly ObjectName[] {
  return sequenceOf(defaultTo, defaultSpan ?? column.span);
}

function sequenceOf(value: Expression | undefined, span: Span): readonly ObjectName[] {
  return value?.sequence === undefined ? [] : [{ ...value.sequence, span }];
}

/** What a DO block reads may stand in a branch. */
const isBlock = ({ reading }: Step): boolean => reading.verb === 'DO';

/** Kinds of COMMENT ON whose name is a relation's; a column may be a composite type's as well. */
const ofRelations: ReadonlySet<string> = new Set([
  'table',
  'view',
  'materialized view',
  'foreign table',
  'index',
  'sequence',
  'column',
  'trigger',
  'rule',
  'policy',
]);

function* missingType(context: ChangeContext): Generator<Draft> {
  const { change } = context.step;
  if (!('type' in change) || !('span' in change.type) || change.kind.startsWith('Create')) return;
  const found = lookupType(context.before, context.dialect.semantics(context.target), change.type);
  const type = written(change.type);
  if (found.kind === 'absent') yield draft(context, 'relation', { object: type }, change.type.span, type);
  if (found.kind !== 'known') return;
  const value = namedValue(change);
  const isSkipped = change.kind === 'AddEnumValue' && change.ifNotExists && isValue(found.value, change.value.name);
  if (value !== undefined && !isSkipped && !isValue(found.value, value.name))
    yield draft(context, 'value', { type, value: value.name }, value.span, `${type}.${value.name}`);
  yield* missingDomainConstraint(context, found.value);
}

/** `ALTER TYPE c ... ATTRIBUTE a` */
function* missingAttribute(context: ChangeContext): Generator<Draft> {
  const altered = attributeChange(context);
  if (altered === undefined || altered.action === 'add') return;
  const { type, attribute } = altered;
  if (type.form !== 'composite' || type.attributes.some(({ name }) => name === attribute)) return;
  const args = { type: type.name.name, attribute };
  yield draft(context, 'attribute', args, context.step.change.span, `${type.name.name}.${attribute}`);
}

/** The value that is renamed, or beside which a new one goes. */
function namedValue(change: SchemaChange): Ident | undefined {
  if (change.kind === 'RenameEnumValue') return change.value;
  const beside = change.kind === 'AddEnumValue' ? (change.options?.before ?? change.options?.after) : undefined;
  return typeof beside === 'string' ? { name: beside, span: change.span } : undefined;
}

function isValue({ values }: UserType, value: string): boolean {
  return values.some(({ name }) => name === value);
}

/** `ALTER DOMAIN d DROP | VALIDATE | RENAME CONSTRAINT c` */
function* missingDomainConstraint(context: ChangeContext, domain: UserType): Generator<Draft> {
  const { change } = context.step;
  if (change.kind !== 'AlterDomain' || change.constraint === undefined || change.action === 'add-constraint') return;
  const { name: constraint, span } = change.constraint;
  // From 17 on NOT NULL has a name, which a history that does not say on what it runs does not tell.
  const isNotNull = domain.notNullName === constraint || (domain.notNull && !context.target.versionKnown);
  if (domain.form !== 'domain' || isNotNull || domain.checks.includes(constraint) || change.options?.ifExists === true)
    return;
  const table = domain.name.name;
  yield draft(context, 'constraint', { table, constraint }, span, `${table}.${constraint}`);
}

function* missingParts(context: ChangeContext): Generator<Draft> {
  const { change } = context.step;
  if (change.kind === 'Comment') yield* missingCommented(context, change);
  if (change.kind === 'DropFunction') yield* missingRoutine(context, change.fn, change.argTypes);
  if (change.kind === 'CreateTrigger') yield* missingRoutine(context, change.fn, []);
  if (!('table' in change) || change.table === undefined) return;
  const table = knownTable(context, change.table);
  // What nobody could read may have added it.
  if (table === undefined || table.partial || context.before.tainted.has('*')) return;
  const isOptional = 'ifExists' in change && change.ifExists === true && !onKind.has(change.kind);
  const name = written(change.table);
  if ('constraint' in change && change.kind !== 'AddConstraint' && !isOptional) {
    const { constraint } = change;
    // From 18 on each NOT NULL has a name, which a history that does not say on what it runs does not tell.
    const isNotNull =
      !context.target.versionKnown &&
      /_not_null\d*$/.test(constraint.name) &&
      table.columns.some(({ nullable }) => !nullable);
    const isThere = table.constraints.some(({ name }) => name === constraint.name || hasStandIn(name));
    if (!isNotNull && !isThere) {
      yield draft(
        context,
        'constraint',
        { table: name, constraint: constraint.name },
        constraint.span,
        `${name}.${constraint.name}`,
      );
    }
  }
  if (isOptional) return;
  if (change.kind === 'ChangeObject') return yield* missingPolicy(table, change, context);
  if (isAboutTrigger(change) && table.partitionOf === undefined) {
    const { name: trigger, span } = change.trigger;
    if (!table.triggers.some((each) => each.name === trigger))
      yield draft(context, 'trigger', { table: name, trigger }, span, `${name}.${trigger}`);
  }
  for (const column of columnsOf(context)) {
    if (table.columns.some((each) => each.name === column.name) || perhapsSystemColumns.has(column.name)) continue;
    yield draft(context, 'column', { table: name, column: column.name }, column.span, `${name}.${column.name}`);
  }
}

/** ALL and USER are no names; those of foreign keys are made by the server. */
function isAboutTrigger(
  change: SchemaChange,
): change is ChangeOf<'DropTrigger'> | ChangeOf<'RenameTrigger'> | ChangeOf<'SetTrigger'> {
  if (change.kind === 'SetTrigger') return !/^(all|user|RI_ConstraintTrigger_.*)$/.test(change.trigger.name);
  return change.kind === 'DropTrigger' || change.kind === 'RenameTrigger';
}

/** ALTER and DROP of a policy or a rule. */
function* missingPolicy(table: Table, change: ChangeOf<'ChangeObject'>, context: ChangeContext): Generator<Draft> {
  const { verb, objectKind, object } = change;
  if (verb === 'create' || !ON_TABLES.has(objectKind)) return;
  const all = objectKind === 'policy' ? table.policies : table.rules;
  if (all.some(({ name }) => name === object.name)) return;
  const name = written(change.table ?? object);
  yield draft(context, objectKind, { table: name, policy: object.name }, object.span, `${name}.${object.name}`);
}

/** A function that is dropped, or that a trigger calls. Those of extensions come without a migration that says so. */
function* missingRoutine(
  context: ChangeContext,
  fn: ObjectName,
  argTypes: ChangeOf<'DropFunction'>['argTypes'],
): Generator<Draft> {
  const { before, dialect, target } = context;
  const keys = candidateKeys(before, 'fn', fn);
  if (!isComplete(before) || keys.some((key) => before.tainted.has(key)) || MADE_ELSEWHERE.has(fn.name)) return;
  if (hasStandIn(fn.schema)) return;
  if (dialect.semantics(target).isBuiltInRoutine?.(fn) === true || standsOutside(context, fn)) return;
  const all = overloadsOf(before, fn);
  if (all.length > 0 && (argTypes === undefined || routineNamed(before, fn, argTypes) !== undefined)) return;
  // Types of the history may have other names in it.
  if (
    all.length > 0 &&
    argTypes?.some(
      (type) => lookupType(before, dialect.semantics(target), { ...type, span: fn.span }).kind !== 'absent',
    )
  )
    return;
  const object = `${written(fn)}(${(argTypes ?? []).map(({ text }) => text).join(', ')})`;
  yield draft(context, 'routine', { object: argTypes === undefined ? written(fn) : object }, fn.span, written(fn));
}

/** Trigger functions of the server itself, and those that extensions bring along. */
const MADE_ELSEWHERE: ReadonlySet<string> = new Set([
  'suppress_redundant_updates_trigger',
  'tsvector_update_trigger',
  'tsvector_update_trigger_column',
  'moddatetime',
  'autoinc',
  'insert_username',
  'check_primary_key',
  'check_foreign_key',
  'lo_manage',
  'tcn',
  'triggered_change_notification',
]);

/** IF EXISTS of these is about what the column is, not about the column. */
const onKind: ReadonlySet<SchemaChange['kind']> = new Set(['SetIdentity', 'SetGenerated']);

/** `COMMENT ON COLUMN t.c` */
function* missingCommented(context: ChangeContext, { object, options, span }: ChangeOf<'Comment'>): Generator<Draft> {
  const column = options?.column;
  const table = typeof column === 'string' ? knownTable(context, object) : undefined;
  if (typeof column !== 'string' || table === undefined || table.partial || perhapsSystemColumns.has(column)) return;
  if (context.before.tainted.has('*')) return;
  const name = written(object);
  if (!table.columns.some((each) => each.name === column))
    yield draft(context, 'column', { table: name, column }, span, `${name}.${column}`);
}

function columnsOf(context: ChangeContext): readonly Ident[] {
  const { change } = context.step;
  switch (change.kind) {
    case 'DropColumn':
    case 'RenameColumn':
    case 'ChangeColumnType':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
    case 'SetIdentity':
    case 'SetGenerated':
      return [change.column];
    case 'CreateTrigger':
      return change.columns;
    case 'SetTableOption':
      return change.column === undefined ? [] : [change.column];
    case 'AddConstraint':
      return change.constraint.kind === 'check' ? [] : change.constraint.columns;
    case 'WriteRows':
      return change.verb === 'delete' ? [] : change.columns;
    case 'CreateIndex':
      return change.index.keys.flatMap(({ column }) =>
        column === undefined ? [] : [{ name: column, span: wordOf(context, column) }],
      );
    default:
      return [];
  }
}

function draft(
  context: ChangeContext,
  messageId: string,
  args: Draft['args'],
  span: Ident['span'],
  object: string,
): Draft {
  return failure(context, { messageId, args }, object, span);
}
