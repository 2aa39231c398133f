import type { AlterTableCmd } from '@pgsql/types';
import type { PgNode } from '../tree.ts';

/**
 * PostgreSQL runs the subcommands of one ALTER TABLE in passes, not as they are written: drops first, then new types, new
 * columns, attributes, indexes, foreign keys and defaults, and the rest (`AlterTablePass` in
 * src/backend/commands/tablecmds.c).
 */
export function passOf(command: AlterTableCmd): number {
  const pass = command.subtype === undefined ? undefined : PASSES[command.subtype];
  if (command.subtype === 'AT_ColumnDefault') return command.def === undefined ? DROP : OTHER;
  return command.subtype === 'AT_AddConstraint' ? constraintPass(command.def) : (pass ?? REST);
}

const [DROP, TYPE, ADD, EXPRESSION, CHECK, ATTRIBUTE, INDEX_CONSTRAINT, INDEX, OTHER, REST] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;

const PASSES: Readonly<Partial<Record<NonNullable<AlterTableCmd['subtype']>, number>>> = {
  AT_DropColumn: DROP,
  AT_DropConstraint: DROP,
  AT_DropNotNull: DROP,
  AT_DropIdentity: DROP,
  AT_DropExpression: DROP,
  AT_AlterColumnType: TYPE,
  AT_AddColumn: ADD,
  AT_SetExpression: EXPRESSION,
  AT_SetNotNull: ATTRIBUTE,
  AT_SetIdentity: ATTRIBUTE,
  AT_AddIdentity: OTHER,
};

function constraintPass(definition: PgNode | undefined): number {
  const { contype, indexname } = definition?.Constraint ?? {};
  switch (contype) {
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      return indexname === undefined ? INDEX : INDEX_CONSTRAINT;
    case 'CONSTR_EXCLUSION':
      return INDEX;
    case 'CONSTR_FOREIGN':
      return OTHER;
    case 'CONSTR_NOTNULL':
      return ATTRIBUTE;
    default:
      return CHECK;
  }
}
