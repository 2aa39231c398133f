import type { CatalogObject, Index, ObjectKey, Origin, Table } from '../schema/catalog.ts';
import type { ChangeOf, SchemaChange } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import { routineNamed } from '../schema/routines.ts';
import { nowhere } from '../text/nowhere.ts';
import { attributeChange } from './attributes.ts';
import { named } from './dependents.ts';
import type { ChangeContext, Draft, Step } from './rule.ts';
import { isReplaced, knownType, listed, madeRelation, relationKey } from './support.ts';

/** Something that a drop takes along: an object, or a part of a table that stays. */
export type Loss = LostObject | LostPart;

export interface LostObject {
  readonly kind: 'object';
  readonly object: CatalogObject;
}

export interface LostPart {
  readonly kind: 'part';
  readonly table: Table;
  readonly part: 'column' | 'constraint' | 'trigger' | 'default' | 'index' | 'policy' | 'rule';
  readonly name: string;
  readonly words: string;
  readonly origin: Origin;
}

/**
 * What goes with the object that the change drops, beyond that object and its own parts, in an order in which it could
 * be dropped by name. It is what the replay makes of the change: nothing where the server would refuse.
 */
export function lossesOf(context: ChangeContext): readonly Loss[] {
  const { before, after } = context;
  const roots = droppedBy(context);
  if (roots.every((root) => after.objects.get(root) === before.objects.get(root))) return [];
  const seen = new Set(roots);
  const found: Loss[] = [];
  const visit = (key: ObjectKey): void => {
    for (const user of context.dependents(key)) {
      const then = before.objects.get(user);
      const now = after.objects.get(user);
      if (seen.has(user) || then === undefined || then === now) continue;
      seen.add(user);
      visit(user);
      if (now === undefined) found.push(...(isPartOf(then, roots) ? [] : [{ kind: 'object', object: then } as const]));
      else if (then.kind === 'table' && now.kind === 'table') found.push(...lostParts(context, then, now));
    }
  };
  for (const root of roots) {
    visit(root);
    const [then, now] = [before.objects.get(root), after.objects.get(root)];
    if (then?.kind === 'table' && now?.kind === 'table') found.push(...lostParts(context, then, now));
    // What stands in a schema is no part of it.
    if (then !== undefined && context.step.change.kind === 'DropSchema' && !isPartOf(then, roots))
      found.push({ kind: 'object', object: then });
  }
  return found;
}

/** What the drop takes along and somebody would miss, for a finding: all of it in words, each with its place. */
export function cascadeOf(context: ChangeContext): Cascade | undefined {
  const losses = missed(context, lossesOf(context));
  if (losses.length === 0) return undefined;
  return {
    losses,
    dependents: listed(losses.map(lossWords), 12),
    related: lossPlaces(context, losses),
    fixes: [{ id: 'drop-by-name', args: {} }],
  };
}

export interface Cascade {
  readonly losses: readonly Loss[];
  readonly dependents: string;
  readonly related: NonNullable<Draft['related']>;
  readonly fixes: NonNullable<Draft['fixes']>;
}

/** Those that somebody who is running now would miss: released, and not made again in this migration. */
function missed(context: ChangeContext, losses: readonly Loss[]): readonly Loss[] {
  return losses.filter((loss) => !context.isUnreleased(originOf(loss)) && !isMadeAgain(context, loss));
}

export function lossWords(loss: Loss): string {
  return loss.kind === 'object' ? named(loss.object) : loss.words;
}

/** Where each was made, so that none is left unnamed however many there are. */
function lossPlaces(context: ChangeContext, losses: readonly Loss[]): NonNullable<Draft['related']> {
  return losses
    .filter((loss) => originOf(loss).migration !== context.migration.id)
    .map((loss) => context.madeAt(originOf(loss), 'made-here', { object: lossWords(loss) }));
}

function originOf(loss: Loss): Origin {
  return loss.kind === 'object' ? loss.object.origin : loss.origin;
}

/** Keys of what the change drops or takes a part from. */
function droppedBy(context: ChangeContext): readonly ObjectKey[] {
  const { change } = context.step;
  switch (change.kind) {
    case 'DropTable':
      return relationKeys(context, change.table, ...(change.together ?? []));
    case 'DropView':
      return relationKeys(context, change.view, ...(change.together ?? []));
    case 'DropColumn':
    case 'DropConstraint':
      return relationKeys(context, change.table);
    case 'DropSequence':
      return relationKeys(context, change.sequence);
    case 'DropIndex':
      return relationKeys(context, change.index).flatMap((key) => {
        const index = context.before.objects.get(key);
        return index?.kind === 'index' ? [key, index.table] : [];
      });
    case 'DropType': {
      const key = knownType(context, change.type)?.key;
      return key === undefined ? [] : [key];
    }
    case 'DropFunction':
      return routineKeys(context, change);
    case 'ChangeObject': {
      const altered = attributeChange(context);
      return altered?.action === 'drop' ? altered.tables.map(([key]) => key) : [];
    }
    case 'DropSchema':
      return [...context.before.objects].flatMap(([key, { name }]) =>
        name.schema === change.schema.name ? [key] : [],
      );
    default:
      return [];
  }
}

function relationKeys(context: ChangeContext, ...names: readonly ObjectName[]): readonly ObjectKey[] {
  return names.flatMap((name) => relationKey(context, name) ?? []);
}

export function routineKeys(
  { before }: ChangeContext,
  { fn, argTypes }: Pick<ChangeOf<'DropFunction'>, 'fn' | 'argTypes'>,
): readonly ObjectKey[] {
  const key = routineNamed(before, fn, argTypes);
  return key === undefined ? [] : [key];
}

/** Indexes, partitions and owned sequences go with their table, CASCADE or not. */
function isPartOf(object: CatalogObject, roots: readonly ObjectKey[]): boolean {
  switch (object.kind) {
    case 'index':
      return true;
    case 'sequence':
      return object.ownedBy !== undefined && roots.includes(object.ownedBy.table);
    case 'table':
      return object.partitionOf !== undefined;
    default:
      return false;
  }
}

function lostParts(context: ChangeContext, then: Table, now: Table): readonly LostPart[] {
  const { change } = context.step;
  const isOwn = isNamed(change, then, context);
  const part = (kind: LostPart['part'], name: string, words: string, origin: Origin): LostPart => ({
    kind: 'part',
    table: then,
    part: kind,
    name,
    words: isOwn ? words : `${words} of ${then.name.name}`,
    origin,
  });
  const left = new Set(now.columns.map(({ name }) => name));
  const dropped = new Set(then.columns.flatMap(({ name }) => (left.has(name) ? [] : [name])));
  const isSaid = (kind: 'DropColumn' | 'DropConstraint', name: string) =>
    isOwn &&
    ((change.kind === 'DropColumn' && kind === change.kind && change.column.name === name) ||
      (change.kind === 'DropConstraint' && kind === change.kind && change.constraint.name === name));
  // What is made of a dropped column alone is a part of it.
  const isOther = (columns: readonly string[]) => columns.length === 0 || columns.some((name) => left.has(name));
  const constraints = then.constraints.filter(
    (each) =>
      !now.constraints.some(({ name }) => name === each.name) &&
      !isSaid('DropConstraint', each.name) &&
      each.kind !== 'not-null' &&
      (dropped.size === 0 || isOther(each.kind === 'check' ? (each.expression?.columns ?? []) : each.columns)),
  );
  const indexes = then.indexes.flatMap((key) => {
    const index = context.before.objects.get(key);
    const isCarrier = then.constraints.some((each) => each.index === key);
    const isGone = index?.kind === 'index' && !now.indexes.includes(key) && dropped.size > 0 && !isCarrier;
    return isGone && isOther(columnsOf(index)) ? [index] : [];
  });
  return [
    ...constraints.map((each) =>
      part('constraint', each.name, `${KINDS[each.kind] ?? 'constraint'} ${each.name}`, each.origin),
    ),
    ...indexes.map((each) => part('index', each.name.name, `index ${each.name.name}`, each.origin)),
    ...then.triggers
      .filter(({ name, inherited }) => inherited === undefined && !now.triggers.some((each) => each.name === name))
      .map((each) => part('trigger', each.name, `trigger ${each.name}`, each.origin)),
    ...then.policies
      .filter(({ name }) => !now.policies.some((each) => each.name === name))
      .map((each) => part('policy', each.name, `policy ${each.name}`, each.origin)),
    ...then.rules
      .filter(({ name }) => !now.rules.some((each) => each.name === name))
      .map((each) => part('rule', each.name, `rule ${each.name}`, each.origin)),
    ...then.columns
      .filter(({ name, inherited }) => dropped.has(name) && !inherited && !isSaid('DropColumn', name))
      .map((each) => part('column', each.name, `column ${each.name}`, each.origin)),
    ...then.columns
      .filter(({ name, defaultTo }) => {
        const same = now.columns.find((each) => each.name === name);
        return defaultTo !== undefined && same !== undefined && same.defaultTo === undefined;
      })
      .map((each) => part('default', each.name, `the default of ${each.name}`, each.origin)),
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  'foreign-key': 'foreign key',
  'primary-key': 'primary key',
  unique: 'unique constraint',
  check: 'check',
};

function columnsOf({ keys, includes, where }: Index): readonly string[] {
  return [
    ...keys.flatMap(({ column, expression }) => column ?? expression?.columns ?? []),
    ...includes,
    ...(where?.columns ?? []),
  ];
}

/** Is it the table that the statement itself names? */
function isNamed(change: SchemaChange, table: Table, context: ChangeContext): boolean {
  if (change.kind !== 'DropColumn' && change.kind !== 'DropConstraint') return false;
  const found = context.table(change.table);
  return found.kind === 'known' && found.value === table;
}

function isMadeAgain(context: ChangeContext, loss: Loss): boolean {
  if (loss.kind === 'object') return isReplaced(context, { ...loss.object.name, span: nowhere }, madeRelation);
  return context.steps.some(
    (step) => step.statementIndex > context.step.statementIndex && makes(step, loss) && isOn(step, loss.table),
  );
}

function makes({ change }: Step, { part, name }: LostPart): boolean {
  switch (change.kind) {
    case 'AddConstraint':
      return part === 'constraint' && (change.constraint.name === undefined || change.constraint.name.name === name);
    case 'CreateTrigger':
      return part === 'trigger' && change.trigger.name === name;
    case 'AddColumn':
      return part === 'column' && change.spec.column.name === name;
    case 'SetDefault':
      return part === 'default' && change.column.name === name;
    case 'CreateIndex':
      return part === 'index' && change.index.name?.name === name;
    case 'ChangeObject':
      return change.verb === 'create' && change.objectKind === part && change.object.name === name;
    default:
      return false;
  }
}

function isOn({ change }: Step, table: Table): boolean {
  return 'table' in change && change.table?.name === table.name.name;
}
