import { markerComment } from '../comment.ts';
import { evolutionId, objectName } from '../id.ts';
import type { Plan, Recipe } from '../recipe.ts';
import { carryIndexes, obstacle, step, writtenType } from '../replace-column.ts';
import { parseName, refusal, subjectOf } from '../request.ts';
import { everyRow } from '../row-security.ts';
import { triggerNotes } from '../trigger-notes.ts';

/**
 * Both names side by side, kept equal by a trigger, until nothing uses the old one. The contract drops the copy and
 * renames the original: the values are the same, and views, keys, policies, privileges and all else that hangs on the
 * column follow a rename by themselves.
 */
export const renameColumn: Recipe = {
  operation: 'rename-column',
  answers: ['schema/rename-column', 'schema/drop-column'],
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
    if (why !== undefined) return why;
    if (primitives === undefined) return refusal(`Plans for ${context.dialect.displayName} are not there yet.`);
    const { quoteName: q } = context.dialect.renderer;
    const all = everyRow(context, on);
    const id = evolutionId('rename-column', on.name, column, newName);
    const type = writtenType(context, existing);
    const sync = primitives.syncPair({
      on,
      name: objectName(id),
      old: { name: column, type },
      new: { name: newName, type },
      forward: '{}',
      backward: '{}',
      comment: markerComment(id),
      ...(existing.defaultTo === undefined ? {} : { defaultTo: existing.defaultTo.text }),
    });
    const indexes = carryIndexes(context, { on, id, old: existing, column: newName });
    const alter = `ALTER TABLE ${on.name} ALTER COLUMN ${q(column)}`;
    // A default would hide which of the two an INSERT meant: the trigger gives it instead.
    const noDefault = existing.defaultTo === undefined ? [] : [`${alter} DROP DEFAULT`];
    const giveBack = existing.defaultTo === undefined ? [] : [`${alter} SET DEFAULT ${existing.defaultTo.text}`];
    const differ = primitives.differ(type, q(newName), q(column));
    const expand = [`ALTER TABLE ${on.name} ADD COLUMN ${q(newName)} ${type}`, ...noDefault, ...sync.create];
    const shape = [`ALTER TABLE ${on.name} DROP COLUMN ${q(newName)}`];
    const forget =
      on.table.triggers.length === 0
        ? []
        : [
            primitives.triggersForget(
              on,
              column,
              `schemaward: a trigger function of ${on.name} still names ${column}; change it to ${newName} in this release`,
            ),
          ];
    const plan: Plan = {
      kind: 'plan',
      operation: 'rename-column',
      id,
      old: column,
      new: newName,
      final: newName,
      names: {},
      steps: [
        step(
          'expand',
          `Expand: add ${newName}, keep it equal to ${column}`,
          `${column}_expand`,
          [primitives.lockTimeout, ...expand],
          true,
        ),
        step(
          'backfill',
          `Backfill: copy ${column} into ${newName} in batches`,
          `${column}_backfill`,
          all.around(
            primitives.backfill(on, {
              set: `${q(newName)} = ${q(column)}`,
              where: differ,
              batch: context.backfill.batch,
            }),
          ),
          false,
          context.backfill.as,
        ),
        ...indexes.steps,
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
          `Contract (later release): ${newName} only`,
          `${column}_contract`,
          [
            primitives.lockTimeout,
            ...all.transaction,
            primitives.guard(on, differ, `schemaward: ${on.name}.${column} and ${newName} still differ`),
            ...sync.drop,
            ...forget,
            ...shape,
            ...giveBack,
            `ALTER TABLE ${on.name} RENAME COLUMN ${q(column)} TO ${q(newName)}`,
          ],
          true,
          'draft',
        ),
      ],
      rollbacks: {
        expand: [...sync.drop, ...giveBack, ...shape],
        ...(indexes.rollback.length === 0 ? {} : { verify: indexes.rollback }),
        contract: [
          `ALTER TABLE ${on.name} RENAME COLUMN ${q(newName)} TO ${q(column)}`,
          ...expand,
          `UPDATE ${on.name} SET ${q(newName)} = ${q(column)}`,
        ],
      },
      notes: [
        `Release code that reads and writes ${newName} after the backfill; promote the contract when nothing uses ${column} any more.`,
        'Application code, functions and scripts that name the old column are not changed by this.',
        ...triggerNotes(context, on, column, newName),
      ],
    };
    return plan;
  },
};
