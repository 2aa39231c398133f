import { defineRule } from '../rule.ts';
import { atFile, factsOf, fileName, otherFile } from './anchor.ts';

export const duplicateVersion = defineRule({
  id: 'order/duplicate-version',
  scope: 'timeline',
  severity: 'error',
  summary: 'Two migrations have the same version: the tool refuses to run any.',
  messages: {
    duplicate:
      'Version {version} is taken by {other}: the tool refuses to run any migration. Rename one to the next free version.',
    'other-file': 'The other file: {file}.',
  },
  explanation: `Flyway compares versions as numbers, part by part, so \`V1\`, \`V01\` and \`V1.0\` are one version. With two files of one version it stops before
it runs anything. Mostly two branches took the same number and both were merged.

**Do instead**: rename the file that is not applied yet; the quick fix takes the next free version in the project's own scheme, with its undo
and configuration files.`,
  examples: [],
  *check(context) {
    for (const { version, migration, other } of factsOf(context, 'duplicate')) {
      yield {
        messageId: 'duplicate',
        args: { version, other: fileName(other.file) },
        anchor: atFile(migration.file),
        object: migration.script,
        related: [otherFile(other.file)],
        fixes: [{ id: 'rename-to-next-version', args: { script: migration.script } }],
      };
    }
  },
});
