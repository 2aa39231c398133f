import type { ObjectName } from '../../schema/names.ts';
import { cascadeOf } from '../losses.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isReplaced, liveView, madeRelation, severity, written } from '../support.ts';

export const dropView = defineRule({
  id: 'schema/drop-view',
  scope: 'change',
  on: ['DropView', 'RenameView', 'RenameTable', 'SetTableSchema'],
  severity: 'error',
  summary: 'Dropping or renaming a view breaks the version that still reads it.',
  messages: {
    drops:
      'Queries of the running version that read {view} fail as soon as this commits. Stop reading it first, and drop it in a later release.',
    cascades:
      'Queries of the running version that read {view} fail as soon as this commits, and so do those that use what CASCADE drops with it: {dependents}. Stop reading them first, and drop them by name in a later release.',
    renames:
      'Queries of the running version that read {view} fail as soon as this commits. Create the new name beside it, and drop {view} in a later release.',
    moves:
      'Queries of the running version that find {view} through their search path may fail as soon as this commits. Create it in the other schema beside the old one, and drop {view} in a later release.',
  },
  explanation: `A view holds no data, so dropping it loses none; but every query that reads it fails. To change a view, use \`CREATE OR
REPLACE VIEW\` where the columns allow it, or drop and create it in the same migration, which is one transaction.
The quick fix writes out what CASCADE takes along; there is no fix for the drop itself: who reads the view only people know.

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
    const gone = goneView(context);
    if (gone === undefined || isReplaced(context, gone.name, madeRelation)) return;
    const found = context.relation(gone.name);
    const view = written(gone.name);
    const cascade = gone.messageId === 'drops' ? cascadeOf(context) : undefined;
    const made = found.kind === 'known' ? [context.madeAt(found.value.origin, 'made-here', { object: view })] : [];
    yield {
      messageId: cascade === undefined ? gone.messageId : 'cascades',
      args: { view, dependents: cascade?.dependents ?? '' },
      anchor: at(context.step, context.step.change.span),
      object: view,
      severity: severity(context, 'error'),
      related: [...made, ...(cascade?.related ?? [])],
      fixes: cascade?.fixes ?? [],
    };
  },
});

/** The view that nobody finds any more under its name. ALTER TABLE takes views too: there the catalog must know. */
function goneView(context: ChangeContext): { readonly name: ObjectName; readonly messageId: string } | undefined {
  const { change } = context.step;
  switch (change.kind) {
    case 'DropView':
    case 'RenameView': {
      const isKnown = context.relation(change.view).kind !== 'unknown';
      if (isKnown && liveView(context, change.view) === undefined) return undefined;
      return { name: change.view, messageId: change.kind === 'DropView' ? 'drops' : 'renames' };
    }
    case 'RenameTable':
    case 'SetTableSchema':
      return liveView(context, change.table) === undefined
        ? undefined
        : { name: change.table, messageId: change.kind === 'RenameTable' ? 'renames' : 'moves' };
    default:
      return undefined;
  }
}
