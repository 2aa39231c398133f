import type { Refusal } from '../model/proposal.ts';
import type { Column, Constraint, Index, Table } from '../schema/catalog.ts';
import type { Pieces, PlanTable } from '../sql/primitives.ts';
import { tokenize } from '../sql/tokenize.ts';
import { objectName } from './id.ts';
import type { PlanStep, RecipeContext } from './recipe.ts';
import { refusal } from './request.ts';

/** What hangs on a column, carried over to the one that takes its place. */
export interface Dependents {
  /** Steps after the backfill, in order. */
  readonly steps: readonly PlanStep[];
  /** At the end of the contract, after the old column is gone. */
  readonly contract: readonly string[];
  /** Temporary name -> final name. */
  readonly names: Readonly<Record<string, string>>;
  readonly rollback: readonly string[];
}

export interface Replacement {
  readonly on: PlanTable;
  readonly id: string;
  readonly old: Column;
  /** Name of the column that takes its place. */
  readonly column: string;
}

/** Why no second column can stand beside this one; `undefined` when it can. */
export function obstacle(context: RecipeContext, table: Table, column: Column): Refusal | undefined {
  const name = `${table.name.name}.${column.name}`;
  if (table.partial)
    return refusal(
      `Not everything about ${table.name.name} is known, so nothing can promise that the copy is complete.`,
      'completeFrom in schemaward.yaml, once the history tells the whole table',
    );
  if (table.partitionOf !== undefined)
    return refusal(`${table.name.name} is a partition.`, '--table: the partitioned table itself');
  if (table.inherits.length > 0 || column.inherited)
    return refusal(`${table.name.name} inherits its columns; that needs a plan for every table of the family.`);
  if (column.generated !== undefined)
    return refusal(
      `${name} is computed by the database, and a second computed column rewrites the table.`,
      'Read the value under its new name through a view.',
    );
  if (column.identity === 'by-default')
    return refusal(
      `${name} is an identity column that writers may set, so nothing tells a number that they gave from one that the database made.`,
      `ALTER TABLE ${table.name.name} ALTER COLUMN ${column.name} SET GENERATED ALWAYS, when no writer gives a number.`,
    );
  if (table.partitionBy !== undefined) return partitioned(context, table, column);
  return undefined;
}

/** Rows may not move between partitions in a BEFORE trigger, and no index of the whole is built CONCURRENTLY. */
function partitioned(context: RecipeContext, table: Table, column: Column): Refusal | undefined {
  const name = `${table.name.name}.${column.name}`;
  const { target, before } = context;
  if (target.versionKnown && target.version < 13)
    return refusal(
      `${table.name.name} is partitioned, and PostgreSQL ${target.version} knows no BEFORE triggers there.`,
    );
  const isKey = table.partitionBy?.keys.some(
    (key) => key.column === column.name || key.expression?.columns.includes(column.name) === true,
  );
  if (isKey === true) return refusal(`${name} is part of the key by which ${table.name.name} is partitioned.`);
  const indexed = table.indexes.find((key) => {
    const index = before.objects.get(key);
    return index?.kind === 'index' && isIndexed(index, column.name);
  });
  if (indexed === undefined) return undefined;
  return refusal(
    `${name} is indexed, and ${table.name.name} is partitioned: an index over all partitions cannot be built CONCURRENTLY.`,
    'Build the index for each partition by hand, and attach them.',
  );
}

/** What a column that goes away for good must not be. */
export function replaceObstacle(context: RecipeContext, table: Table, column: Column): Refusal | undefined {
  const name = `${table.name.name}.${column.name}`;
  const why = obstacle(context, table, column);
  if (why !== undefined) return why;
  if (column.identity !== undefined) return refusal(`${name} is filled by the database itself.`);
  const held = table.constraints.find(
    ({ kind, columns }) => (kind === 'primary-key' || kind === 'exclude') && columns.includes(column.name),
  );
  if (held !== undefined)
    return refusal(
      `${name} is part of ${held.kind === 'exclude' ? 'the exclusion constraint' : 'the primary key'} ${held.name}.`,
      held.kind === 'exclude' ? `Drop ${held.name} first.` : undefined,
    );
  return table.partitionBy === undefined ? undefined : refusal(`${table.name.name} is partitioned.`);
}

/** Indexes CONCURRENTLY, foreign keys and checks NOT VALID and then validated, NOT NULL through a CHECK. */
export function carryDependents(context: RecipeContext, replacement: Replacement): Dependents {
  const made: Carried[] = [
    ...indexesOf(context, replacement).map(({ index, constraint }, nth) =>
      carryIndex(context, replacement, index, constraint, nth),
    ),
    ...replacement.on.table.constraints
      .filter((each) => each.index === undefined && uses(each, replacement.old.name))
      .map((each, nth) => carryConstraint(context, replacement, each, nth)),
    ...(replacement.old.nullable ? [] : [carryNotNull(context, replacement)]),
  ];
  return {
    steps: made.flatMap(({ steps }) => steps),
    contract: made.flatMap(({ contract }) => contract),
    names: Object.assign({}, ...made.map(({ names }) => names)) as Readonly<Record<string, string>>,
    rollback: made.flatMap(({ rollback }) => rollback).reverse(),
  };
}

/** Indexes for readers and upserts by the new name, for as long as there are two. */
export function carryIndexes(context: RecipeContext, replacement: Replacement): Pick<Dependents, 'steps' | 'rollback'> {
  const made = indexesOf(context, replacement).map(({ index }, nth) =>
    carryIndex(context, replacement, index, undefined, nth),
  );
  return {
    steps: made.flatMap(({ steps }) => steps),
    rollback: made.flatMap(({ rollback }) => rollback).reverse(),
  };
}

interface Carried {
  readonly steps: readonly PlanStep[];
  readonly contract: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  readonly rollback: readonly string[];
}

function uses({ columns, expression, kind }: Constraint, column: string): boolean {
  return kind !== 'not-null' && (columns.includes(column) || expression?.columns.includes(column) === true);
}

function indexesOf(
  { before }: RecipeContext,
  { on, old }: Replacement,
): readonly { readonly index: Index; readonly constraint: Constraint | undefined }[] {
  return on.table.indexes.flatMap((key) => {
    const index = before.objects.get(key);
    if (index?.kind !== 'index') return [];
    return isIndexed(index, old.name)
      ? [{ index, constraint: on.table.constraints.find((each) => each.index === key) }]
      : [];
  });
}

function isIndexed({ keys, includes, where }: Index, column: string): boolean {
  return (
    keys.some((key) => key.column === column || key.expression?.columns.includes(column) === true) ||
    includes.includes(column) ||
    where?.columns.includes(column) === true
  );
}

function carryIndex(
  context: RecipeContext,
  replacement: Replacement,
  index: Index,
  constraint: Constraint | undefined,
  nth: number,
): Carried {
  const { on, id, old, column } = replacement;
  const { quoteName: q } = context.dialect.renderer;
  const temporary = objectName(id, `i${nth + 1}`);
  const swap = (name: string) => q(name === old.name ? column : name);
  const keys = index.keys.map((key) => {
    const what =
      key.column !== undefined
        ? swap(key.column)
        : `(${renamed(context, key.expression?.text ?? '', old.name, column)})`;
    const rest = [
      key.collation === undefined ? '' : ` COLLATE ${q(key.collation)}`,
      key.opclass === undefined ? '' : ` ${key.opclass}`,
      key.descending ? ' DESC' : '',
      key.nullsFirst === key.descending ? '' : key.nullsFirst ? ' NULLS FIRST' : ' NULLS LAST',
    ];
    return what + rest.join('');
  });
  const include = index.includes.length === 0 ? '' : ` INCLUDE (${index.includes.map(swap).join(', ')})`;
  const where = index.where === undefined ? '' : ` WHERE ${renamed(context, index.where.text, old.name, column)}`;
  const method = index.method === 'btree' ? '' : ` USING ${index.method}`;
  const nulls = index.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '';
  const create = `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${q(temporary)} ON ${on.name}${method} (${keys.join(', ')})${include}${nulls}${where}`;
  // What an interrupted build left behind is invalid, and stands in the way of the next one.
  const again = `DROP INDEX CONCURRENTLY IF EXISTS ${on.prefix}${q(temporary)}`;
  const final = index.name.name;
  const contract =
    constraint === undefined
      ? [`ALTER INDEX ${on.prefix}${q(temporary)} RENAME TO ${q(final)}`]
      : [
          `ALTER TABLE ${on.name} ADD CONSTRAINT ${q(final)} UNIQUE USING INDEX ${q(temporary)}${constraint.deferrable ? ' DEFERRABLE' : ''}${constraint.initiallyDeferred ? ' INITIALLY DEFERRED' : ''}`,
        ];
  return {
    steps: [
      step('verify', `Index for ${column}, as ${final} on ${old.name}`, `index_${column}`, [again, create], false),
    ],
    contract,
    names: { [temporary]: final },
    rollback: [`DROP INDEX IF EXISTS ${on.prefix}${q(temporary)}`],
  };
}

function carryConstraint(
  context: RecipeContext,
  { on, id, old, column }: Replacement,
  constraint: Constraint,
  nth: number,
): Carried {
  const { quoteName: q } = context.dialect.renderer;
  const temporary = objectName(id, `c${nth + 1}`);
  const columns = constraint.columns.map((each) => q(each === old.name ? column : each)).join(', ');
  const body =
    constraint.references === undefined
      ? `CHECK (${renamed(context, constraint.expression?.text ?? 'true', old.name, column)})`
      : `FOREIGN KEY (${columns}) REFERENCES ${referenced(context, constraint.references)}${actions(constraint.references)}`;
  const add = `ALTER TABLE ${on.name} ADD CONSTRAINT ${q(temporary)} ${body} NOT VALID`;
  const validate = `ALTER TABLE ${on.name} VALIDATE CONSTRAINT ${q(temporary)}`;
  const timeout = context.dialect.primitives?.lockTimeout ?? '';
  return {
    steps: [
      step('verify', `${constraint.name} for ${column}, NOT VALID`, `constrain_${column}`, [timeout, add], true),
      ...(constraint.validated ? [step('verify', `Validate it`, `validate_${column}`, [validate], true)] : []),
    ],
    contract: [`ALTER TABLE ${on.name} RENAME CONSTRAINT ${q(temporary)} TO ${q(constraint.name)}`],
    names: { [temporary]: constraint.name },
    rollback: [`ALTER TABLE ${on.name} DROP CONSTRAINT IF EXISTS ${q(temporary)}`],
  };
}

function referenced(context: RecipeContext, { table, columns }: NonNullable<Constraint['references']>): string {
  const { quoteName: q } = context.dialect.renderer;
  const object = context.before.objects.get(table);
  const name = object?.name ?? { schema: '', name: table.replace(/^rel:[^.]*\./, '') };
  const qualified =
    name.schema === '' || name.schema === context.before.searchPath[0]
      ? q(name.name)
      : `${q(name.schema)}.${q(name.name)}`;
  return columns.length === 0 ? qualified : `${qualified} (${columns.map(q).join(', ')})`;
}

function actions({ onDelete, onUpdate }: NonNullable<Constraint['references']>): string {
  const words = (action: string) => action.replace('-', ' ').toUpperCase();
  return `${onDelete === 'no-action' ? '' : ` ON DELETE ${words(onDelete)}`}${onUpdate === 'no-action' ? '' : ` ON UPDATE ${words(onUpdate)}`}`;
}

function carryNotNull(context: RecipeContext, { on, id, column }: Replacement): Carried {
  const pieces = provenNotNull(context, on, id, column);
  return {
    steps: [
      step(
        'verify',
        `Prove that ${column} is never NULL`,
        `require_${column}`,
        [context.dialect.primitives?.lockTimeout ?? '', ...pieces.create.slice(0, 1)],
        true,
      ),
      step('verify', 'Validate the proof', `validate_${column}`, pieces.create.slice(1), true),
    ],
    contract: pieces.drop,
    names: {},
    rollback: [
      `ALTER TABLE ${on.name} DROP CONSTRAINT IF EXISTS ${context.dialect.renderer.quoteName(objectName(id, 'nn'))}`,
    ],
  };
}

/** CHECK NOT VALID, VALIDATE; then SET NOT NULL needs no scan, and the CHECK is superfluous. */
export function provenNotNull({ dialect }: RecipeContext, on: PlanTable, id: string, column: string): Pieces {
  const { quoteName: q } = dialect.renderer;
  const name = q(objectName(id, 'nn'));
  return {
    create: [
      `ALTER TABLE ${on.name} ADD CONSTRAINT ${name} CHECK (${q(column)} IS NOT NULL) NOT VALID`,
      `ALTER TABLE ${on.name} VALIDATE CONSTRAINT ${name}`,
    ],
    drop: [
      `ALTER TABLE ${on.name} ALTER COLUMN ${q(column)} SET NOT NULL`,
      `ALTER TABLE ${on.name} DROP CONSTRAINT ${name}`,
    ],
  };
}

/** The column's type as a definition writes it. */
export function writtenType({ dialect }: RecipeContext, { type, collation }: Column): string {
  return collation === undefined ? type.text : `${type.text} COLLATE ${dialect.renderer.quoteName(collation)}`;
}

export function step(
  phase: PlanStep['phase'],
  label: string,
  name: string,
  sql: readonly string[],
  transactional: boolean,
  role: PlanStep['role'] = 'migration',
): PlanStep {
  return { phase, label, role, name, sql: sql.filter((each) => each !== ''), transactional };
}

/** An expression that speaks of another column, token by token: never inside strings, never a function's name. */
export function renamed({ dialect }: RecipeContext, expression: string, from: string, to: string): string {
  return substituted(expression, from, dialect.renderer.quoteName(to), dialect.lexical);
}

export function substituted(
  expression: string,
  column: string,
  replacement: string,
  lexical: RecipeContext['dialect']['lexical'],
): string {
  const tokens = tokenize(expression, lexical);
  let result = '';
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const isName = (token.kind === 'word' || token.kind === 'quoted-name') && token.value === column;
    const follows = tokens[index + 1]?.text;
    const before = tokens[index - 1]?.text;
    if (!isName || follows === '(' || follows === '.' || before === '::') continue;
    const qualified = before === '.' ? tokens[index - 2] : undefined;
    const start = qualified?.start ?? token.start;
    if (start < at) continue;
    result += expression.slice(at, start) + replacement;
    at = token.end;
  }
  return result + expression.slice(at);
}
