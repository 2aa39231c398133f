import type { Span } from '../model/text.ts';
import type { ConstraintSpec, SchemaChange } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import type { ChangeContext } from './rule.ts';

/** A constraint that a change puts on a table, whichever way it is written. */
export interface AddedConstraint {
  readonly table: ObjectName;
  readonly constraint: ConstraintSpec;
  /** The words of the constraint. */
  readonly span: Span;
  /** Part of ADD COLUMN: the column is new, so its rows are NULL or one default. */
  readonly inline: boolean;
  readonly columnHasDefault: boolean;
}

export function addedConstraints({ step }: ChangeContext, kind: ConstraintSpec['kind']): readonly AddedConstraint[] {
  const { change } = step;
  if (change.kind === 'AddConstraint') {
    const { table, constraint } = change;
    return constraint.kind === kind
      ? [{ table, constraint, span: change.span, inline: false, columnHasDefault: false }]
      : [];
  }
  if (change.kind !== 'AddColumn') return [];
  const { table, spec, constraints } = change;
  const columnHasDefault =
    (spec.defaultTo !== undefined && !spec.defaultTo.isNull) ||
    spec.serial === true ||
    spec.identity !== undefined ||
    spec.generated !== undefined;
  return constraints
    .filter((constraint) => constraint.kind === kind)
    .map((constraint) => ({ table, constraint, span: constraint.span, inline: true, columnHasDefault }));
}

export function constraintWords({ constraint }: AddedConstraint): string {
  return constraint.name?.name ?? constraint.columns.map(({ name }) => name).join(', ');
}

/** Columns that may hold no NULL from this change on: SET NOT NULL, a NOT NULL constraint (18), a primary key. */
export function requiredColumns(
  change: SchemaChange,
): readonly { readonly table: ObjectName; readonly column: string; readonly notValid: boolean }[] {
  if (change.kind === 'SetNotNull') return [{ table: change.table, column: change.column.name, notValid: false }];
  if (change.kind !== 'AddConstraint') return [];
  const { table, constraint } = change;
  return constraint.kind === 'not-null' || constraint.kind === 'primary-key'
    ? constraint.columns.map(({ name }) => ({ table, column: name, notValid: constraint.notValid }))
    : [];
}
