import { evolutionId } from '../id.ts';
import type { Plan, Recipe } from '../recipe.ts';
import { step } from '../replace-column.ts';
import { refusal, subjectOf } from '../request.ts';
import { firstHolder } from '../ties.ts';

/** New code must be able to stop writing the column before it goes. */
export const dropColumn: Recipe = {
  operation: 'drop-column',
  answers: ['schema/drop-column'],
  title: ({ column = '' }) => `Split into expand + contract: stop needing ${column}, drop it later`,
  plan(request, context) {
    const subject = subjectOf(request, context);
    if ('kind' in subject) return subject;
    const { on, column, existing } = subject;
    const { primitives } = context.dialect;
    if (existing === undefined) return refusal(`${request.table} has no column ${column}.`, '--column');
    if (primitives === undefined) return refusal(`Plans for ${context.dialect.displayName} are not there yet.`);
    if (existing.inherited) return refusal(`${request.table}.${column} is inherited.`, '--table: the parent');
    const holder = firstHolder(context, on, existing);
    if (holder !== undefined)
      return refusal(`${holder} The database refuses to drop the column before.`, 'Take that away first.');
    const { quoteName: q } = context.dialect.renderer;
    const id = evolutionId('drop-column', on.name, column, '');
    const alter = `ALTER TABLE ${on.name} ALTER COLUMN ${q(column)}`;
    const needsExpand =
      !existing.nullable &&
      existing.defaultTo === undefined &&
      existing.identity === undefined &&
      existing.generated === undefined &&
      !isKey(on.table.constraints, column);
    const forget =
      on.table.triggers.length === 0
        ? []
        : [
            primitives.triggersForget(
              on,
              column,
              `schemaward: a trigger function of ${on.name} still names ${column}; change it in this release`,
            ),
          ];
    const plan: Plan = {
      kind: 'plan',
      operation: 'drop-column',
      id,
      old: column,
      new: column,
      final: column,
      names: {},
      steps: [
        ...(needsExpand
          ? [
              step(
                'expand',
                `Expand: ${column} may be left out`,
                `${column}_expand`,
                [primitives.lockTimeout, `${alter} DROP NOT NULL`],
                true,
              ),
            ]
          : []),
        step(
          'contract',
          `Contract (later release): drop ${column}`,
          `${column}_contract`,
          [primitives.lockTimeout, ...forget, `ALTER TABLE ${on.name} DROP COLUMN ${q(column)}`],
          true,
          'draft',
        ),
      ],
      rollbacks: {
        ...(needsExpand ? { expand: [`${alter} SET NOT NULL`] } : {}),
        contract: [
          '-- The values are gone: only a backup brings them back.',
          `ALTER TABLE ${on.name} ADD COLUMN ${q(column)} ${existing.type.text}`,
        ],
      },
      notes: [
        `Release code that neither reads nor writes ${column}; promote the contract when no instance of the old code is left.`,
      ],
    };
    return plan;
  },
};

function isKey(
  constraints: readonly { readonly kind: string; readonly columns: readonly string[] }[],
  column: string,
): boolean {
  return constraints.some(({ kind, columns }) => kind === 'primary-key' && columns.includes(column));
}
