import type { Refusal } from '../../model/proposal.ts';
import type { PlanTable } from '../../sql/primitives.ts';
import { evolutionId, objectName } from '../id.ts';
import type { Plan, PlanRequest, Recipe, RecipeContext } from '../recipe.ts';
import { provenNotNull, step } from '../replace-column.ts';
import { refusal, subjectOf } from '../request.ts';
import { everyRow } from '../row-security.ts';

/** Nullable first, required when every writer sets it. With a default, old writers never notice. */
export const addRequiredColumn: Recipe = {
  operation: 'add-required-column',
  answers: ['schema/set-not-null', 'schema/drop-default'],
  title: ({ column = '' }) => `Split into expand + contract: add ${column} nullable, require it later`,
  plan(request, context) {
    const subject = subjectOf(request, context);
    if ('kind' in subject) return subject;
    const { on, column, existing } = subject;
    const { primitives } = context.dialect;
    if (existing !== undefined)
      return refusal(`${request.table} has a column ${column} already; set-not-null requires it.`, 'set-not-null');
    if (request.type === undefined) return refusal('A type is needed.', '--type');
    if (primitives === undefined) return refusal(`Plans for ${context.dialect.displayName} are not there yet.`);
    const { quoteName: q } = context.dialect.renderer;
    const all = everyRow(context, on);
    const id = evolutionId('add-required-column', on.name, column, `${request.type} ${request.defaultTo ?? ''}`);
    const kept = keptConstraints(request, context, on);
    if ('kind' in kept) return kept;
    const proof = provenNotNull(context, on, id, column);
    const alter = `ALTER TABLE ${on.name} ALTER COLUMN ${q(column)}`;
    const isNull = `${q(column)} IS NULL`;
    const withDefault = request.defaultTo === undefined ? [] : [`${alter} SET DEFAULT ${request.defaultTo}`];
    const add = [
      primitives.lockTimeout,
      [`ALTER TABLE ${on.name} ADD COLUMN ${q(column)} ${request.type}`, ...kept.inline].join(' '),
      ...withDefault,
      ...kept.checks,
    ];
    const drafts = [
      step(
        'contract',
        `Contract (later release): refuse NULL in ${column} from now on`,
        `${column}_require`,
        [primitives.lockTimeout, ...proof.create.slice(0, 1)],
        true,
        'draft',
      ),
      step(
        'contract',
        'Contract: check the rows that are there',
        `${column}_validate`,
        [...kept.validate, ...proof.create.slice(1)],
        true,
        'draft',
      ),
    ];
    const last = step(
      'contract',
      `Contract: ${column} is NOT NULL`,
      `${column}_contract`,
      [
        primitives.lockTimeout,
        ...all.transaction,
        primitives.guard(on, isNull, `schemaward: ${on.name}.${column} still holds NULL`),
        ...proof.drop,
        ...(request.defaultTo === undefined ? [] : [`${alter} DROP DEFAULT`]),
      ],
      true,
      'draft',
    );
    const fill =
      request.defaultTo === undefined
        ? []
        : [
            step(
              'backfill',
              `Backfill: fill ${column} in batches`,
              `${column}_backfill`,
              all.around(
                primitives.backfill(on, {
                  set: `${q(column)} = ${request.defaultTo}`,
                  where: isNull,
                  batch: context.backfill.batch,
                }),
              ),
              false,
              context.backfill.as,
            ),
          ];
    const verify =
      request.defaultTo === undefined
        ? []
        : drafts.map((each) => ({ ...each, role: 'migration' as const, phase: 'verify' as const }));
    const plan: Plan = {
      kind: 'plan',
      operation: 'add-required-column',
      id,
      old: column,
      new: column,
      final: column,
      names: {},
      steps: [
        step(
          'expand',
          `Expand: add ${column}, nullable${request.defaultTo === undefined ? '' : ' with its default'}`,
          `${column}_expand`,
          add,
          true,
        ),
        ...fill,
        ...verify,
        step(
          'verify',
          'Check: how many rows have no value',
          'check',
          [`SELECT count(*) AS missing FROM ${on.name} WHERE ${isNull}`],
          true,
          'check',
        ),
        ...(request.defaultTo === undefined ? drafts : []),
        last,
      ],
      rollbacks: {
        expand: [`ALTER TABLE ${on.name} DROP COLUMN ${q(column)}`],
        ...(request.defaultTo === undefined
          ? {}
          : { verify: [`ALTER TABLE ${on.name} DROP CONSTRAINT IF EXISTS ${q(objectName(id, 'nn'))}`] }),
        contract: [`${alter} DROP NOT NULL`, ...withDefault],
      },
      notes:
        request.defaultTo === undefined
          ? [
              `Release code that always sets ${column} and fill the old rows; only then promote the contract, which refuses to run while a row has no value.`,
            ]
          : [`The default stays until every writer sets ${column}; the contract takes it away.`],
    };
    return plan;
  },
};

interface Kept {
  /** Foreign keys: where every value is NULL the database skips the look at the rows. */
  readonly inline: readonly string[];
  /** Checks, which it would not skip. */
  readonly checks: readonly string[];
  readonly validate: readonly string[];
}

/** The other constraints of the column's definition. */
function keptConstraints({ constraints = [] }: PlanRequest, context: RecipeContext, on: PlanTable): Kept | Refusal {
  const { dialect, target, before } = context;
  const other = constraints.find(({ spec }) => spec.kind !== 'check' && spec.kind !== 'foreign-key');
  if (other !== undefined)
    return refusal(
      `The new column is ${other.spec.kind.replace('-', ' ')} as well, which needs an index of its own.`,
      'Add the column without it, and the constraint USING INDEX in a later migration.',
    );
  const checks = constraints.filter(({ spec }) => spec.kind === 'check');
  return {
    inline: constraints.filter(({ spec }) => spec.kind === 'foreign-key').map(({ text }) => text),
    checks: checks.map(({ text }) => `ALTER TABLE ${on.name} ADD ${text} NOT VALID`),
    validate: checks.map(({ spec }) => {
      const name = spec.name?.name ?? dialect.semantics(target).constraintName(before, on.table.name, spec);
      return `ALTER TABLE ${on.name} VALIDATE CONSTRAINT ${dialect.renderer.quoteName(name)}`;
    }),
  };
}
