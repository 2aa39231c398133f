import { markerComment } from '../comment.ts';
import { evolutionId, objectName } from '../id.ts';
import type { Plan, Recipe } from '../recipe.ts';
import { carryDependents, replaceObstacle, step, substituted, writtenType } from '../replace-column.ts';
import { parseName, refusal, subjectOf } from '../request.ts';
import { everyRow } from '../row-security.ts';
import { firstTie, tiesOf } from '../ties.ts';
import { triggerNotes } from '../trigger-notes.ts';

/** A second column of the new type. With one name the contract swaps; with `--new-name` both names live side by side. */
export const changeColumnType: Recipe = {
  operation: 'change-column-type',
  answers: ['schema/rename-column', 'schema/drop-column', 'schema/drop-view'],
  title: ({ column = '', type = '' }) =>
    `Split into expand + contract: fill a ${type} column beside ${column}, swap later`,
  plan(request, context) {
    const subject = subjectOf(request, context);
    if ('kind' in subject) return subject;
    const { on, column, existing } = subject;
    const { primitives, lexical } = context.dialect;
    if (existing === undefined) return refusal(`${request.table} has no column ${column}.`, '--column');
    if (request.type === undefined) return refusal('A type is needed.', '--type');
    const why = replaceObstacle(context, on.table, existing);
    if (why !== undefined) return why;
    if (primitives === undefined) return refusal(`Plans for ${context.dialect.displayName} are not there yet.`);
    const wanted = request.newName === undefined ? undefined : parseName(context, request.newName)?.name;
    const added =
      wanted ??
      freeName(
        on.table.columns.map(({ name }) => name),
        column,
      );
    if (wanted !== undefined && on.table.columns.some(({ name }) => name === wanted))
      return refusal(`${request.table} has a column ${wanted} already.`, '--new-name');
    const ties = tiesOf(context, on, existing, added);
    if ('kind' in ties) return ties;
    const tie = wanted === undefined ? undefined : firstTie(context, on, existing);
    if (tie !== undefined)
      return refusal(
        `${tie} It follows the type, and not a new name as well.`,
        'Leave out --new-name; rename afterwards.',
      );
    const { quoteName: q } = context.dialect.renderer;
    const all = everyRow(context, on);
    const id = evolutionId('change-column-type', on.name, column, `${request.type} ${added}`);
    const using = request.using ?? `${q(column)}::${request.type}`;
    const forward = substituted(using, column, '{}', lexical);
    const value = forward.replaceAll('{}', q(column));
    const sync = primitives.syncPair({
      on,
      name: objectName(id),
      old: { name: column, type: writtenType(context, existing) },
      new: { name: added, type: request.type },
      forward,
      comment: markerComment(id),
      ...(wanted === undefined ? {} : { backward: `{}::${existing.type.text}` }),
      ...(wanted === undefined || existing.defaultTo === undefined ? {} : { defaultTo: existing.defaultTo.text }),
    });
    const carried = carryDependents(context, { on, id, old: existing, column: added });
    const cast = request.using === undefined ? value : `(${value})::${request.type}`;
    const differ = primitives.differ(request.type, q(added), cast);
    const final = wanted ?? column;
    const alter = `ALTER TABLE ${on.name} ALTER COLUMN`;
    const dropDefault =
      wanted !== undefined && existing.defaultTo !== undefined ? [`${alter} ${q(column)} DROP DEFAULT`] : [];
    const giveBack =
      wanted !== undefined && existing.defaultTo !== undefined
        ? [`${alter} ${q(column)} SET DEFAULT ${existing.defaultTo.text}`]
        : [];
    const setDefault =
      existing.defaultTo === undefined ? [] : [`${alter} ${q(final)} SET DEFAULT ${existing.defaultTo.text}`];
    const forget =
      wanted === undefined || on.table.triggers.length === 0
        ? []
        : [
            primitives.triggersForget(
              on,
              column,
              `schemaward: a trigger function of ${on.name} still names ${column}; change it to ${wanted} in this release`,
            ),
          ];
    const plan: Plan = {
      kind: 'plan',
      operation: 'change-column-type',
      id,
      old: column,
      new: added,
      final,
      names: { ...carried.names, ...(wanted === undefined ? { [added]: column } : {}) },
      steps: [
        step(
          'expand',
          `Expand: add ${added} as ${request.type}, filled from ${column}`,
          `${column}_expand`,
          [
            primitives.lockTimeout,
            `ALTER TABLE ${on.name} ADD COLUMN ${q(added)} ${request.type}`,
            ...dropDefault,
            ...sync.create,
          ],
          true,
        ),
        step(
          'backfill',
          `Backfill: convert ${column} into ${added} in batches`,
          `${column}_backfill`,
          all.around(
            primitives.backfill(on, { set: `${q(added)} = ${value}`, where: differ, batch: context.backfill.batch }),
          ),
          false,
          context.backfill.as,
        ),
        ...carried.steps,
        step(
          'verify',
          'Check: how many rows still differ',
          'check',
          [`SELECT count(*) AS differing FROM ${on.name} WHERE ${differ}`],
          true,
          'check',
        ),
        step(
          'contract',
          wanted === undefined
            ? `Contract (later release): swap ${added} into ${column}`
            : `Contract (later release): drop ${column}`,
          `${column}_contract`,
          [
            primitives.lockTimeout,
            ...all.transaction,
            primitives.guard(on, differ, `schemaward: ${on.name}.${column} and ${added} still differ`),
            ...sync.drop,
            ...forget,
            ...ties.before,
            `ALTER TABLE ${on.name} DROP COLUMN ${q(column)}`,
            ...carried.contract,
            ...(wanted === undefined ? [`ALTER TABLE ${on.name} RENAME COLUMN ${q(added)} TO ${q(column)}`] : []),
            ...setDefault,
            ...ties.after,
          ],
          true,
          'draft',
        ),
      ],
      rollbacks: {
        expand: [...sync.drop, ...giveBack, `ALTER TABLE ${on.name} DROP COLUMN ${q(added)}`],
        ...(carried.rollback.length === 0 ? {} : { verify: carried.rollback }),
        contract: [
          `-- The values of the old type are gone; this converts them back, which may lose or refuse some.`,
          ...ties.around.before,
          `ALTER TABLE ${on.name} ALTER COLUMN ${q(final)} TYPE ${existing.type.text} USING ${q(final)}::${existing.type.text}`,
          ...ties.around.after,
        ],
      },
      notes: [
        ...(wanted === undefined
          ? [
              `The contract swaps the columns under one name: statements that sessions have prepared fail once with "cached plan must not change result type".`,
            ]
          : []),
        `Every value of ${column} must convert by ${value}: run the check before the contract.`,
        ...triggerNotes(context, on, column, wanted),
      ],
    };
    return plan;
  },
};

function freeName(taken: readonly string[], column: string): string {
  for (let nth = 1; ; nth += 1) {
    const name = nth === 1 ? `${column}_new` : `${column}_new${nth}`;
    if (!taken.includes(name)) return name;
  }
}
