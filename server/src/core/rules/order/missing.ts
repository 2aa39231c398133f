import { defineRule } from '../rule.ts';
import { againstWords, atFile, factsOf } from './anchor.ts';

export const missing = defineRule({
  id: 'order/missing',
  scope: 'timeline',
  severity: 'error',
  summary: 'An applied migration has no file any more: the tool stops.',
  messages: {
    missing:
      '{script} has run in {against}, and its file is gone: the tool stops before it migrates. Put the file back.',
  },
  explanation: `A migration that ran belongs to the history: without its file a new database is built differently, and \`validate\`, which \`migrate\` calls,
stops with "Detected applied migration not resolved locally". Flyway's \`repair\` can mark it deleted, in every database, one by one.

**Do instead**: take the file back from the version control. There is no quick fix: the file is not here.

Judged against the connected database, else against the base branch. The highest applied version without a file counts as future, which Flyway
allows by default.`,
  examples: [],
  *check(context) {
    for (const { script, against, near } of factsOf(context, 'missing')) {
      const file = near?.file ?? context.timeline.migrations[0]?.file;
      if (file === undefined) continue;
      yield {
        messageId: 'missing',
        args: { script, against: againstWords(against) },
        anchor: atFile(file),
        object: script,
      };
    }
  },
});
