import type { SchemaChange } from '../../../../schema/change.ts';

/**
 * The subcommands of one ALTER TABLE in the order in which PostgreSQL runs them, which is not the order in which they are
 * written (`AT_PASS_*` in tablecmds.c): what is dropped goes first, and a constraint may use a column that is added behind it.
 */
export function inPasses(changes: readonly SchemaChange[]): readonly SchemaChange[] {
  return changes.length < 2 ? changes : changes.toSorted((a, b) => passOf(a) - passOf(b));
}

const PASSES = ['drop', 'type', 'expression', 'add-column', 'attributes', 'key', 'constraint', 'other'] as const;

function passOf(change: SchemaChange): number {
  return PASSES.indexOf(nameOf(change));
}

function nameOf(change: SchemaChange): (typeof PASSES)[number] {
  switch (change.kind) {
    case 'DropColumn':
    case 'DropConstraint':
    case 'DropNotNull':
    case 'DropDefault':
      return 'drop';
    case 'ChangeColumnType':
      return 'type';
    case 'SetGenerated':
      return change.expression === undefined ? 'drop' : 'expression';
    case 'AddColumn':
      return 'add-column';
    case 'SetNotNull':
      return 'attributes';
    case 'SetIdentity':
      return change.identity === 'none' ? 'drop' : 'constraint';
    case 'AddConstraint':
      return change.constraint.kind === 'primary-key' || change.constraint.kind === 'unique' ? 'key' : 'constraint';
    case 'SetDefault':
      return 'constraint';
    default:
      return 'other';
  }
}
