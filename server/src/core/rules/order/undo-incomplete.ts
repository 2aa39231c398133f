import type { Routine } from '../../schema/catalog.ts';
import { named } from '../dependents.ts';
import { defineRule, type UndoContext } from '../rule.ts';
import { differencesOf, type SchemaDifference } from '../schema-facts.ts';
import { listed } from '../support.ts';
import { atFile } from './anchor.ts';

export const undoIncomplete = defineRule({
  id: 'order/undo-incomplete',
  scope: 'undo',
  severity: 'warning',
  summary: 'An undo migration that does not bring the schema back to what it was.',
  messages: {
    differs:
      'After version {version} and this undo the schema is not what it was before: {differences}. A redo, or the next version, then meets something else than where it was tested.',
  },
  explanation: `\`flyway undo\` promises the schema before the version. What an undo migration leaves behind or forgets shows on the day it is needed: the version runs
again and fails on what is still there, or the older application misses what is gone.

Both migrations are replayed, and the schema afterwards is compared with the one before: tables, columns, keys, indexes, views, types, triggers,
policies, privileges. Rows are not: a column that the version dropped comes back empty, and no undo can help that.

**Do instead**: undo every change, in the reverse order. There is no quick fix: whether something was left on purpose only people know.

Silent where one of the two does something that cannot be looked into, where a table is known in part, and for undo migrations that are released.`,
  examples: [],
  *check(context) {
    const differences = [...differencesOf(context.before, context.after), ...bodies(context)];
    const [first] = differences;
    if (first === undefined) return;
    const { migration, undone } = context;
    yield {
      messageId: 'differs',
      args: {
        version: undone.version ?? undone.script,
        differences: listed(
          differences.map(({ words }) => words),
          6,
        ),
      },
      anchor: atFile(migration.file),
      object: migration.script,
      related: differences.flatMap(({ words, origin }) =>
        origin.migration === undone.id
          ? [
              {
                anchor: { file: undone.file, statement: origin.statement, span: origin.span },
                messageId: 'differs-here',
                args: { words: `${words.charAt(0).toUpperCase()}${words.slice(1)}` },
              },
            ]
          : [],
      ),
    };
  },
});

/** A function that the version replaced and the undo does not name. */
function bodies({ before, after, undone }: UndoContext): readonly SchemaDifference[] {
  return [...after.objects].flatMap(([key, now]) => {
    const then = before.objects.get(key);
    if (then?.kind !== 'routine' || now.kind !== 'routine' || now.origin.migration !== undone.id) return [];
    return bare(then) === bare(now) ? [] : [{ words: `${named(now)} is as the version made it`, origin: now.origin }];
  });
}

function bare({ origin }: Routine): string {
  return origin.statement.text
    .replace(/\s+/g, ' ')
    .replace(/ or replace /i, ' ')
    .toLowerCase();
}
