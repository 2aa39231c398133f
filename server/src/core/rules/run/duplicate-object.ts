import type { Column, Constraint } from '../../schema/catalog.ts';
import type { ChangeOf, ConstraintSpec } from '../../schema/change.ts';
import { schemaKey, temporarySchema } from '../../schema/keys.ts';
import { lookupType } from '../../schema/lookup.ts';
import type { Ident, ObjectName } from '../../schema/names.ts';
import { collide, type Named } from '../../schema/namesake.ts';
import { routineNamed } from '../../schema/routines.ts';
import { attributeChange } from '../attributes.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { isTemporaryView, knownTable, knownType, tablesBelow, written } from '../support.ts';
import { failure } from './failure.ts';

export const duplicateObject = defineRule({
  id: 'run/duplicate-object',
  scope: 'change',
  on: [
    'CreateTable',
    'AddColumn',
    'RenameColumn',
    'RenameTable',
    'AddConstraint',
    'CreateIndex',
    'CreateView',
    'CreateSequence',
    'CreateEnum',
    'CreateDomain',
    'CreateType',
    'CreateSchema',
    'CreateTrigger',
    'AddEnumValue',
    'RenameEnumValue',
    'RenameType',
    'RenameView',
    'RenameSequence',
    'RenameIndex',
    'RenameConstraint',
    'SetTableSchema',
    'ChangeObject',
    'CreateFunction',
    'RenameTrigger',
    'AlterDomain',
  ],
  severity: 'error',
  summary: 'A table, column, constraint, type or other object of this name exists already: the statement fails.',
  messages: {
    relation: 'Fails: {object} exists already at this point.',
    column: 'Fails: {table} already has a column {column}.',
    constraint: 'Fails: {table} already has a constraint {constraint}.',
    trigger: 'Fails: {table} already has a trigger {trigger}.',
    policy: 'Fails: {table} already has a policy {policy}.',
    rule: 'Fails: {table} already has a rule {policy}.',
    routine: 'Fails: {object} exists already at this point, with the same arguments.',
    value: "Fails: {type} already has the value '{value}'.",
    'made-here': '{object} was made here.',
  },
  explanation: `The history was replayed up to this statement, and an object of the same name is there. Tables and views have a row type of
their name, so no other type can have it.

No fix is offered: IF NOT EXISTS would keep the old object, whatever it is like, and hide that the two differ.

Silent for IF NOT EXISTS and CREATE OR REPLACE, where something opaque may have dropped it, and for what a branch of a DO block does.`,
  examples: [
    { title: 'Twice', given: 'CREATE TABLE t (id int);', sql: 'CREATE TABLE t (id int);', fires: true },
    {
      title: 'IF NOT EXISTS',
      given: 'CREATE TABLE t (id int);',
      sql: 'CREATE TABLE IF NOT EXISTS t (id int);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe' || skipsExisting(context) || mayBeMissing(context)) return;
    switch (change.kind) {
      case 'CreateTable':
        yield* taken(context, made(change), { kind: 'table' });
        yield* repeated(context, change);
        return yield* carriers(context, made(change), change.constraints);
      case 'RenameTable':
        return yield* renamed(context, change.table, change.newName);
      case 'RenameView':
        return yield* renamed(context, change.view, change.newName);
      case 'RenameSequence':
        return yield* renamed(context, change.sequence, change.newName);
      case 'RenameIndex':
        return yield* renamed(context, change.index, change.newName);
      case 'RenameType':
        return yield* renamedType(context, change);
      case 'SetTableSchema':
        return yield* moved(context, change);
      case 'CreateView':
        if (!change.replace && !isTemporaryView(context, change)) yield* taken(context, change.view, { kind: 'view' });
        return;
      case 'CreateSequence':
        if (change.options?.temporary !== true)
          yield* taken(context, change.sequence, { kind: 'sequence', isCreated: true });
        return;
      case 'CreateEnum':
      case 'CreateDomain':
        return yield* taken(context, change.type, { kind: 'type' });
      case 'CreateType':
        if (change.form === 'composite' || change.form === 'range')
          yield* taken(context, change.type, { kind: 'type', form: change.form });
        return;
      case 'CreateSchema':
        return yield* schema(context, change.schema);
      case 'CreateIndex':
        if (change.index.name !== undefined)
          yield* taken(context, beside(context, change.table, change.index.name), bare);
        return;
      case 'AddColumn':
        return yield* column(context, change.table, change.spec.column);
      case 'RenameColumn':
        return yield* renamedColumn(context, change);
      case 'AddConstraint':
        yield* constraint(context, change.table, change.constraint.name, change.constraint);
        return yield* carriers(context, change.table, [change.constraint]);
      case 'RenameConstraint':
        yield* constraint(context, change.table, change.newName);
        return yield* renamedIndex(context, change);
      case 'CreateTrigger':
        if (!change.replace) yield* trigger(context, change.table, change.trigger);
        return;
      case 'ChangeObject':
        yield* attribute(context);
        return yield* policyOrRule(context, change);
      case 'CreateFunction':
        if (!change.replace) yield* routine(context, change);
        return;
      case 'RenameTrigger':
        // To its own name: since 15 nothing happens.
        if (change.trigger.name !== change.newName.name) yield* trigger(context, change.table, change.newName);
        return;
      case 'AlterDomain':
        return yield* domainConstraint(context, change);
      case 'AddEnumValue':
        return yield* enumValue(context, change.type, change.value);
      case 'RenameEnumValue':
        return yield* enumValue(context, change.type, change.newName);
      default:
        return;
    }
  },
});

/** IF NOT EXISTS: nothing happens where it stands, and a new table's parts are looked at where it does not. */
function skipsExisting(context: ChangeContext): boolean {
  const { change } = context.step;
  if (!('ifNotExists' in change) || !change.ifNotExists) return false;
  return change.kind !== 'CreateTable' || context.relation(made(change)).kind !== 'absent';
}

/** IF EXISTS moves nothing where the old one may not be there. */
function mayBeMissing(context: ChangeContext): boolean {
  const { change } = context.step;
  if (!('ifExists' in change) || !change.ifExists) return false;
  switch (change.kind) {
    case 'RenameTable':
    case 'SetTableSchema':
      return context.relation(change.table).kind !== 'known';
    case 'RenameView':
      return context.relation(change.view).kind !== 'known';
    case 'RenameSequence':
      return context.relation(change.sequence).kind !== 'known';
    case 'RenameIndex':
      return context.relation(change.index).kind !== 'known';
    default:
      return false;
  }
}

/** SET SCHEMA to where it stands already does nothing. */
function* moved(context: ChangeContext, { table, schema: { name } }: ChangeOf<'SetTableSchema'>): Generator<Draft> {
  const found = context.relation(table);
  if (found.kind !== 'known' || found.value.name.schema !== name)
    yield* taken(context, { ...table, schema: name }, found.kind === 'known' ? found.value : bare);
}

/** Views, indexes and sequences are renamed with the words of tables, too. */
function* renamed(context: ChangeContext, object: ObjectName, name: Ident): Generator<Draft> {
  const found = context.relation(object);
  yield* taken(context, beside(context, object, name), found.kind === 'known' ? found.value : bare);
}

function* renamedType(context: ChangeContext, { type, newName }: ChangeOf<'RenameType'>): Generator<Draft> {
  const old = knownType(context, type)?.value;
  if (old !== undefined) yield* taken(context, { ...newName, schema: old.name.schema }, old);
}

/** A key's constraint and its index have one name. */
function* renamedIndex(
  context: ChangeContext,
  { table, constraint: old, newName }: ChangeOf<'RenameConstraint'>,
): Generator<Draft> {
  const renamed = knownTable(context, table)?.constraints.find(({ name }) => name === old.name);
  if (renamed?.index !== undefined) yield* taken(context, beside(context, table, newName), bare);
}

/** A new name goes into the schema of what has it. */
function beside(context: ChangeContext, object: ObjectName, name: Ident): ObjectName {
  const found = context.relation(object);
  const schema = found.kind === 'known' ? found.value.name.schema : object.schema;
  return { ...name, ...(schema === undefined ? {} : { schema }) };
}

function made({ table, temporary }: ChangeOf<'CreateTable'>): ObjectName {
  return temporary ? { ...table, schema: temporarySchema } : table;
}

/** A column that one CREATE TABLE makes twice. */
function* repeated(context: ChangeContext, { table, columns, like }: ChangeOf<'CreateTable'>): Generator<Draft> {
  const copied = like.flatMap((each) => knownTable(context, each.table)?.columns.map(({ name }) => name) ?? []);
  const taken = new Set(copied);
  for (const { column: own } of columns) {
    if (taken.has(own.name)) {
      const object = `${written(table)}.${own.name}`;
      yield draft(context, 'column', { table: written(table), column: own.name }, own.span, object);
    }
    taken.add(own.name);
  }
}

/** PRIMARY KEY, UNIQUE and EXCLUDE make an index of their name beside the table. */
function* carriers(
  context: ChangeContext,
  table: ObjectName,
  constraints: readonly ConstraintSpec[],
): Generator<Draft> {
  const names = new Set([table.name]);
  for (const { name, kind, usingIndex } of constraints) {
    if (name === undefined || !hasIndex(kind) || usingIndex !== undefined) continue;
    if (names.has(name.name)) yield draft(context, 'relation', { object: name.name }, name.span, name.name);
    else yield* taken(context, beside(context, table, name), bare);
    names.add(name.name);
  }
}

function hasIndex(kind: ConstraintSpec['kind']): boolean {
  return kind === 'primary-key' || kind === 'unique' || kind === 'exclude';
}

/** A relation whose kind is not known, or an index, has no type. */
const bare: Named = { kind: 'index' };

/** Something has the name that is to be given to `made`, in the schema where that goes. */
function* taken(context: ChangeContext, name: ObjectName, made: Named): Generator<Draft> {
  const schema = name.schema ?? context.before.searchPath[0];
  const full = { ...name, ...(schema === undefined ? {} : { schema }) };
  const semantics = context.dialect.semantics(context.target);
  for (const found of [context.relation(full), lookupType(context.before, semantics, full)]) {
    if (found.kind !== 'known' || !collide(found.value, made, semantics.habits)) continue;
    const object = full.schema === context.before.searchPath[0] ? name.name : written(name);
    return yield {
      ...draft(context, 'relation', { object }, name.span, object),
      related: [context.madeAt(found.value.origin, 'made-here', { object })],
    };
  }
}

function* schema(context: ChangeContext, { name, span }: Ident): Generator<Draft> {
  const found = context.before.objects.get(schemaKey(name));
  if (found === undefined || context.before.tainted.has('*')) return;
  yield {
    ...draft(context, 'relation', { object: name }, span, name),
    related: [context.madeAt(found.origin, 'made-here', { object: name })],
  };
}

function* trigger(context: ChangeContext, table: ObjectName, { name, span }: Ident): Generator<Draft> {
  const owner = context.relation(table);
  const isTriggered = owner.kind === 'known' && (owner.value.kind === 'table' || owner.value.kind === 'view');
  const old = isTriggered ? owner.value.triggers.find((each) => each.name === name) : undefined;
  if (old === undefined) return;
  const object = `${written(table)}.${name}`;
  yield {
    ...draft(context, 'trigger', { table: written(table), trigger: name }, span, object),
    related: [context.madeAt(old.origin, 'made-here', { object })],
  };
}

/** Of one table; a view has rules, too. */
function* policyOrRule(context: ChangeContext, change: ChangeOf<'ChangeObject'>): Generator<Draft> {
  const { verb, objectKind, object, newName, table, options } = change;
  if (table === undefined || (objectKind !== 'policy' && objectKind !== 'rule')) return;
  const made = verb === 'create' ? object : verb === 'rename' ? newName : undefined;
  if (made === undefined || options?.replace === true) return;
  const found = context.relation(table);
  if (found.kind !== 'known' || (found.value.kind !== 'table' && found.value.kind !== 'view')) return;
  const all = objectKind === 'rule' ? found.value.rules : found.value.kind === 'table' ? found.value.policies : [];
  const old = all.find(({ name }) => name === made.name);
  if (old === undefined) return;
  const name = `${written(table)}.${made.name}`;
  yield {
    ...draft(context, objectKind, { table: written(table), policy: made.name }, made.span, name),
    related: [context.madeAt(old.origin, 'made-here', { object: name })],
  };
}

function* routine(context: ChangeContext, { fn, argTypes }: ChangeOf<'CreateFunction'>): Generator<Draft> {
  const { before } = context;
  const schema = fn.schema ?? before.searchPath[0];
  const key = routineNamed(before, { ...fn, ...(schema === undefined ? {} : { schema }) }, argTypes);
  const old = key === undefined ? undefined : before.objects.get(key);
  if (old === undefined || before.tainted.has('*')) return;
  const object = `${written(fn)}(${argTypes.map(({ text }) => text).join(', ')})`;
  yield {
    ...draft(context, 'routine', { object }, fn.span, written(fn)),
    related: [context.madeAt(old.origin, 'made-here', { object: written(fn) })],
  };
}

/** ADD ATTRIBUTE, RENAME ATTRIBUTE */
function* attribute(context: ChangeContext): Generator<Draft> {
  const altered = attributeChange(context);
  if (altered === undefined) return;
  const { type, action, newName } = altered;
  const name = action === 'add' ? altered.attribute : action === 'rename' ? newName?.name : undefined;
  if (name === undefined || !type.attributes.some((each) => each.name === name)) return;
  const [table, span] = [type.name.name, newName?.span ?? context.step.change.span];
  yield draft(context, 'column', { table, column: name }, span, `${table}.${name}`);
}

/** ADD CONSTRAINT, RENAME CONSTRAINT */
function* domainConstraint(
  context: ChangeContext,
  { type, action, constraint, newName, options }: ChangeOf<'AlterDomain'>,
): Generator<Draft> {
  const made = action === 'add-constraint' ? constraint : newName;
  const domain = knownType(context, type)?.value;
  // A second NOT NULL is none.
  if (made === undefined || domain === undefined || options?.notNull === true) return;
  if (!domain.checks.includes(made.name) && domain.notNullName !== made.name) return;
  const table = written(type);
  yield draft(context, 'constraint', { table, constraint: made.name }, made.span, `${table}.${made.name}`);
}

function* enumValue(context: ChangeContext, type: ObjectName, { name, span }: Ident): Generator<Draft> {
  const old = knownType(context, type)?.value.values.find((each) => each.name === name);
  if (old === undefined) return;
  yield {
    ...draft(context, 'value', { type: written(type), value: name }, span, `${written(type)}.${name}`),
    related: [context.madeAt(old.origin, 'made-here', { object: `'${name}'` })],
  };
}

function* column(context: ChangeContext, table: ObjectName, name: Ident): Generator<Draft> {
  const old = knownTable(context, table)?.columns.find((each) => each.name === name.name);
  if (old !== undefined) yield hasColumn(context, written(table), name, old);
}

/** Tables below it get the new name as well. */
function* renamedColumn(
  context: ChangeContext,
  { table, column: old, newName }: ChangeOf<'RenameColumn'>,
): Generator<Draft> {
  const found = context.table(table);
  if (found.kind !== 'known' || !found.value.columns.some(({ name }) => name === old.name)) return;
  for (const below of [found.value, ...tablesBelow(context, found.key)]) {
    const taken = below.columns.find(({ name }) => name === newName.name);
    const name = below === found.value ? written(table) : below.name.name;
    if (taken !== undefined) return yield hasColumn(context, name, newName, taken);
  }
}

function hasColumn(context: ChangeContext, table: string, name: Ident, old: Column): Draft {
  const object = `${table}.${name.name}`;
  return {
    ...draft(context, 'column', { table, column: name.name }, name.span, object),
    related: [context.madeAt(old.origin, 'made-here', { object })],
  };
}

function* constraint(
  context: ChangeContext,
  table: ObjectName,
  name: Ident | undefined,
  spec?: ConstraintSpec,
): Generator<Draft> {
  const { keysShareNames } = context.dialect.semantics(context.target).habits;
  const stands = ({ name: other, index }: Constraint) =>
    other === name?.name &&
    (keysShareNames !== true || spec === undefined || hasIndex(spec.kind) === (index !== undefined));
  const old = knownTable(context, table)?.constraints.find(stands);
  if (spec !== undefined && old !== undefined && isSaidAgain(spec, old)) return;
  if (old === undefined || name === undefined) return;
  const object = `${written(table)}.${name.name}`;
  yield {
    ...draft(context, 'constraint', { table: written(table), constraint: name.name }, name.span, object),
    related: [context.madeAt(old.origin, 'made-here', { object })],
  };
}

/** A check that a parent has is then the table's own, too; so is a NOT NULL, of which a column has one. */
function isSaidAgain({ kind, columns }: ConstraintSpec, old: Constraint): boolean {
  if (kind !== old.kind) return false;
  return kind === 'check' ? !old.local : kind === 'not-null' && columns[0]?.name === old.columns[0];
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
