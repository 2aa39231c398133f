import type { PlanTable } from '../sql/primitives.ts';
import type { RecipeContext } from './recipe.ts';

/** What people must know of the table's own triggers before they run a backfill or release code that writes another column. */
export function triggerNotes(
  context: RecipeContext,
  on: PlanTable,
  column: string,
  newName: string | undefined,
): readonly string[] {
  const { triggers } = on.table;
  if (triggers.length === 0) return [];
  const all = triggers.map(({ name }) => name).join(', ');
  const naming = triggers.filter(({ fn }) => {
    const routine = context.before.objects.get(fn);
    return routine === undefined || new RegExp(`\\b${column}\\b`, 'i').test(routine.origin.statement.text);
  });
  return [
    `The backfill is an UPDATE of every row, so the triggers of ${on.name} run for it too: ${all}.`,
    ...(naming.length === 0 || newName === undefined
      ? []
      : [
          `Look at the functions of ${naming.map(({ name }) => name).join(', ')}: they run before the copy and see what was written to ${newName} only afterwards. Teach them ${newName} before new code writes it; the contract refuses to run while one still names ${column}.`,
        ]),
  ];
}
