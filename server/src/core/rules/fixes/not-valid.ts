import type { ProposedFile, Refusal } from '../../model/proposal.ts';
import type { ChangeOf } from '../../schema/change.ts';
import { type EditContext, type Fix, refuse } from '../fix.ts';
import { cased, isRefusal, newMigration, proposal, removeStatement, statementEdit } from './edits.ts';
import { goneLater } from './passed.ts';

/** Foreign keys and checks: guard new rows now, check the old ones in the next migration. */
export const notValidThenValidate: Fix = {
  id: 'not-valid-then-validate',
  title: () => 'Add it NOT VALID, and validate it in the next migration',
  propose(context) {
    const validation = validating(context);
    if (isRefusal(validation)) return validation;
    const { span } = validation.change;
    const words = context.statement.id.text.slice(span.start, span.end);
    const edit = statementEdit(
      context,
      { start: span.end, end: span.end },
      words === words.toLowerCase() ? ' not valid' : ' NOT VALID',
      'Check new rows only',
    );
    return isRefusal(edit) ? edit : proposal({ edits: [edit], creates: [validation.file] });
  },
};

/** The other half of what stands there already. */
export const validateLater: Fix = {
  id: 'validate-later',
  title: () => 'Validate it in the next migration',
  changesSchema: true,
  propose(context) {
    const validation = validating(context);
    return isRefusal(validation) ? validation : proposal({ creates: [validation.file] });
  },
};

/** A migration that validates the constraint of the statement. */
function validating(
  context: EditContext,
): { readonly change: ChangeOf<'AddConstraint'>; readonly file: ProposedFile } | Refusal {
  const change = context.change?.step.change;
  if (change?.kind !== 'AddConstraint' || context.change === undefined)
    return refuse('Only a constraint of its own can be added NOT VALID.');
  const { quoteName } = context.change.dialect.renderer;
  const { constraint, table } = change;
  const name = constraint.name?.name ?? madeUpName(context.change, table);
  if (name === undefined)
    return refuse('The constraint has no name that could be validated later.', 'Give it a name first.');
  const gone = goneLater(context);
  if (gone !== undefined)
    return refuse(`What it makes may be gone when it would be validated: ${gone}.`, 'Put that first.');
  const on = table.schema === undefined ? quoteName(table.name) : `${quoteName(table.schema)}.${quoteName(table.name)}`;
  const sql = cased(context, `ALTER TABLE ${on} VALIDATE CONSTRAINT ${quoteName(name)}`);
  const label = 'Check the rows that are there, while reads and writes go on';
  return { change, file: newMigration(context, `validate_${name}`, [sql], 0, true, label) };
}

/** The name that the server gave it, from the catalog behind the statement. */
function madeUpName(
  context: Parameters<Fix['propose']>[0]['change'],
  table: { readonly name: string },
): string | undefined {
  if (context === undefined || context.step.change.kind !== 'AddConstraint') return undefined;
  for (const [, object] of context.after.objects) {
    if (object.kind !== 'table' || object.name.name !== table.name) continue;
    return object.constraints.find(
      ({ origin }) =>
        origin.migration === context.migration.id &&
        origin.nth === context.step.nth &&
        origin.statement.text === context.step.statement.text,
    )?.name;
  }
  return undefined;
}

export const validateInNextMigration: Fix = {
  id: 'validate-in-next-migration',
  title: () => 'Validate it in the next migration',
  propose(context, args) {
    if (context.statement.reading.changes.length > 1)
      return refuse('The statement does several things at once.', 'Split it first.');
    const removed = removeStatement(context, 'Move VALIDATE out of this migration');
    if (isRefusal(removed)) return removed;
    const file = newMigration(
      context,
      `validate_${String(args.constraint ?? 'constraint')}`,
      [context.statement.id.text],
      0,
      true,
      'Validate it in a transaction of its own',
    );
    return proposal({ edits: [removed], creates: [file] });
  },
};
