import { defineRule } from '../rule.ts';
import { atFile, factsOf } from './anchor.ts';

export const undoWithoutPartner = defineRule({
  id: 'order/undo-without-partner',
  scope: 'timeline',
  severity: 'warning',
  summary: 'An undo migration has no versioned migration of the same version: it can never run.',
  messages: {
    alone:
      'There is no migration of version {version} that {script} could undo, so it never runs. Give it the version of its partner.',
  },
  explanation: `An undo migration (\`U2__x.sql\`) undoes the versioned migration of the same version. Without that partner it does nothing; mostly the partner was
renamed and the undo was forgotten. There is no quick fix: which migration it was meant for, its name does not say.`,
  examples: [],
  *check(context) {
    for (const { migration } of factsOf(context, 'undo-without-partner')) {
      yield {
        messageId: 'alone',
        args: { version: migration.version ?? '', script: migration.script },
        anchor: atFile(migration.file),
        object: migration.script,
      };
    }
  },
});
