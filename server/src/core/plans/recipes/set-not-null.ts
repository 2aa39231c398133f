import { markerComment } from '../comment.ts';
import { evolutionId, objectName } from '../id.ts';
import type { Plan, Recipe } from '../recipe.ts';
import { provenNotNull, step } from '../replace-column.ts';
import { refusal, subjectOf } from '../request.ts';
import { everyRow } from '../row-security.ts';

/** With a default, a trigger fills what old writers leave empty; without one everything waits for the contract. */
export const setNotNull: Recipe = {
  operation: 'set-not-null',
  answers: ['schema/set-not-null'],
  title: ({ column = '' }) => `Split into expand + contract: prove that ${column} is never NULL, require it later`,
  plan(request, context) {
    const subject = subjectOf(request, context);
    if ('kind' in subject) return subject;
    const { on, column, existing } = subject;
    const { primitives } = context.dialect;
    if (existing === undefined) return refusal(`${request.table} has no column ${column}.`, '--column');
    if (!existing.nullable) return refusal(`${request.table}.${column} is NOT NULL already: no plan is needed.`);
    if (on.table.partitionBy !== undefined || on.table.partitionOf !== undefined)
      return refusal(`${request.table} is partitioned; that needs a plan for every partition.`);
    if (primitives === undefined) return refusal(`Plans for ${context.dialect.displayName} are not there yet.`);
    const { quoteName: q } = context.dialect.renderer;
    const all = everyRow(context, on);
    const value = request.defaultTo ?? existing.defaultTo?.text;
    const id = evolutionId('set-not-null', on.name, column, value ?? '');
    const proof = provenNotNull(context, on, id, column);
    const isNull = `${q(column)} IS NULL`;
    const guard = primitives.guard(on, isNull, `schemaward: ${on.name}.${column} still holds NULL`);
    const check = step(
      'verify',
      'Check: how many rows have no value',
      'check',
      [`SELECT count(*) AS missing FROM ${on.name} WHERE ${isNull}`],
      true,
      'check',
    );
    const common = {
      kind: 'plan',
      operation: 'set-not-null',
      id,
      old: column,
      new: column,
      final: column,
      names: {},
    } as const;
    const require = [primitives.lockTimeout, ...proof.create.slice(0, 1)];
    const undoProof = `ALTER TABLE ${on.name} DROP CONSTRAINT IF EXISTS ${q(objectName(id, 'nn'))}`;
    if (value === undefined) {
      const plan: Plan = {
        ...common,
        steps: [
          check,
          step(
            'contract',
            `Contract (later release): refuse NULL in ${column} from now on`,
            `${column}_require`,
            require,
            true,
            'draft',
          ),
          step(
            'contract',
            'Contract: check the rows that are there',
            `${column}_validate`,
            proof.create.slice(1),
            true,
            'draft',
          ),
          step(
            'contract',
            `Contract: ${column} is NOT NULL`,
            `${column}_contract`,
            [primitives.lockTimeout, ...all.transaction, guard, ...proof.drop],
            true,
            'draft',
          ),
        ],
        rollbacks: { contract: [undoProof, `ALTER TABLE ${on.name} ALTER COLUMN ${q(column)} DROP NOT NULL`] },
        notes: [
          `Release code that always sets ${column} and fill the old rows; only then promote the contract. With --default the database fills what old code leaves empty.`,
        ],
      };
      return plan;
    }
    const fill = primitives.fillDefault(on, objectName(id), column, value, markerComment(id));
    const plan: Plan = {
      ...common,
      steps: [
        step(
          'expand',
          `Expand: fill ${column} where a writer leaves it empty, refuse NULL`,
          `${column}_expand`,
          [primitives.lockTimeout, ...fill.create, ...proof.create.slice(0, 1)],
          true,
        ),
        step(
          'backfill',
          `Backfill: fill ${column} in batches`,
          `${column}_backfill`,
          all.around(
            primitives.backfill(on, {
              set: `${q(column)} = ${value}`,
              where: isNull,
              batch: context.backfill.batch,
            }),
          ),
          false,
          context.backfill.as,
        ),
        step('verify', 'Check the rows that are there', `${column}_validate`, proof.create.slice(1), true),
        check,
        step(
          'contract',
          `Contract (later release): ${column} is NOT NULL`,
          `${column}_contract`,
          [primitives.lockTimeout, ...all.transaction, guard, ...proof.drop, ...fill.drop],
          true,
          'draft',
        ),
      ],
      rollbacks: {
        expand: [...fill.drop, undoProof],
        contract: [`ALTER TABLE ${on.name} ALTER COLUMN ${q(column)} DROP NOT NULL`],
      },
      notes: [`Until the contract, a NULL that somebody writes becomes ${value}.`],
    };
    return plan;
  },
};
