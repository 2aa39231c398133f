import type { Refusal } from '../model/proposal.ts';
import type { CatalogObject, Column, ObjectKey, Table, View } from '../schema/catalog.ts';
import type { ChangeKind, ChangeOf } from '../schema/change.ts';
import { lookup } from '../schema/lookup.ts';
import type { ObjectName } from '../schema/names.ts';
import type { PlanTable } from '../sql/primitives.ts';
import { tokenize } from '../sql/tokenize.ts';
import type { PastStatement, RecipeContext } from './recipe.ts';
import { refusal } from './request.ts';

/**
 * What the database ties to a column: it refuses to drop the column (views, policies, triggers), or drops them with it
 * (statistics, comments, privileges). Where another column takes the place under the same name, the same words make
 * them again.
 */
export interface Ties {
  /** Before the old column goes. */
  readonly before: readonly string[];
  /** When the other column has its name. */
  readonly after: readonly string[];
}

/** `around`: what even a change of the column in place has to take away and to make again. */
export interface AllTies extends Ties {
  readonly around: Ties;
}

interface Tied extends Ties {
  /** "the view v": for a refusal. */
  readonly what: string;
}

type Found = Tied | Refusal;

/** Everything tied to the column, or why it cannot be made again. */
export function tiesOf(context: RecipeContext, on: PlanTable, column: Column, standIn: string): AllTies | Refusal {
  const found = allTies(context, on, column, standIn);
  const refused = found.find((each): each is Refusal => 'kind' in each);
  if (refused !== undefined) return refused;
  const ties = found.filter((each): each is Tied => !('kind' in each));
  return { ...joined(ties), around: joined(ties.filter((each) => each.before.length > 0 && !isSequence(each))) };
}

function joined(ties: readonly Tied[]): Ties {
  return { before: ties.flatMap(({ before }) => before).toReversed(), after: ties.flatMap(({ after }) => after) };
}

/** The first thing because of which the database would refuse to drop the column. */
export function firstHolder(context: RecipeContext, on: PlanTable, column: Column): string | undefined {
  const found = allTies(context, on, column, column.name);
  const holder = found.find((each) => 'kind' in each || (each.before.length > 0 && !isSequence(each)));
  if (holder === undefined) return undefined;
  return 'kind' in holder ? holder.reason : `${capital(holder.what)} uses ${on.table.name.name}.${column.name}.`;
}

/** The first thing that lasts only as long as the column has its name. */
export function firstTie(context: RecipeContext, on: PlanTable, column: Column): string | undefined {
  const tie = allTies(context, on, column, column.name).find((each) => 'kind' in each || !isSequence(each));
  if (tie === undefined) return undefined;
  return 'kind' in tie ? tie.reason : `${capital(tie.what)} is tied to ${on.table.name.name}.${column.name}.`;
}

function isSequence({ what }: Tied): boolean {
  return what.startsWith('the sequence');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function allTies(context: RecipeContext, on: PlanTable, column: Column, standIn: string): readonly Found[] {
  const names = viewNames(context, keyOfTable(on));
  // GRANT ... ON ALL TABLES says nothing of a view by its name.
  const past = context.history([on.table.name.name, ...names, ...(names.length === 0 ? [] : ['tables'])]);
  return [
    ...pointingKeys(context, on, column),
    ...generatedColumns(on, column),
    ...published(context, past, on, column),
    ...replicaIdentity(context, on, column),
    ...sequences(context, on, column, standIn),
    ...views(context, past, on, column),
    ...policies(context, past, on, column),
    ...triggers(context, past, on, column),
    ...statistics(context, past, on, column),
    ...columnStatements(context, past, on, column),
  ];
}

/** Of the views over a relation, and of those over them. */
function viewNames(context: RecipeContext, key: ObjectKey): readonly string[] {
  return dependentsOf(context, key).flatMap((object) =>
    object.kind === 'view'
      ? [object.name.name, ...viewNames(context, `rel:${object.name.schema}.${object.name.name}`)]
      : [],
  );
}

function keyOfTable({ table }: PlanTable): ObjectKey {
  return `rel:${table.name.schema}.${table.name.name}`;
}

function isNamed(context: RecipeContext, name: ObjectName | undefined, key: ObjectKey): boolean {
  if (name === undefined) return false;
  const found = lookup(context.before, context.dialect.semantics(context.target), name);
  return found.kind === 'known' && found.key === key;
}

/** The words name the column, as a name of its own. */
function names({ dialect }: RecipeContext, text: string, column: string): boolean {
  return tokenize(text, dialect.lexical).some(
    ({ kind, value }) => (kind === 'word' || kind === 'quoted-name') && value === column,
  );
}

function begins(text: string, words: RegExp): boolean {
  return words.test(text);
}

function of<K extends ChangeKind>(
  past: readonly PastStatement[],
  kind: K,
): readonly { readonly change: ChangeOf<K>; readonly text: string }[] {
  return past.filter((each): each is { change: ChangeOf<K>; text: string } => each.change.kind === kind);
}

function dependentsOf({ before }: RecipeContext, key: ObjectKey): readonly CatalogObject[] {
  return (before.dependents.get(key) ?? []).flatMap((user) => before.objects.get(user) ?? []);
}

function pointingKeys(context: RecipeContext, on: PlanTable, column: Column): readonly Refusal[] {
  const key = keyOfTable(on);
  const tables = [on.table, ...dependentsOf(context, key).filter((each): each is Table => each.kind === 'table')];
  return tables.flatMap((table) =>
    table.constraints
      .filter(({ references }) => references?.table === key && pointsAt(references.columns, on.table, column))
      .map((constraint) =>
        refusal(
          `The foreign key ${constraint.name} of ${table.name.name} points to ${on.table.name.name}.${column.name}.`,
          `Drop ${constraint.name} first, and add it again behind the contract.`,
        ),
      ),
  );
}

function pointsAt(columns: readonly string[], table: Table, { name }: Column): boolean {
  if (columns.length > 0) return columns.includes(name);
  return table.constraints.some((each) => each.kind === 'primary-key' && each.columns.includes(name));
}

function generatedColumns({ table }: PlanTable, column: Column): readonly Refusal[] {
  return table.columns
    .filter(({ generated }) => generated?.expression.columns.includes(column.name) === true)
    .map(({ name }) =>
      refusal(
        `The generated column ${name} is computed from ${table.name.name}.${column.name}, and only a rewrite of the table could compute it from another.`,
        `Drop ${name} first.`,
      ),
    );
}

function published(
  context: RecipeContext,
  past: readonly PastStatement[],
  on: PlanTable,
  column: Column,
): readonly Refusal[] {
  const key = keyOfTable(on);
  const last = of(past, 'ChangeObject')
    .filter(({ change }) => change.objectKind === 'publication')
    .findLast(({ change, text }) => {
      const tables = (change.options?.tables ?? []) as readonly ObjectName[];
      return tables.some((name) => isNamed(context, name, key)) && names(context, text, column.name);
    });
  return last === undefined
    ? []
    : [
        refusal(
          `The publication ${last.change.object.name} names ${on.table.name.name}.${column.name} in a column list or a row filter.`,
          'Take the column out of the publication first.',
        ),
      ];
}

function replicaIdentity(context: RecipeContext, on: PlanTable, column: Column): readonly Refusal[] {
  const { replicaIdentity: identity } = on.table;
  const index = identity.kind === 'index' ? context.before.objects.get(identity.index) : undefined;
  return index?.kind === 'index' && index.keys.some((each) => each.column === column.name)
    ? [
        refusal(
          `The replica identity of ${on.table.name.name} is ${index.name.name}, which holds ${column.name}: without it updates and deletes of a published table fail.`,
          `ALTER TABLE ${on.name} REPLICA IDENTITY FULL, or USING INDEX with another one, first.`,
        ),
      ]
    : [];
}

function sequences(context: RecipeContext, on: PlanTable, column: Column, standIn: string): readonly Tied[] {
  const { quoteName: q } = context.dialect.renderer;
  const key = keyOfTable(on);
  // The one of a serial is not among the dependents, and its name may be that of an earlier column.
  const serial = /nextval\(/i.test(column.defaultTo?.text ?? '')
    ? [...context.before.objects].map(([, object]) => object)
    : [];
  return [...new Set([...dependentsOf(context, key), ...serial])].flatMap((object) =>
    object.kind === 'sequence' && object.ownedBy?.table === key && object.ownedBy.column === column.name
      ? [
          {
            what: `the sequence ${object.name.name}`,
            before: [`ALTER SEQUENCE ${written(context, object)} OWNED BY ${on.name}.${q(standIn)}`],
            after: [],
          },
        ]
      : [],
  );
}

function written({ before, dialect }: RecipeContext, { name }: CatalogObject): string {
  const { quoteName: q } = dialect.renderer;
  return name.schema === before.searchPath[0] ? q(name.name) : `${q(name.schema)}.${q(name.name)}`;
}

/** Views that read the column and what reads those, each behind what it reads. */
function views(
  context: RecipeContext,
  past: readonly PastStatement[],
  on: PlanTable,
  column: Column,
): readonly Found[] {
  const key = keyOfTable(on);
  const found: Found[] = [];
  const seen = new Set<View>();
  const visit = (view: View): void => {
    if (seen.has(view)) return;
    seen.add(view);
    found.push(viewTie(context, past, view, `${on.table.name.name}.${column.name}`));
    for (const user of dependentsOf(context, `rel:${view.name.schema}.${view.name.name}`))
      if (user.kind === 'view') visit(user);
  };
  for (const object of dependentsOf(context, key))
    if (object.kind === 'view' && readsColumn(object, key, column.name)) visit(object);
  return found;
}

function readsColumn({ reads }: View, key: ObjectKey, column: string): boolean {
  return reads.some(({ relation, columns }) => relation === key && (columns.includes('*') || columns.includes(column)));
}

function viewTie(context: RecipeContext, past: readonly PastStatement[], view: View, column: string): Found {
  const what = `the view ${view.name.name}`;
  const key = `rel:${view.name.schema}.${view.name.name}`;
  const nearest = `Drop ${view.name.name} before, and make it again behind the contract.`;
  if (view.materialized)
    return refusal(`The materialized view ${view.name.name} reads ${column}: making it again fills it anew.`, nearest);
  const { text } = view.origin.statement;
  if (!begins(text, /^CREATE\s+(OR\s+REPLACE\s+)?(TEMP(ORARY)?\s+)?(RECURSIVE\s+)?VIEW\b/i))
    return refusal(`The view ${view.name.name} reads ${column}, and how it was made is not known.`, nearest);
  if (view.starred || view.columns.includes('*'))
    return refusal(
      `The view ${view.name.name} reads ${column} through *, which would mean other columns when it is made again.`,
      nearest,
    );
  const about = past.filter(({ change }) => namesView(context, change, key));
  const other = about.find(
    ({ change }) => change.kind !== 'CreateView' && change.kind !== 'Comment' && change.kind !== 'Grant',
  );
  const shared = about.some(({ change }) => change.kind === 'Grant' && change.objects.length > 1);
  const wide = past.some(({ change, text: each }) => change.kind === 'Grant' && /\bALL\s+TABLES\s+IN\b/i.test(each));
  if (other !== undefined || shared || wide)
    return refusal(
      `The view ${view.name.name} reads ${column}, and ${other === undefined ? 'its privileges were given together with others' : 'it was altered since'}: nothing can promise that it comes back the same.`,
      nearest,
    );
  const later = about.filter(({ change }) => change.kind === 'Comment' || change.kind === 'Grant');
  return {
    what,
    before: [`DROP VIEW ${written(context, view)}`],
    after: [text, ...later.map((each) => each.text)],
  };
}

function namesView(context: RecipeContext, change: PastStatement['change'], key: ObjectKey): boolean {
  switch (change.kind) {
    case 'CreateView':
    case 'RenameView':
    case 'RenameViewColumn':
      return isNamed(context, change.view, key);
    case 'Comment':
      return isNamed(context, change.object, key);
    case 'Grant':
      return change.objects.some((each) => isNamed(context, each, key));
    case 'CreateTrigger':
    case 'SetTableOption':
    case 'SetDefault':
    case 'DropDefault':
      return isNamed(context, change.table, key);
    case 'ChangeObject':
      return (
        isNamed(context, change.table, key) || (change.objectKind === 'view' && isNamed(context, change.object, key))
      );
    default:
      return false;
  }
}

/** Objects that hang on the table and have a name there: the last word on each. */
function lastOf(
  context: RecipeContext,
  past: readonly PastStatement[],
  on: PlanTable,
  objectKind: string,
): ReadonlyMap<string, readonly PastStatement[]> {
  const key = keyOfTable(on);
  const found = new Map<string, readonly PastStatement[]>();
  for (const { change, text } of of(past, 'ChangeObject')) {
    if (change.objectKind !== objectKind) continue;
    const { name } = change.object;
    const isHere = change.table === undefined ? found.has(name) : isNamed(context, change.table, key);
    if (!isHere) continue;
    if (change.verb === 'drop') found.delete(name);
    else found.set(name, [...(found.get(name) ?? []), { change, text }]);
  }
  return found;
}

function policies(
  context: RecipeContext,
  past: readonly PastStatement[],
  on: PlanTable,
  column: Column,
): readonly Found[] {
  const { quoteName: q } = context.dialect.renderer;
  return [...lastOf(context, past, on, 'policy')].flatMap(([name, statements]): readonly Found[] => {
    const [made, ...later] = statements;
    if (!statements.some(({ text }) => names(context, text, column.name))) return [];
    return made === undefined || later.length > 0 || !begins(made.text, /^CREATE\s+POLICY\b/i)
      ? [
          refusal(
            `The policy ${name} uses ${on.table.name.name}.${column.name} and was altered since.`,
            `Drop it first.`,
          ),
        ]
      : [{ what: `the policy ${name}`, before: [`DROP POLICY ${q(name)} ON ${on.name}`], after: [made.text] }];
  });
}

function statistics(
  context: RecipeContext,
  past: readonly PastStatement[],
  on: PlanTable,
  column: Column,
): readonly Tied[] {
  return [...lastOf(context, past, on, 'statistics')].flatMap(([name, statements]) => {
    const [made] = statements;
    return made !== undefined && begins(made.text, /^CREATE\s+STATISTICS\b/i) && names(context, made.text, column.name)
      ? [{ what: `the statistics ${name}`, before: [], after: statements.map(({ text }) => text) }]
      : [];
  });
}

/** `UPDATE OF column` and WHEN hold a column; what a function does with it, only the function knows. */
function triggers(
  context: RecipeContext,
  past: readonly PastStatement[],
  on: PlanTable,
  column: Column,
): readonly Found[] {
  const key = keyOfTable(on);
  const { quoteName: q } = context.dialect.renderer;
  return on.table.triggers.flatMap(({ name, enabled }): readonly Found[] => {
    const made = of(past, 'CreateTrigger').findLast(
      ({ change }) => change.trigger.name === name && isNamed(context, change.table, key),
    );
    const head = made?.text.split(/\bEXECUTE\s+(?:FUNCTION|PROCEDURE)\b/i)[0] ?? '';
    if (made === undefined || !names(context, head, column.name)) return [];
    if (!enabled || !begins(made.text, /^CREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?TRIGGER\b/i))
      return [
        refusal(
          `The trigger ${name} names ${on.table.name.name}.${column.name}, and ${enabled ? 'how it was made is not known' : 'it is disabled'}.`,
          `Drop ${name} first.`,
        ),
      ];
    return [{ what: `the trigger ${name}`, before: [`DROP TRIGGER ${q(name)} ON ${on.name}`], after: [made.text] }];
  });
}

/** Comments, privileges and settings of the column itself. */
function columnStatements(
  context: RecipeContext,
  past: readonly PastStatement[],
  on: PlanTable,
  column: Column,
): readonly Tied[] {
  const key = keyOfTable(on);
  const tie = (what: string, after: readonly string[]): readonly Tied[] =>
    after.length === 0 ? [] : [{ what, before: [], after }];
  const comment = of(past, 'Comment').findLast(
    ({ change }) =>
      change.objectKind === 'column' && change.options?.column === column.name && isNamed(context, change.object, key),
  );
  const privileges = of(past, 'Grant').filter(
    ({ change, text }) =>
      change.objects.some((each) => isNamed(context, each, key)) &&
      [...text.matchAll(/\(([^)]*)\)/g)].some(([, list]) => names(context, list ?? '', column.name)),
  );
  const settings = of(past, 'SetTableOption')
    .filter(({ change }) => change.column?.name === column.name && isNamed(context, change.table, key))
    .map(({ change, text }) => `ALTER TABLE ${on.name} ${text.slice(change.span.start, change.span.end)}`);
  return [
    ...tie('the comment', comment === undefined ? [] : [comment.text]),
    ...tie(
      'a privilege',
      privileges.map(({ text }) => text),
    ),
    ...tie('a setting', settings),
  ];
}
