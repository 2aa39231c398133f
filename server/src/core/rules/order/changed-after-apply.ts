import { defineRule } from '../rule.ts';
import { atFile, factsOf, label } from './anchor.ts';

export const changedAfterApply = defineRule({
  id: 'order/changed-after-apply',
  scope: 'timeline',
  severity: 'error',
  summary: 'An applied migration was edited: its checksum no longer matches and the tool stops.',
  messages: {
    history:
      '{migration} has run in {target} with another text (checksum {applied}, now {local}): the tool stops before it migrates. Put the old text back, and make the change in a new migration.',
    base: '{migration} stands on {ref} with another text: wherever it has run, the tool stops before it migrates. Put the old text back, and make the change in a new migration.',
  },
  explanation: `Flyway keeps the CRC32 of every versioned migration that it ran, comments included (only line ends and a byte order mark do not count).
When the file changes, \`validate\`, which \`migrate\` calls, stops with "Migration checksum mismatch". And databases that ran the old text do not
have what the new text says.

**Do instead**: put the old text back and write a new migration. *Compare with the Applied Text* shows the difference where git has the old text.`,
  examples: [],
  *check(context) {
    for (const { migration, against } of factsOf(context, 'changed-after-apply')) {
      const isHistory = against.kind === 'history';
      yield {
        messageId: against.kind,
        args: {
          migration: label(migration),
          ...(isHistory
            ? { target: against.target, applied: against.applied, local: against.local }
            : { ref: against.ref }),
        },
        anchor: atFile(migration.file),
        object: migration.script,
        severity: isHistory ? 'error' : 'warning',
      };
    }
  },
});
