import type { ChangeOf } from '../../schema/change.ts';
import { DROPS } from '../dependents.ts';
import { typesOfExtension } from '../extension-types.ts';
import { cascadeOf, type Loss } from '../losses.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import {
  isLive,
  isLiveColumn,
  isReplaced,
  listed,
  liveTablesIn,
  liveView,
  madeRelation,
  severity,
  written,
} from '../support.ts';

export const cascade = defineRule({
  id: 'schema/cascade',
  scope: 'change',
  on: [...DROPS, 'ChangeObject'],
  severity: 'error',
  summary: 'CASCADE drops more than the statement names.',
  messages: {
    takes:
      'CASCADE drops {dependents} together with {object}, silently and for good. Write out what is to go as drops of their own, and create again what is still wanted.',
  },
  explanation: `\`CASCADE\` follows every dependency, and the server names what it took in a NOTICE that nobody reads: a view over the view, a foreign
key of another table, the trigger that called a function, the default that counted up a sequence. Which those are depends on the database that
the migration runs in, not on its text. Views and columns that are gone break the queries that use them (error); foreign keys,
triggers and defaults that are gone let wrong rows in (warning).

**Do instead**: drop what is to go by name, in front of the statement, and leave CASCADE out: then a dependent that nobody thought of stops
the migration. The quick fix writes the drops out in the order of their dependencies. Of what an extension takes along only the columns of its
types are known.

Silent where nothing else goes, or only what is unreleased, what the same migration makes again, or where another finding on the same
drop names the dependents already (\`schema/drop-table\`, \`schema/drop-column\`, \`schema/drop-view\`).`,
  peers: ['migrationpilot:MP022', 'bytebase:statement_disallow_rm_tbl_cascade'],
  examples: [
    {
      title: 'A foreign key leans on the constraint',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, mail text CONSTRAINT users_mail UNIQUE);\nCREATE TABLE logins (mail text CONSTRAINT logins_mail REFERENCES users (mail));',
      sql: 'ALTER TABLE users DROP CONSTRAINT users_mail CASCADE;',
      fires: true,
    },
    {
      title: 'Nothing depends on it',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, mail text CONSTRAINT users_mail UNIQUE);',
      sql: 'ALTER TABLE users DROP CONSTRAINT users_mail CASCADE;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'ChangeObject') return yield* ofExtension(context, change);
    if (!('cascade' in change) || !change.cascade || isSaidElsewhere(context)) return;
    const found = cascadeOf(context);
    if (found === undefined) return;
    const object = droppedName(context);
    yield {
      messageId: 'takes',
      args: { object, dependents: found.dependents },
      anchor: at(context.step, change.span),
      object,
      severity: severity(context, found.losses.some(isRead) ? 'error' : 'warning'),
      related: found.related,
      fixes: found.fixes,
    };
  },
});

/** What depends on an extension is not known but for the columns of its types. */
function* ofExtension(context: ChangeContext, change: ChangeOf<'ChangeObject'>): Generator<Draft> {
  if (change.verb !== 'drop' || change.objectKind !== 'extension' || change.options?.cascade !== true) return;
  const types = typesOfExtension(change.object.name);
  const columns = [...(types.length === 0 ? [] : context.before.objects)].flatMap(([, object]) =>
    object.kind === 'table' && !object.temporary && !context.isUnreleased(object.origin)
      ? object.columns.flatMap(({ name, type }) =>
          types.includes(type.name) ? [`column ${name} of ${object.name.name}`] : [],
        )
      : [],
  );
  if (columns.length === 0) return;
  yield {
    messageId: 'takes',
    args: { object: change.object.name, dependents: listed(columns, 12) },
    anchor: at(context.step, change.span),
    object: change.object.name,
    severity: severity(context, 'error'),
    compat: 'destructive',
  };
}

/** Queries name it. */
function isRead(loss: Loss): boolean {
  return loss.kind === 'object' ? loss.object.kind !== 'type' : loss.part === 'column';
}

/** The rule about the drop itself says what goes with it. */
function isSaidElsewhere(context: ChangeContext): boolean {
  const { change } = context.step;
  switch (change.kind) {
    case 'DropTable':
      return isLive(context, change.table);
    case 'DropView':
      return liveView(context, change.view) !== undefined && !isReplaced(context, change.view, madeRelation);
    case 'DropColumn':
      return isLiveColumn(context, change.table, change.column.name);
    case 'DropType':
      return cascadeOf(context)?.losses.some((loss) => loss.kind === 'part' && loss.part === 'column') === true;
    case 'DropSchema':
      return liveTablesIn(context, change.schema.name)?.length !== 0;
    default:
      return false;
  }
}

function droppedName({ step: { change } }: ChangeContext): string {
  switch (change.kind) {
    case 'DropTable':
      return written(change.table);
    case 'DropView':
      return written(change.view);
    case 'DropColumn':
      return `${written(change.table)}.${change.column.name}`;
    case 'DropConstraint':
      return change.constraint.name;
    case 'DropIndex':
      return written(change.index);
    case 'DropSequence':
      return written(change.sequence);
    case 'DropType':
      return written(change.type);
    case 'DropFunction':
      return written(change.fn);
    case 'DropSchema':
      return change.schema.name;
    default:
      return '';
  }
}
