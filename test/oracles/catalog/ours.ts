import type {
  Catalog,
  CatalogObject,
  Column,
  Constraint,
  Index,
  Looking,
  ObjectKey,
  Publication,
  Routine,
  Statistics,
  Table,
  Trigger,
  UserType,
  View,
} from '#core/schema/catalog.ts';
import type { BoundValue, PartitionBound } from '#core/schema/change.ts';
import { partsUsing } from '#core/schema/parts.ts';
import { rowTypeKey } from '#core/schema/row-types.ts';
import type { DataType } from '#core/schema/types.ts';
import { usesOf } from '#core/schema/uses.ts';
import { type Facts, line } from './facts.ts';

/** The replayed schema in the words of `theirs.ts`. */
export function catalogFacts(catalog: Catalog, major: number): Facts {
  const facts = new Map<string, string>();
  for (const [, object] of catalog.objects)
    for (const [fact, value] of factsOf(catalog, object, major)) facts.set(fact, value);
  for (const [fact, value] of usesFacts(catalog)) facts.set(fact, value);
  return facts;
}

type Fact = readonly [fact: string, value: string];

function factsOf(catalog: Catalog, object: CatalogObject, major: number): readonly Fact[] {
  const name = `${object.name.schema}.${object.name.name}`;
  return [...ownFacts(catalog, name, object, major), ...privilegeFacts(name, object)];
}

/** ALL in full. MAINTAIN is left out on both sides: it came with 17. */
function privilegeFacts(name: string, object: CatalogObject): readonly Fact[] {
  if (object.kind !== 'table' && object.kind !== 'view' && object.kind !== 'sequence') return [];
  const all =
    object.kind === 'sequence' ? 'select update usage' : 'delete insert references select trigger truncate update';
  const privileges = object.privileges ?? [];
  return [...new Set(privileges.map(({ role }) => role))].map((role): Fact => {
    const own = privileges
      .filter((each) => each.role === role)
      .flatMap((each) =>
        (each.name === 'all' ? all.split(' ') : [each.name]).map((word) => [word, each.grantable] as const),
      );
    const words = [...new Set(own.map(([word]) => word))].sort();
    const texts = words.map((word) =>
      own.some(([each, grantable]) => each === word && grantable) ? `${word}*` : word,
    );
    return [`privileges ${name} ${role}`, line({ of: texts })];
  });
}

function publicationLine({ allTables, schemas, tables, operations }: Publication): string {
  return line({
    all: allTables,
    schemas: [...schemas].sort(),
    tables: tables
      .map(
        ({ table, columns, filter }) =>
          `${bare(table)}${columns === undefined ? '' : `(${[...columns].sort().join(' ')})`}${filter === undefined ? '' : '?'}`,
      )
      .sort(),
    operations: ['insert', 'update', 'delete', 'truncate'].filter((each) => operations.includes(each)),
  });
}

function statisticsLine({ table, columns, expressions, kinds, target }: Statistics): string {
  return line({
    on: bare(table),
    columns: [...columns].sort(),
    expressions: expressions.length > 0 && expressions.length,
    kinds: [...kinds].sort(),
    target,
  });
}

/** An index that is gone identifies nothing, but the server still says that one does. */
function identityText(catalog: Catalog, { replicaIdentity }: Table): string | undefined {
  if (replicaIdentity.kind !== 'index') return replicaIdentity.kind === 'default' ? undefined : replicaIdentity.kind;
  return catalog.objects.has(replicaIdentity.index) ? bare(replicaIdentity.index) : 'index';
}

function ownFacts(catalog: Catalog, name: string, object: CatalogObject, major: number): readonly Fact[] {
  switch (object.kind) {
    case 'table':
      return tableFacts(catalog, name, object, major);
    case 'index':
      return [[`index ${name}`, indexLine(catalog, object)]];
    case 'view':
      return viewFacts(catalog, name, object);
    case 'sequence':
      return [
        [
          `sequence ${name}`,
          line({ ownedBy: object.ownedBy && `${bare(object.ownedBy.table)}.${object.ownedBy.column}` }),
        ],
      ];
    case 'type':
      return [[`type ${name}`, typeLine(catalog, object)]];
    case 'routine':
      return [
        [`routine ${bareRoutine(object)}`, routineLine(object)],
        ...readsFacts(`function ${bareRoutine(object)}`, object.reads),
      ];
    case 'statistics':
      return [[`statistics ${name}`, statisticsLine(object)]];
    case 'publication':
      return [[`publication ${object.name.name}`, publicationLine(object)]];
    case 'schema':
      return object.name.name === 'public' ? [] : [[`schema ${object.name.name}`, '']];
    default: {
      const never: never = object;
      return never;
    }
  }
}

function routineLine({ aggregate, procedure, defaults, variadic, volatility }: Routine): string {
  return line({
    kind: aggregate ? 'aggregate' : procedure ? 'procedure' : 'function',
    defaults,
    variadic,
    volatility: aggregate ? 'immutable' : volatility === 'volatile' ? undefined : volatility,
  });
}

function tableFacts(catalog: Catalog, name: string, table: Table, major: number): readonly Fact[] {
  const { partitionBy, partitionOf, inherits, columns, constraints, triggers } = table;
  return [
    [
      `table ${name}`,
      line({
        strategy: partitionBy?.strategy,
        keys: partitionBy?.keys.map(({ column }) => column ?? 'expression'),
        parent: partitionOf && bare(partitionOf.parent),
        default: partitionOf?.isDefault,
        bound: partitionOf?.bound && boundText(catalog, partitionOf.parent, partitionOf.bound),
        inherits: inherits.map(bare),
        rowSecurity: table.rowSecurity.enabled,
        forced: table.rowSecurity.forced,
        identity: identityText(catalog, table),
      }),
    ],
    ...table.policies.map((each): Fact => [`policy ${name}.${each.name}`, line({ restrictive: each.restrictive })]),
    ...columns.map((column, i): Fact => [`column ${name}.${column.name}`, columnLine(catalog, column, i + 1)]),
    ...constraints
      .filter(({ kind }) => kind !== 'not-null' || major >= 18)
      .map(
        (each): Fact => [`constraint ${name}.${each.name}${hasIndex(each) ? ' key' : ''}`, constraintLine(table, each)],
      ),
    ...triggerFacts(name, triggers),
    ...lookingFacts('policy', name, table.policies),
    ...lookingFacts('rule', name, table.rules),
  ];
}

/** Before 11 a key may have the name of another constraint. */
function hasIndex({ kind }: Constraint): boolean {
  return kind === 'primary-key' || kind === 'unique' || kind === 'exclude';
}

function triggerFacts(owner: string, triggers: readonly Trigger[]): readonly Fact[] {
  return triggers.map(({ name, fn, enabled, columns, when }) => [
    `trigger ${owner}.${name}`,
    line({
      fn: bare(fn).replace(/\(.*/, ''),
      enabled,
      columns: [...new Set([...columns, ...(when?.columns ?? [])])].sort(),
    }),
  ]);
}

/** As `pg_get_expr` words it, without quotes. */
function boundText(catalog: Catalog, parent: ObjectKey, bound: PartitionBound): string {
  const whole = catalog.objects.get(parent);
  const types = (whole?.kind === 'table' ? (whole.partitionBy?.keys ?? []) : []).map(
    ({ column }) => whole?.kind === 'table' && whole.columns.find(({ name }) => name === column)?.type.name,
  );
  const row = (values: readonly BoundValue[], isList = false): string =>
    values.map((value, i) => valueText(value, types[isList ? 0 : i] === 'timestamp')).join(', ');
  switch (bound.strategy) {
    case 'list':
      return `IN (${row(bound.values, true)})`;
    case 'range':
      return `FROM (${row(bound.from)}) TO (${row(bound.to)})`;
    case 'hash':
      return `WITH (modulus ${bound.modulus}, remainder ${bound.remainder})`;
    default: {
      const never: never = bound;
      return never;
    }
  }
}

function valueText(value: BoundValue, isTimestamp: boolean): string {
  if (typeof value === 'string') return value.toUpperCase();
  return value.literal === null ? 'NULL' : `${value.literal}${isTimestamp ? ' 00:00:00' : ''}`;
}

function columnLine(catalog: Catalog, column: Column, at: number): string {
  const { type, nullable, defaultTo, identity, generated, collation, inherited } = column;
  return line({
    at,
    type: typeText(catalog, type),
    notNull: !nullable,
    default: defaultTo !== undefined && !defaultTo.isNull,
    identity,
    generated: generated === undefined ? undefined : generated.stored ? 'stored' : 'virtual',
    collation: collation === 'default' ? undefined : collation,
    inherited,
  });
}

/** Columns of a CHECK are those that its expression names. */
function constraintLine(table: Table, constraint: Constraint): string {
  const { kind, columns, expression, references, validated, enforced, deferrable, initiallyDeferred, index } =
    constraint;
  const { inheritable, local, inherited } = constraint;
  const isOfRows = kind === 'check' || kind === 'not-null';
  const named = table.columns.map(({ name }) => name).filter((name) => expression?.columns.includes(name));
  return line({
    kind,
    columns: kind === 'check' ? named.sort() : columns,
    references: references && bare(references.table),
    to: references?.columns,
    onDelete: references?.onDelete === 'no-action' ? undefined : references?.onDelete,
    onUpdate: references?.onUpdate === 'no-action' ? undefined : references?.onUpdate,
    validated,
    notEnforced: !enforced,
    deferrable,
    deferred: initiallyDeferred,
    index: index && bare(index),
    noInherit: isOfRows && !inheritable,
    local: isOfRows && local,
    inherited: isOfRows && inherited !== undefined,
  });
}

function indexLine(catalog: Catalog, index: Index): string {
  return line({
    on: bare(index.table),
    unique: index.unique,
    method: index.method,
    keys: index.keys.map((key) => keyText(catalog, index, key)),
    includes: index.includes,
    partial: index.where !== undefined,
    nullsNotDistinct: index.nullsNotDistinct,
    valid: index.valid,
  });
}

/** The collation is told where it is not the column's. */
function keyText(catalog: Catalog, { table }: Index, key: Index['keys'][number]): string {
  const owner = catalog.objects.get(table);
  const column = owner?.kind === 'table' ? owner.columns.find(({ name }) => name === key.column) : undefined;
  const [own, collation] = [column?.collation ?? 'default', key.collation ?? column?.collation ?? 'default'];
  return [
    key.column ?? 'expression',
    ...(key.descending ? ['desc'] : []),
    ...(key.nullsFirst ? ['nulls first'] : []),
    ...(key.opclass === undefined ? [] : [key.opclass]),
    ...(collation === own || key.column === undefined ? [] : ['in', collation]),
  ].join(' ');
}

function viewFacts(catalog: Catalog, name: string, view: View): readonly Fact[] {
  return [
    [
      `view ${name}`,
      line({
        materialized: view.materialized,
        unpopulated: view.unpopulatedSince !== undefined,
        columns: view.columns,
        options: Object.entries(view.options)
          .map((each) => each.join('='))
          .sort(),
      }),
    ],
    ...view.columns.map((column, place): Fact => {
      const type = view.types[place];
      return [`output ${name}.${column}`, line({ type: type ? typeText(catalog, type) : undefined })];
    }),
    ...triggerFacts(name, view.triggers),
    ...readsFacts(name, view.reads),
    ...lookingFacts('rule', name, view.rules),
  ];
}

/** A policy's or a rule's own relation is told by its columns only: every one depends on that. */
function lookingFacts(kind: string, owner: string, all: readonly Looking[]): readonly Fact[] {
  return all.flatMap(({ name, reads }) => {
    const told = reads.filter(({ relation, columns }) => bare(relation) !== owner || columns.length > 0);
    const own: Fact = [`${kind} ${owner}.${name}`, ''];
    return [...(kind === 'rule' ? [own] : []), ...readsFacts(`${kind} ${owner}.${name}`, told)];
  });
}

function readsFacts(name: string, reads: View['reads']): readonly Fact[] {
  return [...new Set(reads.map(({ relation }) => relation))].map((relation): Fact => {
    const columns = reads.flatMap((each) => (each.relation === relation ? each.columns : []));
    return [`reads ${name} of ${bare(relation)}`, line({ columns: [...new Set(columns)].sort() })];
  });
}

/** `int4` as the server's own name for it. */
function bareRoutine({ name, argTypes }: Routine): string {
  const types = argTypes.map(
    ({ schema, name: type, array }) => `${schema === undefined ? '' : `${schema}.`}${type}${array > 0 ? '[]' : ''}`,
  );
  return `${name.schema}.${name.name}(${types.join()})`;
}

/** Objects and their parts that need a function, or a type where it is not merely a column's: what `pg_depend` says. */
function usesFacts(catalog: Catalog): readonly Fact[] {
  const facts: Fact[] = [];
  for (const [key, object] of catalog.objects)
    for (const used of usesOf(object)) {
      if (!/^(fn|type):/.test(used) || !isThere(catalog, used)) continue;
      for (const { kind, name } of partsUsing(object, used)) {
        const own = key.startsWith('fn:') ? `function ${bare(key)}` : `${object.kind} ${bare(key)}`;
        facts.push([
          `uses ${kind === 'whole' ? own : `${kind === 'generated' ? 'column' : kind} ${bare(key)}.${name}`} needs ${bare(used)}`,
          '',
        ]);
      }
    }
  return facts;
}

/** A row type stands under no key of its own. */
function isThere({ objects }: Catalog, used: ObjectKey): boolean {
  const relation = objects.get(`rel:${bare(used)}`);
  return objects.get(used) !== undefined || (relation !== undefined && rowTypeKey(relation) === used);
}

function typeLine(catalog: Catalog, type: UserType): string {
  return line({
    form: type.form,
    values: type.values.map(({ name }) => name),
    base: type.base && typeText(catalog, type.base),
    notNull: type.notNull,
    checks: [...type.checks, ...(type.notNullName === undefined ? [] : [type.notNullName])].sort(),
    constrained: type.constrained,
    attributes: type.attributes.map(({ name, type: own }) => `${name}:${typeText(catalog, own)}`),
  });
}

/** A type of the user's stands under its schema; `int[][]` is `int[]` to the server. */
function typeText(catalog: Catalog, type: DataType): string {
  const brackets = type.array > 0 ? '[]' : '';
  const schema =
    type.schema ?? [...catalog.searchPath].find((each) => catalog.objects.has(`type:${each}.${type.name}`));
  if (schema !== undefined) return `${schema}.${type.name}${brackets}`;
  return `${type.text.replace(/(\[\])+$/, '')}${brackets}`;
}

function bare(key: ObjectKey): string {
  return key.slice(key.indexOf(':') + 1);
}
