import type { Routine } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import { routineNamed } from '../../schema/routines.ts';
import type { DataType } from '../../schema/types.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { settledType, written } from '../support.ts';
import { failure, type Problem } from './failure.ts';

export const routineSignature = defineRule({
  id: 'run/routine-signature',
  scope: 'change',
  on: ['CreateFunction', 'CreateTrigger'],
  severity: 'error',
  summary:
    'CREATE OR REPLACE FUNCTION keeps the return type, the names of the arguments and their defaults; to change one fails.',
  messages: {
    returns:
      'Fails: {fn} returns {from} at this point, and OR REPLACE cannot make that {to}. Create it under another name and switch its callers, or drop it first in the same migration and grant again.',
    argument:
      'Fails: an argument of {fn} is called {from} at this point, and OR REPLACE cannot change that. Keep the name, or drop the function first in the same migration and grant again.',
    defaults:
      'Fails: {from} arguments of {fn} have defaults at this point, and OR REPLACE cannot take one away. Keep them, or drop the function first in the same migration and grant again.',
    trigger: 'Fails: {fn} returns {from}, and a trigger calls a function that RETURNS trigger.',
    kind: 'Fails: {fn} is a {from} at this point, and OR REPLACE cannot make it a {to}. Drop it first, in the same migration.',
  },
  explanation: `\`CREATE OR REPLACE\` finds a function by its name and the types of its arguments, and replaces what it does. What callers see stays: its return type
(\`cannot change return type of existing function\`), the names of its arguments and how many of them have defaults. Other types of arguments make another function beside it.

A trigger calls a function without arguments that returns \`trigger\`, no other one.

Known is what the history declared. Silent where it made no such function, where a type is not known, and for what a branch of a DO block does. No fix is offered: callers rely on what
is there, and dropping takes privileges along (\`schema/grants-lost\`).`,
  examples: [
    {
      title: 'Another return type',
      given: "CREATE FUNCTION total(id bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';",
      sql: "CREATE OR REPLACE FUNCTION total(id bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1';",
      fires: true,
    },
    {
      title: 'Another body',
      given: "CREATE FUNCTION total(id bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';",
      sql: "CREATE OR REPLACE FUNCTION total(id bigint) RETURNS int LANGUAGE sql AS 'SELECT 2';",
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'CreateTrigger' && change.certainty !== 'maybe') yield* ofTrigger(context, change);
    if (change.kind !== 'CreateFunction' || !change.replace || change.certainty === 'maybe') return;
    const key = routineNamed(context.before, change.fn, change.argTypes);
    const old = key === undefined ? undefined : context.before.objects.get(key);
    const isMeant = old?.name.schema === (change.fn.schema ?? context.before.searchPath[0]);
    const problem = old?.kind === 'routine' && isMeant ? problemOf(context, old, change) : undefined;
    const fn = written(change.fn);
    if (problem !== undefined) yield failure(context, { ...problem, args: { fn, ...problem.args } }, fn, change.span);
  },
});

function* ofTrigger(context: ChangeContext, { fn: called }: ChangeOf<'CreateTrigger'>): Generator<Draft> {
  const routine = context.before.objects.get(routineNamed(context.before, called, []) ?? '');
  if (routine?.kind !== 'routine' || routine.aggregate === true || context.before.tainted.has('*')) return;
  const [returned] = routine.returns;
  if (returned === undefined || returned.name === 'trigger') return;
  const fn = written(called);
  yield failure(context, { messageId: 'trigger', args: { fn, from: returned.text } }, fn, called.span);
}

/** What the server would refuse, in its order. */
function problemOf(context: ChangeContext, old: Routine, change: ChangeOf<'CreateFunction'>): Problem | undefined {
  if (old.aggregate === true) return undefined;
  if (old.procedure !== change.procedure) return { messageId: 'kind', args: { from: kindOf(old), to: kindOf(change) } };
  const was = rowOf(old.returns);
  const now = rowOf((change.returns ?? []).map((type) => settledType(context, type)));
  if (!old.procedure && isOther(was, now))
    return { messageId: 'returns', args: { from: textOf(was), to: textOf(now) } };
  const names = change.argNames ?? [];
  const renamed = (old.argNames ?? []).find((name, nth) => name !== '' && name !== names[nth]);
  if (renamed !== undefined) return { messageId: 'argument', args: { from: renamed } };
  const { defaults = 0 } = old;
  return Number(change.options?.defaults ?? 0) < defaults
    ? { messageId: 'defaults', args: { from: defaults } }
    : undefined;
}

/** What OUT and TABLE list is the row; RETURNS says it once more or not at all. */
function rowOf(returns: readonly DataType[]): readonly DataType[] {
  const last = returns.at(-1);
  const isSaidAgain =
    last?.name === 'record' || (returns.length === 2 && !isOther(returns.slice(0, 1), returns.slice(1)));
  return returns.length > 1 && isSaidAgain ? returns.slice(0, -1) : returns;
}

function isOther(old: readonly DataType[], now: readonly DataType[]): boolean {
  return (
    old.length !== now.length ||
    old.some(({ name, schema, array }, nth) => {
      const other = now[nth];
      const isOtherSchema = schema !== undefined && other?.schema !== undefined && schema !== other.schema;
      return other === undefined || name !== other.name || isOtherSchema || array !== other.array;
    })
  );
}

function textOf(types: readonly DataType[]): string {
  return types.map(({ text }) => text).join(', ') || 'nothing';
}

function kindOf({ procedure }: { readonly procedure: boolean }): string {
  return procedure ? 'procedure' : 'function';
}
