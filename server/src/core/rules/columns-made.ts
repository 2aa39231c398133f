import type { Span } from '../model/text.ts';
import type { ColumnSpec } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import type { DataType } from '../schema/types.ts';
import type { ChangeContext } from './rule.ts';

/** A column that a change makes, or gives another type. */
export interface MadeColumn {
  readonly table: ObjectName;
  readonly column: string;
  readonly type: DataType;
  /** The words of the type. */
  readonly span: Span;
  /** Undefined: it was there before. */
  readonly spec?: ColumnSpec;
}

/** For hints: nothing of temporary tables, and nothing that may not run. */
export function columnsMade({ step: { change } }: ChangeContext): readonly MadeColumn[] {
  if (change.certainty === 'maybe') return [];
  const made = (table: ObjectName, spec: ColumnSpec): MadeColumn => ({
    table,
    column: spec.column.name,
    type: spec.type,
    span: spec.typeSpan,
    spec,
  });
  switch (change.kind) {
    case 'CreateTable':
      return change.temporary ? [] : change.columns.map((spec) => made(change.table, spec));
    case 'AddColumn':
      return [made(change.table, change.spec)];
    case 'ChangeColumnType':
      return [{ table: change.table, column: change.column.name, type: change.type, span: change.typeSpan }];
    default:
      return [];
  }
}
