import type { Ident, ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { knownTable, severity, written } from '../support.ts';

export const unknownObject = defineRule({
  id: 'run/unknown-object',
  scope: 'change',
  on: [
    'DropTable',
    'RenameTable',
    'SetTableSchema',
    'AddColumn',
    'DropColumn',
    'RenameColumn',
    'ChangeColumnType',
    'SetNotNull',
    'DropNotNull',
    'SetDefault',
    'DropDefault',
    'SetIdentity',
    'SetGenerated',
    'AddConstraint',
    'DropConstraint',
    'RenameConstraint',
    'ValidateConstraint',
    'CreateIndex',
    'DropIndex',
    'RenameIndex',
    'DropView',
    'RefreshView',
    'CreateTrigger',
    'Truncate',
    'WriteRows',
    'AttachPartition',
    'DetachPartition',
    'CreateTable',
  ],
  severity: 'error',
  summary: 'A table, column, constraint or index that no migration has made: the statement fails.',
  messages: {
    relation: 'Fails: no migration before this one has made {object}.',
    column: 'Fails: {table} has no column {column} at this point.',
    constraint: 'Fails: {table} has no constraint {constraint} at this point.',
  },
  explanation: `The history was replayed up to this statement, and it is complete: nothing before it has made the object, or something dropped or
renamed it.

Silent where the history is not complete (\`completeFrom\` in schemaward.yaml), where a code migration or dynamic SQL may have made it, for IF EXISTS,
and for what a branch of a DO block does.`,
  examples: [
    { title: 'A name that is nowhere made', sql: 'ALTER TABLE nowhere ADD COLUMN c int;', fires: true },
    { title: 'IF EXISTS', sql: 'DROP TABLE IF EXISTS nowhere;', fires: false },
  ],
  *check(context) {
    const { change } = context.step;
    if (
      change.certainty === 'maybe' ||
      change.skipsMissing === true ||
      ('ifExists' in change && change.ifExists && !('column' in change))
    )
      return;
    for (const name of relationsOf(context)) {
      if (context.relation(name).kind === 'absent') {
        yield draft(context, 'relation', { object: written(name) }, name.span, written(name));
        return;
      }
    }
    yield* missingParts(context);
  },
});

/** Relations that must exist for the statement to run. */
function relationsOf({ step: { change } }: ChangeContext): readonly ObjectName[] {
  switch (change.kind) {
    case 'CreateTable': {
      const own = change.table.name;
      const referenced = change.constraints.flatMap(({ references }) =>
        references === undefined || references.table.name === own ? [] : [references.table],
      );
      return [
        ...referenced,
        ...change.inherits,
        ...(change.partitionOf === undefined ? [] : [change.partitionOf.parent]),
      ];
    }
    case 'DropIndex':
    case 'RenameIndex':
      return change.ifExists ? [] : [change.index];
    case 'DropView':
    case 'RefreshView':
      return [change.view];
    case 'Truncate':
      return change.tables;
    case 'AttachPartition':
    case 'DetachPartition':
      return [change.table, change.partition];
    case 'AddConstraint':
      return [
        change.table,
        ...(change.constraint.references === undefined ? [] : [change.constraint.references.table]),
      ];
    case 'AddColumn':
      return [change.table, ...change.constraints.flatMap(({ references }) => references?.table ?? [])];
    default:
      return 'table' in change && change.table !== undefined ? [change.table] : [];
  }
}

function* missingParts(context: ChangeContext): Generator<Draft> {
  const { change } = context.step;
  if (!('table' in change) || change.table === undefined) return;
  const table = knownTable(context, change.table);
  if (table === undefined || table.partial) return;
  const isOptional = 'ifExists' in change && change.ifExists === true;
  const name = written(change.table);
  if ('constraint' in change && change.kind !== 'AddConstraint' && !isOptional) {
    const { constraint } = change;
    const isNotNull = table.columns.some(
      (column) => !column.nullable && constraint.name.endsWith(`${column.name}_not_null`),
    );
    if (!isNotNull && !table.constraints.some((each) => each.name === constraint.name)) {
      yield draft(
        context,
        'constraint',
        { table: name, constraint: constraint.name },
        constraint.span,
        `${name}.${constraint.name}`,
      );
    }
  }
  if (isOptional) return;
  for (const column of columnsOf(context)) {
    if (table.columns.some((each) => each.name === column.name) || systemColumns.has(column.name)) continue;
    yield draft(context, 'column', { table: name, column: column.name }, column.span, `${name}.${column.name}`);
  }
}

const systemColumns: ReadonlySet<string> = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

function columnsOf({ step: { change } }: ChangeContext): readonly Ident[] {
  switch (change.kind) {
    case 'DropColumn':
    case 'RenameColumn':
    case 'ChangeColumnType':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
    case 'SetIdentity':
    case 'SetGenerated':
      return [change.column];
    case 'AddConstraint':
      return change.constraint.kind === 'check' ? [] : change.constraint.columns;
    case 'WriteRows':
      return change.verb === 'delete' ? [] : change.columns;
    case 'CreateIndex':
      return change.index.keys.flatMap(({ column }) =>
        column === undefined ? [] : [{ name: column, span: change.span }],
      );
    default:
      return [];
  }
}

function draft(
  context: ChangeContext,
  messageId: string,
  args: Draft['args'],
  span: Ident['span'],
  object: string,
): Draft {
  return {
    messageId,
    args,
    anchor: at(context.step, span),
    object,
    severity: severity(context, 'error'),
    compat: 'none',
    rollback: 'none',
  };
}
