import type { CatalogObject, Column, Constraint, Index, ObjectKey, Origin, Table, View } from '../schema/catalog.ts';
import type { CatalogView } from '../schema/view.ts';
import { named } from './dependents.ts';

/** One thing that can be said of a schema: what it is called, how it is, and who made it so. */
export interface Fact {
  readonly value: string;
  readonly origin: Origin;
}

/** In what two schemas differ, and where what is too much or too little was made. */
export interface SchemaDifference {
  /** "column note of orders is still there" */
  readonly words: string;
  readonly origin: Origin;
}

/** What is in the one schema and not in the other, or is there in another form; where either is known in part, nothing. */
export function differencesOf(then: CatalogView, now: CatalogView): readonly SchemaDifference[] {
  const found: SchemaDifference[] = [];
  const keys = new Set([...then.objects].map(([key]) => key));
  for (const [key] of now.objects) keys.add(key);
  for (const key of keys) {
    const [before, after] = [then.objects.get(key), now.objects.get(key)];
    if (before === after || then.tainted.has(key) || now.tainted.has(key)) continue;
    if (isPartial(before) || isPartial(after)) continue;
    found.push(...compare(factsOf(then, key, before), factsOf(now, key, after)));
  }
  return found;
}

function isPartial(object: CatalogObject | undefined): boolean {
  return object?.kind === 'table' && object.partial;
}

function compare(then: ReadonlyMap<string, Fact>, now: ReadonlyMap<string, Fact>): readonly SchemaDifference[] {
  // Where the whole object is too much or missing, its parts go without saying.
  const [whole] = [...then.keys(), ...now.keys()];
  const isWhole = whole !== undefined && then.has(whole) !== now.has(whole);
  const names = isWhole ? [whole] : [...new Set([...then.keys(), ...now.keys()])];
  return names.flatMap((name): readonly SchemaDifference[] => {
    const [old, made] = [then.get(name), now.get(name)];
    if (old === undefined) return made === undefined ? [] : [{ words: `${name} is still there`, origin: made.origin }];
    if (made === undefined) return [{ words: `${name} is missing`, origin: old.origin }];
    if (old.value === made.value) return [];
    const isShort = old.value !== '' && made.value !== '' && !name.startsWith('the ');
    const change = !isShort ? '' : `: ${made.value} instead of ${old.value}`;
    return [{ words: `${name} is not what it was${change}`, origin: made.origin }];
  });
}

/** The object itself first. */
function factsOf(catalog: CatalogView, key: ObjectKey, object: CatalogObject | undefined): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>();
  if (object === undefined || key.startsWith('rel:pg_temp.')) return facts;
  const name = named(object);
  const put = (what: string, value: string, { origin }: { readonly origin: Origin }) =>
    facts.set(what, { value, origin });
  switch (object.kind) {
    case 'table':
      tableFacts(catalog, name, object, put);
      break;
    case 'index':
      // That of a constraint is told with it.
      if (!isCarrier(catalog, key, object)) put(name, indexText(object), object);
      break;
    case 'view':
      put(name, object.columns.join(', '), object);
      put(
        `the query of ${name}`,
        object.reads
          .map(({ relation, columns }) => `${relation}(${[...columns].sort()})`)
          .sort()
          .join(),
        object,
      );
      triggerFacts(object, put);
      break;
    case 'sequence':
      if (object.ownedBy === undefined) put(name, '', object);
      break;
    case 'type':
      put(
        name,
        [
          object.base?.text,
          ...object.values.map((each) => each.name),
          ...[...object.checks].sort(),
          object.notNull ? 'NOT NULL' : '',
        ]
          .filter(Boolean)
          .join(' '),
        object,
      );
      break;
    case 'routine':
      put(name, object.argTypes.map(({ text }) => text).join(', '), object);
      break;
    case 'statistics':
      put(name, [...object.columns, ...object.expressions.map(({ text }) => text)].join(', '), object);
      break;
    case 'schema':
      put(name, '', object);
      break;
    case 'publication':
      put(
        name,
        [
          object.allTables ? 'all tables' : '',
          ...object.schemas,
          ...object.tables.map(({ table }) => table),
          ...object.operations,
        ]
          .sort()
          .join(' '),
        object,
      );
      break;
    default: {
      const never: never = object;
      return never;
    }
  }
  for (const each of object.privileges ?? [])
    put(`the privilege ${each.name.toUpperCase()} of ${each.role} on ${object.name.name}`, '', each);
  return facts;
}

type Put = (what: string, value: string, by: { readonly origin: Origin }) => void;

function tableFacts(catalog: CatalogView, name: string, table: Table, put: Put): void {
  const of = table.name.name;
  put(name, '', table);
  for (const column of table.columns) put(`column ${column.name} of ${of}`, columnText(column), column);
  for (const each of table.constraints)
    if (each.kind !== 'not-null') put(`constraint ${each.name} of ${of}`, constraintText(catalog, each), each);
  triggerFacts(table, put);
  for (const each of table.policies)
    put(`policy ${each.name} of ${of}`, each.restrictive ? 'restrictive' : 'permissive', each);
  const { enabled, forced } = table.rowSecurity;
  put(
    `row security of ${of}`,
    enabled ? (forced ? 'forced' : 'enabled') : forced ? 'forced, but not enabled' : 'disabled',
    table,
  );
}

function triggerFacts({ name, triggers }: Table | View, put: Put): void {
  for (const each of triggers) put(`trigger ${each.name} of ${name.name}`, each.enabled ? 'enabled' : 'disabled', each);
}

function columnText({ type, nullable, defaultTo, identity, generated, collation }: Column): string {
  return [
    type.text,
    nullable ? '' : 'NOT NULL',
    defaultTo === undefined || defaultTo.isNull ? '' : `DEFAULT ${plain(defaultTo.text)}`,
    identity === undefined ? '' : 'IDENTITY',
    generated === undefined ? '' : `GENERATED AS ${plain(generated.expression.text)}`,
    collation === undefined ? '' : `COLLATE ${collation}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function constraintText(
  catalog: CatalogView,
  { kind, columns, references, expression, validated }: Constraint,
): string {
  const target = references === undefined ? undefined : catalog.objects.get(references.table)?.name.name;
  return [
    kind.replace('-', ' '),
    kind === 'check' ? plain(expression?.text ?? '') : `(${columns.join(', ')})`,
    target === undefined ? '' : `to ${target} (${references?.columns.join(', ')})`,
    references === undefined || references.onDelete === 'no-action' ? '' : `on delete ${references.onDelete}`,
    validated ? '' : 'not valid',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function indexText({ unique, method, keys, includes, where }: Index): string {
  const texts = keys.map(
    ({ column, expression, descending }) => `${column ?? plain(expression?.text ?? '')}${descending ? ' DESC' : ''}`,
  );
  return `${unique ? 'unique ' : ''}${method} (${texts.join(', ')})${includes.length > 0 ? ` including ${includes.join(', ')}` : ''}${where === undefined ? '' : ` where ${plain(where.text)}`}`;
}

function isCarrier(catalog: CatalogView, key: ObjectKey, { table, parent }: Index): boolean {
  const owner = catalog.objects.get(table);
  return parent !== undefined || (owner?.kind === 'table' && owner.constraints.some(({ index }) => index === key));
}

/** However it is spaced, cased and put in parentheses. */
function plain(text: string): string {
  return text
    .replace(/[\s()]+/g, ' ')
    .trim()
    .toLowerCase();
}
