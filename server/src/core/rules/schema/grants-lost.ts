import type { Anchor } from '../../model/text.ts';
import type { CatalogObject, ObjectKey, Origin, Privilege, View } from '../../schema/catalog.ts';
import { defaultPrivilegesKey } from '../../schema/keys.ts';
import type { ObjectName } from '../../schema/names.ts';
import { routineNamed } from '../../schema/routines.ts';
import { routineKeys } from '../losses.ts';
import { at, type ChangeContext, type Draft, defineRule, type MigrationContext } from '../rule.ts';
import { listed, relationAfter, relationKey, severity } from '../support.ts';

export const grantsLost = defineRule({
  id: 'schema/grants-lost',
  scope: 'migration',
  severity: 'warning',
  consequence: 'breaks',
  summary: 'An object that is dropped and made again has none of the privileges that the old one had.',
  messages: {
    lost: 'The new {object} has nothing of what the old one was given: {what}. Whoever needs it fails with "permission denied" as soon as this commits; grant it again in this migration.',
    unguarded:
      'The new {object} has nothing of what guarded the old one: {what}. From here on whoever may read it sees every row; set it up again in this migration.',
    'dropped-here': '{object} left here.',
    open: 'The new {object} may be called by everybody again: {what} went with the old one. Take it from PUBLIC again in this migration.',
  },
  explanation: `Privileges belong to the object, not to its name. \`DROP\` takes them along, and so does a table that is built beside the old one and renamed in its place.
The new object belongs to the role of the migration; everybody else has nothing until it is granted, except that functions may be executed
by PUBLIC again. Row security, policies and the options of a view go in the same way. \`CREATE OR REPLACE\` keeps them all (but see
\`security/view-options-lost\`).

**Do instead**: replace in place where the server allows it; else grant again in the same migration, which the quick fix adds at its
end. A migration is one transaction, so nobody sees the object without them.

What one migration drops and another one of the same release makes again is told where it is made.

Known is what the history granted. Silent where \`ALTER DEFAULT PRIVILEGES\` or a dynamic statement may grant it, and where a branch of
a DO block does.`,
  peers: ['migrationpilot:MP091'],
  examples: [
    {
      title: 'A view that is made again',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE VIEW totals AS SELECT count(*) AS n FROM orders;\nGRANT SELECT ON totals TO reporting;',
      sql: 'DROP VIEW totals;\nCREATE VIEW totals AS SELECT count(*) AS orders FROM orders;',
      fires: true,
    },
    {
      title: 'Made again by the next migration',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE VIEW totals AS SELECT count(*) AS n FROM orders;\nGRANT SELECT ON totals TO reporting;',
      earlier: ['DROP VIEW totals;'],
      sql: 'CREATE VIEW totals AS SELECT count(*) AS orders FROM orders;',
      fires: true,
    },
    {
      title: 'Granted again',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE VIEW totals AS SELECT count(*) AS n FROM orders;\nGRANT SELECT ON totals TO reporting;',
      sql: 'DROP VIEW totals;\nCREATE VIEW totals AS SELECT count(*) AS orders FROM orders;\nGRANT SELECT ON totals TO reporting;',
      fires: false,
    },
  ],
  *check(context) {
    const last = context.contexts.at(-1);
    if (last === undefined) return;
    for (const each of context.contexts) {
      if (!/^(Create|Drop|Rename|Set)(Table|View|Sequence|Function)/.test(each.step.change.kind)) continue;
      const left = each.once('schema/grants-lost', () => goneWithPrivileges(each) ?? departedBefore(each));
      const made = left === undefined ? undefined : last.after.objects.get(left.key);
      if (left === undefined || made === undefined || made.origin === left.object.origin) continue;
      if (!mayBeGranted(context, last, left.object)) yield* draft(each, left, made);
    }
  },
});

/** What lost its name, and where that was another migration's doing. */
interface Left {
  readonly key: ObjectKey;
  readonly object: CatalogObject;
  readonly origin?: Origin;
}

function* draft(context: ChangeContext, { object: old, origin }: Left, made: CatalogObject): Generator<Draft> {
  const lost = lostPrivileges(context, old, made);
  const guards = lostGuards(old, made);
  if (lost.length + guards.length === 0) return;
  const open = lost.every(({ granted }) => !granted);
  const object = `${WORDS[made.kind] ?? made.kind} ${made.name.name}`;
  yield {
    messageId: lost.length === 0 ? 'unguarded' : open ? 'open' : 'lost',
    args: { object, what: listed([...words(lost), ...guards], 8) },
    anchor: placeOf(context, made),
    object: made.name.name,
    severity: severity(context, 'warning'),
    related: [
      ...(origin === undefined ? [] : [context.madeAt(origin, 'dropped-here', { object: old.name.name })]),
      ...lost.slice(0, 1).map((each) => context.madeAt(each.origin, 'made-here', { object: 'The grant' })),
    ],
    ...(lost.length === 0
      ? {}
      : { fixes: [{ id: 'grant-again', args: { sql: again(context, made, lost).join('; ') } }] }),
  };
}

/** Where the new one is made, when this migration makes it. */
function placeOf({ step }: ChangeContext, { origin }: CatalogObject): Anchor {
  return origin.migration === step.migration.id
    ? { file: step.migration.file, statement: origin.statement, span: origin.span }
    : at(step, step.change.span);
}

const WORDS: Readonly<Record<string, string>> = { routine: 'function' };

/** The object that loses its name here, where it had something to lose. */
function goneWithPrivileges(context: ChangeContext): Left | undefined {
  if (context.step.change.certainty === 'maybe') return undefined;
  const key = goneKey(context);
  const object = key === undefined ? undefined : context.before.objects.get(key);
  return key === undefined || object === undefined || !hasToLose(context, object) ? undefined : { key, object };
}

/** What stood under the name that is given here, until another migration of this release took it away. */
function departedBefore(context: ChangeContext): Left | undefined {
  if (context.step.change.certainty === 'maybe') return undefined;
  const key = takenKey(context);
  const left = key === undefined ? undefined : context.before.departed.get(key);
  if (key === undefined || left === undefined || left.origin.migration === context.migration.id) return undefined;
  return context.isUnreleased(left.origin) && hasToLose(context, left.object) ? { key, ...left } : undefined;
}

/** A released grant has a released object, though this release may have replaced that. */
function hasToLose(context: ChangeContext, object: CatalogObject): boolean {
  if ((object.privileges ?? []).some(({ origin }) => !context.isUnreleased(origin))) return true;
  if (context.isUnreleased(object.origin)) return false;
  return (
    (object.kind === 'table' && (object.policies.length > 0 || object.rowSecurity.enabled)) ||
    (object.kind === 'view' && Object.keys(object.options).length > 0)
  );
}

/** Key that what the change makes or renames has behind it. */
function takenKey(context: ChangeContext): ObjectKey | undefined {
  const { change } = context.step;
  const relation = (name: ObjectName) => {
    const found = relationAfter(context, name);
    return found.kind === 'known' ? found.key : undefined;
  };
  switch (change.kind) {
    case 'CreateTable':
      return relation(change.table);
    case 'CreateView':
      return relation(change.view);
    case 'CreateSequence':
      return relation(change.sequence);
    case 'RenameTable':
      return relation({ ...change.table, name: change.newName.name });
    case 'RenameView':
      return relation({ ...change.view, name: change.newName.name });
    case 'RenameSequence':
      return relation({ ...change.sequence, name: change.newName.name });
    case 'CreateFunction':
      return routineNamed(context.after, change.fn, change.argTypes);
    default:
      return undefined;
  }
}

function goneKey(context: ChangeContext): ObjectKey | undefined {
  const { change } = context.step;
  const relation = (name: ObjectName) => relationKey(context, name);
  switch (change.kind) {
    case 'DropTable':
    case 'RenameTable':
    case 'SetTableSchema':
      return relation(change.table);
    case 'DropView':
    case 'RenameView':
      return relation(change.view);
    case 'DropSequence':
    case 'RenameSequence':
      return relation(change.sequence);
    case 'DropFunction':
      return routineKeys(context, change)[0];
    default:
      return undefined;
  }
}

/** By something that the catalog does not show. */
function mayBeGranted({ steps }: MigrationContext, last: ChangeContext, { name }: CatalogObject): boolean {
  return (
    last.after.tainted.has(defaultPrivilegesKey) ||
    steps.some(
      ({ change }) =>
        (change.kind === 'RunSql' && change.taint === 'schema') ||
        (change.kind === 'Grant' &&
          change.certainty === 'maybe' &&
          (change.objects.length === 0 || change.objects.some((each) => each.name === name.name))),
    )
  );
}

function lostPrivileges(context: ChangeContext, old: CatalogObject, made: CatalogObject): readonly Privilege[] {
  const now = made.privileges ?? [];
  const has = ({ role, name, granted }: Privilege) =>
    now.some((each) => each.role === role && each.granted === granted && (each.name === name || each.name === 'all'));
  return (old.privileges ?? []).filter((each) => !context.isUnreleased(each.origin) && !has(each));
}

function lostGuards(old: CatalogObject, made: CatalogObject): readonly string[] {
  if (old.kind === 'view' && made.kind === 'view') return lostOptions(old, made);
  if (old.kind !== 'table' || made.kind !== 'table') return [];
  const policies = old.policies.filter(({ name }) => !made.policies.some((each) => each.name === name));
  return [
    ...(old.rowSecurity.enabled && !made.rowSecurity.enabled ? ['row security'] : []),
    ...policies.map(({ name }) => `policy ${name}`),
  ];
}

/** `security_invoker`, `security_barrier`, `check_option` where they were on. */
function lostOptions({ options }: View, made: View): readonly string[] {
  return Object.entries(options)
    .filter(([name, value]) => !/^(false|off|no|0)$/i.test(value) && made.options[name] === undefined)
    .map(([name]) => name);
}

function words(lost: readonly Privilege[]): readonly string[] {
  return [...byRole(lost)].map(([role, own]) => {
    const names = listed(own.map(({ name }) => name.toUpperCase()));
    return own.every(({ granted }) => granted) ? `${names} for ${role}` : `REVOKE ${names} FROM ${role.toUpperCase()}`;
  });
}

function byRole(lost: readonly Privilege[]): ReadonlyMap<string, readonly Privilege[]> {
  const found = new Map<string, readonly Privilege[]>();
  for (const each of lost) found.set(each.role, [...(found.get(each.role) ?? []), each]);
  return found;
}

/** One statement for each role, option and direction. */
function again({ dialect, before }: ChangeContext, made: CatalogObject, lost: readonly Privilege[]): readonly string[] {
  const { quoteName: q, typeText } = dialect.renderer;
  const { schema, name } = made.name;
  const own = schema === before.searchPath[0] ? q(name) : `${q(schema)}.${q(name)}`;
  const on =
    made.kind === 'routine'
      ? `${made.procedure ? 'PROCEDURE' : 'FUNCTION'} ${own}(${made.argTypes.map(typeText).join(', ')})`
      : made.kind === 'sequence'
        ? `SEQUENCE ${own}`
        : own;
  const isWord = (role: string) => ['public', 'current_user', 'current_role', 'session_user'].includes(role);
  return [...byRole(lost)].flatMap(([role, all]) => {
    const to = isWord(role) ? role.toUpperCase() : q(role);
    const said = (wanted: readonly Privilege[]) => wanted.map((each) => each.name).join(', ');
    const [plain, grantable] = [all.filter(({ grantable: each }) => !each), all.filter(({ grantable: each }) => each)];
    const given = plain.filter(({ granted }) => granted);
    const taken = plain.filter(({ granted }) => !granted);
    return [
      ...(given.length === 0 ? [] : [`GRANT ${said(given)} ON ${on} TO ${to}`]),
      ...(grantable.length === 0 ? [] : [`GRANT ${said(grantable)} ON ${on} TO ${to} WITH GRANT OPTION`]),
      ...(taken.length === 0 ? [] : [`REVOKE ${said(taken)} ON ${on} FROM ${to}`]),
    ];
  });
}
