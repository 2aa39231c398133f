import { markerComment } from '../comment.ts';
import { evolutionId, objectName } from '../id.ts';
import type { Plan, Recipe } from '../recipe.ts';
import { carryDependents, obstacle, step } from '../replace-column.ts';
import { parseName, refusal, subjectOf } from '../request.ts';

/** Both names side by side, kept equal by a trigger, until nothing uses the old one. */
export const renameColumn: Recipe = {
  operation: 'rename-column',
  title: ({ column = '', newName = '' }) => `Split into expand + contract: keep ${column}, add ${newName}`,
  plan(request, context) {
    const subject = subjectOf(request, context);
    if ('kind' in subject) return subject;
    const { on, column, existing } = subject;
    const { primitives } = context.dialect;
    const newName = request.newName === undefined ? undefined : parseName(context, request.newName)?.name;
    if (newName === undefined) return refusal('A new name is needed.', '--new-name');
    if (existing === undefined) return refusal(`${request.table} has no column ${column}.`, '--column');
    if (on.table.columns.some(({ name }) => name === newName))
      return refusal(`${request.table} has a column ${newName} already.`, '--new-name');
    const why = obstacle(context, on.table, existing);
    if (why !== undefined || primitives === undefined)
      return refusal(why ?? `Plans for ${context.dialect.displayName} are not there yet.`);
    const { quoteName: q } = context.dialect.renderer;
    const id = evolutionId('rename-column', on.name, column, newName);
    const sync = primitives.syncPair({
      on,
      name: objectName(id),
      old: column,
      new: newName,
      forward: '{}',
      backward: '{}',
      comment: markerComment(id),
      ...(existing.defaultTo === undefined ? {} : { defaultTo: existing.defaultTo.text }),
    });
    const carried = carryDependents(context, { on, id, old: existing, column: newName });
    const noDefault =
      existing.defaultTo === undefined ? [] : [`ALTER TABLE ${on.name} ALTER COLUMN ${q(column)} DROP DEFAULT`];
    const setDefault =
      existing.defaultTo === undefined
        ? []
        : [`ALTER TABLE ${on.name} ALTER COLUMN ${q(newName)} SET DEFAULT ${existing.defaultTo.text}`];
    const giveBack =
      existing.defaultTo === undefined
        ? []
        : [`ALTER TABLE ${on.name} ALTER COLUMN ${q(column)} SET DEFAULT ${existing.defaultTo.text}`];
    const differ = `${q(newName)} IS DISTINCT FROM ${q(column)}`;
    const collation = existing.collation === undefined ? '' : ` COLLATE ${q(existing.collation)}`;
    const plan: Plan = {
      kind: 'plan',
      operation: 'rename-column',
      id,
      old: column,
      new: newName,
      final: newName,
      names: carried.names,
      steps: [
        step(
          'expand',
          `Expand: add ${newName}, keep it equal to ${column}`,
          `${column}_expand`,
          [
            primitives.lockTimeout,
            `ALTER TABLE ${on.name} ADD COLUMN ${q(newName)} ${existing.type.text}${collation}`,
            ...noDefault,
            ...sync.create,
          ],
          true,
        ),
        step(
          'backfill',
          `Backfill: copy ${column} into ${newName} in batches`,
          `${column}_backfill`,
          primitives.backfill(
            on,
            objectName(id, 'fill'),
            `${q(newName)} = ${q(column)}`,
            differ,
            context.backfill.batch,
          ),
          false,
          context.backfill.as,
        ),
        ...carried.steps,
        step(
          'verify',
          `Check: how many rows still differ`,
          'check',
          [`SELECT count(*) AS differing FROM ${on.name} WHERE ${differ}`],
          true,
          'check',
        ),
        step(
          'contract',
          `Contract (later release): drop ${column}`,
          `${column}_contract`,
          [
            primitives.lockTimeout,
            primitives.guard(on, differ, `schemaward: ${on.name}.${column} and ${newName} still differ`),
            ...sync.drop,
            ...setDefault,
            `ALTER TABLE ${on.name} DROP COLUMN ${q(column)}`,
            ...carried.contract,
          ],
          true,
          'draft',
        ),
      ],
      rollbacks: {
        expand: [...sync.drop, ...giveBack, `ALTER TABLE ${on.name} DROP COLUMN ${q(newName)}`],
        ...(carried.rollback.length === 0 ? {} : { verify: carried.rollback }),
        contract: contractRollback(on.name, q(column), q(newName), existing.type.text, sync.create, giveBack),
      },
      notes: [
        `Release code that reads and writes ${newName} after the backfill; promote the contract when nothing uses ${column} any more.`,
        'Application code, functions and scripts that name the old column are not changed by this.',
      ],
    };
    return plan;
  },
};

/** The values are still in the new column: the old one comes back from there. */
export function contractRollback(
  table: string,
  old: string,
  added: string,
  type: string,
  sync: readonly string[],
  defaults: readonly string[],
): readonly string[] {
  return [
    `ALTER TABLE ${table} ADD COLUMN ${old} ${type}`,
    `UPDATE ${table} SET ${old} = ${added}`,
    ...defaults.map((each) => each),
    ...sync,
  ];
}
