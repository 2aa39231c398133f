import type { Anchor } from '../../model/text.ts';
import type { CatalogObject, ObjectKey, Privilege, View } from '../../schema/catalog.ts';
import { defaultPrivilegesKey } from '../../schema/keys.ts';
import type { ObjectName } from '../../schema/names.ts';
import { routineKeys } from '../losses.ts';
import { at, type ChangeContext, defineRule, type MigrationContext } from '../rule.ts';
import { listed, relationKey, severity } from '../support.ts';

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
    open: 'The new {object} may be called by everybody again: {what} went with the old one. Take it from PUBLIC again in this migration.',
  },
  explanation: `Privileges belong to the object, not to its name. \`DROP\` takes them along, and so does a table that is built beside the old one and renamed in its place.
The new object belongs to the role of the migration; everybody else has nothing until it is granted, except that functions may be executed
by PUBLIC again. Row security, policies and the options of a view go in the same way. \`CREATE OR REPLACE\` keeps them all (but see
\`security/view-options-lost\`).

**Do instead**: replace in place where the server allows it; else grant again in the same migration, which the quick fix adds at its
end. A migration is one transaction, so nobody sees the object without them.

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
      title: 'Granted again',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE VIEW totals AS SELECT count(*) AS n FROM orders;\nGRANT SELECT ON totals TO reporting;',
      sql: 'DROP VIEW totals;\nCREATE VIEW totals AS SELECT count(*) AS orders FROM orders;\nGRANT SELECT ON totals TO reporting;',
      fires: false,
    },
  ],
  *check(context) {
    for (const each of context.contexts) {
      if (!/^(Drop|Rename|Set)(Table|View|Sequence|Function)/.test(each.step.change.kind)) continue;
      const key = each.once('schema/grants-lost', () => goneWithPrivileges(each));
      const old = key === undefined ? undefined : each.before.objects.get(key);
      const last = context.contexts.at(-1);
      if (key === undefined || old === undefined || last === undefined) continue;
      const made = last.after.objects.get(key);
      if (made === undefined || made.origin === old.origin || mayBeGranted(context, last, old)) continue;
      const lost = lostPrivileges(each, old, made);
      const guards = lostGuards(old, made);
      if (lost.length + guards.length === 0) continue;
      const open = lost.every(({ granted }) => !granted);
      const object = `${WORDS[made.kind] ?? made.kind} ${made.name.name}`;
      yield {
        messageId: lost.length === 0 ? 'unguarded' : open ? 'open' : 'lost',
        args: { object, what: listed([...words(lost), ...guards], 8) },
        anchor: placeOf(each, made),
        object: made.name.name,
        severity: severity(each, 'warning'),
        related: lost.slice(0, 1).map(({ origin }) => each.madeAt(origin, 'made-here', { object: 'The grant' })),
        ...(lost.length === 0
          ? {}
          : { fixes: [{ id: 'grant-again', args: { sql: again(each, made, lost).join('; ') } }] }),
      };
    }
  },
});

/** Where the new one is made, when this migration makes it. */
function placeOf({ step }: ChangeContext, { origin }: CatalogObject): Anchor {
  return origin.migration === step.migration.id
    ? { file: step.migration.file, statement: origin.statement, span: origin.span }
    : at(step, step.change.span);
}

const WORDS: Readonly<Record<string, string>> = { routine: 'function' };

/** The object that loses its name here, where it had something to lose. */
function goneWithPrivileges(context: ChangeContext): ObjectKey | undefined {
  const { change } = context.step;
  if (change.certainty === 'maybe') return undefined;
  const key = goneKey(context);
  const object = key === undefined ? undefined : context.before.objects.get(key);
  if (object === undefined || context.isUnreleased(object.origin)) return undefined;
  const guards =
    (object.kind === 'table' && (object.policies.length > 0 || object.rowSecurity.enabled)) ||
    (object.kind === 'view' && Object.keys(object.options).length > 0);
  return guards || (object.privileges ?? []).some(({ origin }) => !context.isUnreleased(origin)) ? key : undefined;
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
