import { defineRule } from '../rule.ts';
import { againstWords, atFile, factsOf, fileName, label, otherFile } from './anchor.ts';

export const outOfOrder = defineRule({
  id: 'order/out-of-order',
  scope: 'timeline',
  severity: 'error',
  summary: 'A new migration is lower than one that has run: it is refused, skipped, or runs late.',
  messages: {
    refused:
      '{version} is lower than {after}, which is already in {against}: the tool refuses to migrate. Rename it to the next free version.',
    ignored:
      '{version} is lower than {after}, which is already in {against}: the tool skips it for ever. Rename it to the next free version.',
    'runs-late':
      '{version} is lower than {after}, which is already in {against}: it runs after it, in another order than on a new database. Rename it to the next free version.',
    'other-file': 'The other file: {file}.',
  },
  explanation: `A database that has run version 12 never runs a new version 11 by itself. Flyway's \`validate\`, which \`migrate\` calls, then stops with
"Detected resolved migration not applied to database"; with \`ignoreMigrationPatterns=*:ignored\` it is skipped without a word; with \`outOfOrder=true\`
it runs late, so that databases differ in the order of their history.

Judged against the history of the connected database, else against the base branch, where somebody else's version may have landed meanwhile.

**Do instead**: rename it to the next free version. The quick fix does.`,
  examples: [],
  *check(context) {
    for (const { migration, after, against, effect } of factsOf(context, 'out-of-order')) {
      yield {
        messageId: effect,
        args: {
          version: label(migration),
          after: after.file === undefined ? after.version : fileName(after.file),
          against: againstWords(against),
        },
        anchor: atFile(migration.file),
        object: migration.script,
        severity: effect === 'runs-late' ? 'warning' : 'error',
        related: after.file === undefined ? [] : [otherFile(after.file)],
        fixes: [{ id: 'rename-to-next-version', args: { script: migration.script } }],
      };
    }
  },
});
