import { at, type ChangeContext, defineRule } from '../rule.ts';
import { severity, written } from '../support.ts';

export const dropView = defineRule({
  id: 'schema/drop-view',
  scope: 'change',
  on: ['DropView', 'RenameView'],
  severity: 'error',
  summary: 'Dropping or renaming a view breaks the version that still reads it.',
  messages: {
    drops:
      'Queries of the running version that read {view} fail as soon as this commits. Stop reading it first, and drop it in a later release.',
    renames:
      'Queries of the running version that read {view} fail as soon as this commits. Create the new name beside it, and drop {view} in a later release.',
  },
  explanation: `A view holds no data, so dropping it loses none; but every query that reads it fails. To change a view, use \`CREATE OR
REPLACE VIEW\` where the columns allow it, or drop and create it in the same migration, which is one transaction.

Silent for views that the same migration creates again, for views that are unreleased, and where the catalog does not know
the view.`,
  examples: [
    {
      title: 'Somebody reads it',
      given: 'CREATE TABLE t (id int);\nCREATE VIEW v AS SELECT id FROM t;',
      sql: 'DROP VIEW v;',
      fires: true,
    },
    {
      title: 'Created again',
      given: 'CREATE TABLE t (id int);\nCREATE VIEW v AS SELECT id FROM t;',
      sql: 'DROP VIEW v;\nCREATE VIEW v AS SELECT id, id + 1 AS next FROM t;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'DropView' && change.kind !== 'RenameView') return;
    const found = context.relation(change.view);
    if (found.kind === 'absent' || isRecreated(context, change.view.name)) return;
    if (found.kind === 'known' && (found.value.kind !== 'view' || context.isUnreleased(found.value.origin))) return;
    const view = written(change.view);
    yield {
      messageId: change.kind === 'DropView' ? 'drops' : 'renames',
      args: { view },
      anchor: at(context.step, change.span),
      object: view,
      severity: severity(context, 'error'),
      related: found.kind === 'known' ? [context.madeAt(found.value.origin, 'made-here', { object: view })] : [],
    };
  },
});

function isRecreated(context: ChangeContext, name: string): boolean {
  return context.steps.some(({ change, statementIndex }) => {
    if (statementIndex <= context.step.statementIndex) return false;
    return (
      (change.kind === 'CreateView' && change.view.name === name) ||
      (change.kind === 'CreateTable' && change.table.name === name)
    );
  });
}
