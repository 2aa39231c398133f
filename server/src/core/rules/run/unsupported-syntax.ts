import { candidateKeys } from '../../schema/keys.ts';
import { isComplete } from '../../schema/lookup.ts';
import { overloadsOf } from '../../schema/routines.ts';
import type { CatalogView } from '../../schema/view.ts';
import type { Need } from '../../sql/dialect.ts';
import { nowhere } from '../../text/nowhere.ts';
import { defineRule, type MigrationContext } from '../rule.ts';

export const unsupportedSyntax = defineRule({
  id: 'run/unsupported-syntax',
  scope: 'migration',
  severity: 'error',
  summary: 'The statement is written for a newer version than the database has.',
  messages: { newer: 'Fails on {server} {version}: {what} came with {server} {since}. {instead}' },
  explanation: `Statements are read with the parser of the newest version, and the project says which version its database has: \`targetVersion\` in
\`schemaward.yaml\`, or what a connected target answers. What came later is told here, with what to write instead where older versions have a way: statements
and their options, functions, types and settings.

Silent where the version is not known, inside the bodies of functions and DO blocks, and for a function or a type of that name that the history makes itself or may
have made.

The quick fix writes what older versions take, where that is a matter of a word or two. Otherwise the way around is another design, which no fix chooses.`,
  examples: [
    {
      title: 'NULLS NOT DISTINCT came with 15',
      given: 'CREATE TABLE t (id int PRIMARY KEY, code text);',
      sql: 'CREATE UNIQUE INDEX t_code ON t (code) NULLS NOT DISTINCT;',
      target: 14,
      fires: true,
    },
    {
      title: 'The database is new enough',
      given: 'CREATE TABLE t (id int PRIMARY KEY, code text);',
      sql: 'CREATE UNIQUE INDEX t_code ON t (code) NULLS NOT DISTINCT;',
      target: 15,
      fires: false,
    },
    {
      title: 'A generated column is virtual where nothing is said, since 18',
      given: 'CREATE TABLE t (id int PRIMARY KEY, a int);',
      sql: 'ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a + 1);',
      target: 17,
      fires: true,
    },
  ],
  *check(context) {
    const { version, versionKnown } = context.target;
    if (!versionKnown) return;
    const server = context.dialect.displayName;
    for (const { id, reading } of context.statements) {
      for (const need of reading.needs ?? []) {
        if (need.since <= version || mayBeOwn(context, id, need)) continue;
        yield {
          messageId: 'newer',
          args: { server, version, what: need.what, since: need.since, instead: need.instead ?? INSTEAD },
          anchor: { file: context.migration.file, statement: id, span: need.span },
          object: need.what,
          compat: 'none',
          rollback: 'none',
          fixes: need.older === undefined ? [] : [{ id: 'write-for-older', args: { what: need.what, version } }],
        };
      }
    }
  },
});

const INSTEAD = 'Do without it, or say the version that the database has.';

/** A function or a type that somebody made under the same name. */
function mayBeOwn(context: MigrationContext, id: { readonly text: string }, { name }: Need): boolean {
  if (name === undefined) return false;
  const step = context.contexts.find(({ step: { statement } }) => statement === id) ?? context.contexts.at(-1);
  return step === undefined || isMade(step.before, name);
}

function isMade(catalog: CatalogView, name: string): boolean {
  if (!isComplete(catalog)) return true;
  const named = { name, span: nowhere };
  const types = candidateKeys(catalog, 'type', named);
  return (
    overloadsOf(catalog, named).length > 0 || types.some((key) => catalog.objects.has(key) || catalog.tainted.has(key))
  );
}
