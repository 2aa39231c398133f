import { defineRule } from '../rule.ts';
import { againstWords, atFile, factsOf, label } from './anchor.ts';

export const changedAfterApply = defineRule({
  id: 'order/changed-after-apply',
  scope: 'timeline',
  severity: 'error',
  summary: 'An applied migration was edited or renamed: it no longer matches what ran, and the tool stops.',
  messages: {
    'history-text':
      '{migration} has run in {against} with another text (checksum {was}, now {now}): the tool stops before it migrates. Put the old text back, and make the change in a new migration.',
    'history-description':
      '{migration} has run in {against} as "{was}": the tool compares descriptions and stops before it migrates. Give the file its old name back.',
    'base-text':
      '{migration} stands on {against} with another text: wherever it has run, the tool stops before it migrates. Put the old text back, and make the change in a new migration.',
    'base-description':
      '{migration} stands on {against} as "{was}": wherever it has run, the tool compares descriptions and stops before it migrates. Give the file its old name back.',
  },
  explanation: `Flyway keeps the CRC32 of every versioned migration that it ran, comments included (only line ends and a byte order mark do not count).
When the file changes, \`validate\`, which \`migrate\` calls, stops with "Migration checksum mismatch"; when the description in its name changes, with
"Migration description mismatch". And databases that ran the old text do not
have what the new text says.

**Do instead**: put the old text back and write a new migration. *Compare with the Applied Text* shows the difference where git has the old text. There is no
quick fix: what was applied is not always in git, and a frozen file is never edited.`,
  examples: [],
  *check(context) {
    for (const { migration, difference, was = '', now = '', against } of factsOf(context, 'changed-after-apply')) {
      yield {
        messageId: `${against.kind}-${difference}`,
        args: { migration: label(migration), against: againstWords(against), was, now },
        anchor: atFile(migration.file),
        object: migration.script,
        severity: against.kind === 'history' ? 'error' : 'warning',
      };
    }
  },
});
