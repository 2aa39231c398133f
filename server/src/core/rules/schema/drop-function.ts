import type { ObjectKey, Routine } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { overloadsOf } from '../../schema/routines.ts';
import { routineKeys } from '../losses.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { severity, written } from '../support.ts';

export const dropFunction = defineRule({
  id: 'schema/drop-function',
  scope: 'change',
  on: ['DropFunction', 'ChangeObject', 'CreateFunction'],
  severity: 'warning',
  summary: 'Dropping or renaming a function, or changing its arguments, breaks whoever still calls it.',
  messages: {
    drops:
      'Calls of {fn} by the running version, by other functions and by jobs fail as soon as this commits; of those in function bodies the server knows nothing. Stop calling it first, and drop it in a later release.',
    signature:
      'It comes back with other arguments: calls of {fn} with the old ones fail as soon as this commits. Create the new form beside it, and drop the old one in a later release.',
    renames:
      'Calls of {fn} under its old name or schema fail as soon as this commits. Create the new one beside it, and drop the old one in a later release.',
    ambiguous:
      'Another {fn} with fewer arguments stays beside this one: calls that leave the new argument out fit both and fail as soon as this commits ("function is not unique"). Drop the old form in this migration.',
  },
  explanation: `A function is called by its name and the types of its arguments, from code that the server does not see: the application, jobs, string bodies of other
functions. \`DROP FUNCTION\` fails only for what is tied to it (a trigger, a default, a view), never for a caller.

\`CREATE OR REPLACE FUNCTION\` with one argument more replaces nothing: it adds an overload. With a default for that argument every call of the old
form fits both, and fails.

**Do instead**: add the new form as an overload (without defaults), or drop the old one in the same migration and give the new argument a default; move the callers, and drop the old
one in a later release. There is no quick fix: who calls it only people know.

Silent for functions that are unreleased, for trigger functions, which nobody calls, and where the same migration makes it again with the
same number of arguments.`,
  peers: ['pgsafe:drop-function'],
  examples: [
    {
      title: 'Somebody calls it',
      given: "CREATE FUNCTION price(int) RETURNS int LANGUAGE sql AS 'SELECT $1';",
      sql: 'DROP FUNCTION price(int);',
      fires: true,
    },
    {
      title: 'Made again, with another result',
      given: "CREATE FUNCTION price(int) RETURNS int LANGUAGE sql AS 'SELECT $1';",
      sql: "DROP FUNCTION price(int);\nCREATE FUNCTION price(int) RETURNS bigint LANGUAGE sql AS 'SELECT $1::bigint';",
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'CreateFunction') return yield* ofOverload(context, change);
    const gone = goneFunction(context);
    if (gone === undefined || change.certainty === 'maybe') return;
    const { name, routine } = gone;
    if (context.isUnreleased(routine.origin) || /\bRETURNS\s+(event_)?trigger\b/i.test(routine.origin.statement.text))
      return;
    const again = madeAgain(context, name, routine);
    if (again === 'same') return;
    const fn = written(name);
    yield {
      messageId: gone.isRenamed ? 'renames' : again === 'other' ? 'signature' : 'drops',
      args: { fn },
      anchor: at(context.step, change.span),
      object: fn,
      severity: severity(context, 'warning'),
      compat: 'breaking',
      related: [context.madeAt(routine.origin, 'made-here', { object: fn })],
    };
  },
});

/** A function whose last arguments may be left out, beside one that has not got them. */
function* ofOverload(context: ChangeContext, change: ChangeOf<'CreateFunction'>): Generator<Draft> {
  const optional = typeof change.options?.defaults === 'number' ? change.options.defaults : 0;
  if (optional === 0 || change.certainty === 'maybe') return;
  const [, other] =
    overloadsOf(context.before, change.fn).find(([key, { argTypes, origin }]) => {
      const isShorter = argTypes.length < change.argTypes.length;
      const fits = isShorter && argTypes.length >= change.argTypes.length - optional;
      const isSame = argTypes.every((type, nth) => type.name === change.argTypes[nth]?.name);
      return fits && isSame && !context.isUnreleased(origin) && !isDroppedLater(context, key);
    }) ?? [];
  if (other === undefined) return;
  const fn = written(change.fn);
  yield {
    messageId: 'ambiguous',
    args: { fn },
    anchor: at(context.step, change.span),
    object: fn,
    severity: severity(context, 'warning'),
    compat: 'breaking',
    related: [context.madeAt(other.origin, 'made-here', { object: fn })],
  };
}

function isDroppedLater(context: ChangeContext, key: ObjectKey): boolean {
  return context.steps.some(
    ({ statementIndex, change }) =>
      statementIndex > context.step.statementIndex &&
      change.kind === 'DropFunction' &&
      routineKeys(context, change).includes(key),
  );
}

interface Gone {
  readonly name: ObjectName;
  readonly routine: Routine;
  readonly isRenamed: boolean;
}

function goneFunction(context: ChangeContext): Gone | undefined {
  const { change } = context.step;
  const isMove =
    change.kind === 'ChangeObject' &&
    (change.objectKind === 'function' || change.objectKind === 'procedure' || change.objectKind === 'routine') &&
    (change.newName !== undefined || change.options?.schema !== undefined);
  if (change.kind !== 'DropFunction' && !isMove) return undefined;
  const name = change.kind === 'DropFunction' ? change.fn : change.object;
  const { argTypes } = change;
  const [key] = routineKeys(context, { fn: name, ...(argTypes === undefined ? {} : { argTypes }) });
  const routine = key === undefined ? undefined : context.before.objects.get(key);
  // The server refuses: something is tied to it.
  if (key === undefined || (!isMove && context.after.objects.has(key))) return undefined;
  return routine?.kind !== 'routine' ? undefined : { name, routine, isRenamed: isMove };
}

function madeAgain({ steps, step }: ChangeContext, name: ObjectName, routine: Routine): 'same' | 'other' | undefined {
  const { change: drop } = step;
  const old = drop.kind === 'DropFunction' && drop.argTypes !== undefined ? drop.argTypes : routine.argTypes;
  const made = steps.flatMap(({ statementIndex, change }) =>
    statementIndex > step.statementIndex && change.kind === 'CreateFunction' && change.fn.name === name.name
      ? [change]
      : [],
  );
  if (made.length === 0) return undefined;
  const takes = made.some(({ argTypes, options }) => {
    const optional = typeof options?.defaults === 'number' ? options.defaults : 0;
    return old.length <= argTypes.length && old.length >= argTypes.length - optional;
  });
  return takes ? 'same' : 'other';
}
