import type { ChangeOf, Reads } from '../schema/change.ts';
import type { ChangeContext } from './rule.ts';

/** What the server looks up when a function is made: it refuses a body that names what is not there. */
export function lookedUpIn(context: ChangeContext, change: ChangeOf<'CreateFunction'>): readonly Reads[] {
  const reads = (change.reads ?? []).filter(({ lookedUp }) => lookedUp === true);
  if (reads.length === 0 || (change.bound !== true && !isChecked(context, change))) return [];
  // With a path of its own it finds other things under its bare names.
  return change.options?.ownPath === true ? reads.filter(({ relation }) => relation.schema !== undefined) : reads;
}

/** A body in a string; one over pseudo-types has no types yet, and waits. */
function isChecked(context: ChangeContext, { argTypes }: ChangeOf<'CreateFunction'>): boolean {
  if (argTypes.some(({ name }) => name.startsWith('any'))) return false;
  for (const { change } of context.back())
    if (change.kind === 'SetSession' && (change.name === 'check_function_bodies' || change.name === 'all'))
      return !/^(off|false|no|0)$/i.test(change.value);
  return true;
}
