import type { MessageArgs } from '../../model/finding.ts';
import type { Proposal, Refusal } from '../../model/proposal.ts';
import type { ChangeOf, ConstraintSpec } from '../../schema/change.ts';
import { type EditContext, type Fix, refuse } from '../fix.ts';
import { cased, isAlone, isRefusal, lockOff, newMigration, proposal, removeStatement, statementEdit } from './edits.ts';

export const uniqueUsingIndex: Fix = {
  id: 'unique-using-index',
  title: () => 'Build the index CONCURRENTLY first, add the constraint USING INDEX in the next migration',
  propose: (context, args) => usingIndex(context, args, 'UNIQUE'),
};

export const primaryKeyUsingIndex: Fix = {
  id: 'primary-key-using-index',
  title: () => 'Build the index CONCURRENTLY first, add the key USING INDEX in the next migration',
  propose: (context, args) => usingIndex(context, args, 'PRIMARY KEY'),
};

/** The index in this version when the statement is alone in its file, the constraint in the next one. */
function usingIndex(context: EditContext, _args: MessageArgs, kind: 'UNIQUE' | 'PRIMARY KEY'): Proposal | Refusal {
  const change = context.change?.step.change;
  if (change?.kind !== 'AddConstraint' || context.change === undefined)
    return refuse('Only a constraint of its own can take an index.');
  if (context.statement.reading.changes.length > 1)
    return refuse('The statement does several things at once.', 'Split it first.');
  const { quoteName: q } = context.change.dialect.renderer;
  const { constraint, table } = change;
  const columns = constraint.columns.map(({ name }) => name);
  const name =
    constraint.name?.name ??
    context.change.dialect
      .semantics(context.change.target)
      .constraintName(context.change.before, qualified(context, table), constraint);
  const index = shortened(`${name}_idx`);
  const on = table.schema === undefined ? q(table.name) : `${q(table.schema)}.${q(table.name)}`;
  const form = formOf(constraint, q);
  if (form === undefined) return refuse('The constraint has storage options that an index would have to repeat.');
  const empty = kind === 'PRIMARY KEY' ? nullable(context, change) : undefined;
  if (empty !== undefined)
    return refuse(
      `${empty} may be NULL: the key would look at every row while everything waits.`,
      `set-not-null for ${empty} first`,
    );
  const build = cased(
    context,
    `CREATE UNIQUE INDEX CONCURRENTLY ${q(index)} ON ${on} (${columns.map(q).join(', ')})${form.index}`,
  );
  const add = cased(
    context,
    `ALTER TABLE ${on} ADD CONSTRAINT ${q(name)} ${kind} USING INDEX ${q(index)}${form.constraint}`,
  );
  const setting = lockOff(context);
  const addLabel = 'Turn the index into the constraint: a moment only';
  if (isAlone(context)) {
    const edit = statementEdit(
      context,
      { start: 0, end: context.statement.id.text.length },
      build,
      'Build the index without blocking',
    );
    if (isRefusal(edit)) return edit;
    return proposal({
      edits: [edit],
      creates: [newMigration(context, `add_${name}`, [add], 0, true, addLabel), ...setting.creates],
      configEdits: setting.configEdits,
    });
  }
  const removed = removeStatement(context, 'Move it out of this migration');
  if (isRefusal(removed)) return removed;
  const files = [
    newMigration(context, `index_${name}`, [build], 0, false, 'Build the index without blocking'),
    newMigration(context, `add_${name}`, [add], 1, true, addLabel),
  ];
  return proposal({ edits: [removed], creates: [...files, ...setting.creates], configEdits: setting.configEdits });
}

/** What stands behind the columns, of the index and of the constraint; `undefined` where something else stands there. */
function formOf(
  { options = {}, deferrable, initiallyDeferred }: ConstraintSpec,
  quoteName: (name: string) => string,
): { readonly index: string; readonly constraint: string } | undefined {
  const { includes = [], nullsNotDistinct, ...other } = options;
  if (Object.keys(other).length > 0) return undefined;
  const included = (includes as readonly string[]).map(quoteName).join(', ');
  return {
    index: `${included === '' ? '' : ` INCLUDE (${included})`}${nullsNotDistinct === true ? ' NULLS NOT DISTINCT' : ''}`,
    constraint: `${deferrable ? ' DEFERRABLE' : ''}${initiallyDeferred ? ' INITIALLY DEFERRED' : ''}`,
  };
}

/** A column of the key that the database does not know to be filled. */
function nullable(context: EditContext, { table, constraint }: ChangeOf<'AddConstraint'>): string | undefined {
  const found = context.change?.table(table);
  const columns = found?.kind === 'known' ? found.value.columns : [];
  return constraint.columns.find(({ name }) => columns.some((each) => each.name === name && each.nullable))?.name;
}

function qualified({ change }: EditContext, table: { readonly schema?: string; readonly name: string }) {
  return { schema: table.schema ?? change?.before.searchPath[0] ?? 'public', name: table.name };
}

function shortened(name: string): string {
  return name.length <= 63 ? name : `${name.slice(0, 59)}_idx`;
}
