import { defineRule } from '../rule.ts';
import { atFile, factsOf } from './anchor.ts';

export const implausibleVersion = defineRule({
  id: 'order/implausible-version',
  scope: 'timeline',
  severity: 'warning',
  summary: "A version that does not look like the project's others will sort where nobody expects it.",
  messages: {
    'date-does-not-exist':
      'Version {version} is no date: it has a month, day or time that does not exist. Rename it to the next free version.',
    'longer-than-others':
      'Version {version} has more digits than the others ({usual}): every later migration of the usual form will be out of order. Rename it to the next free version.',
    'shorter-than-others':
      'Version {version} has fewer digits than the others ({usual}): it sorts before them. Rename it to the next free version.',
    'far-future':
      'Version {version} lies in the future: every migration until then will be out of order. Rename it to the next free version.',
  },
  explanation: `Versions are compared as numbers. One time stamp of 16 digits among those of 14 is larger than all of them, for ever: after it has run, every
ordinary migration is out of order. A date that does not exist is a typing mistake, and next to it lies one that sorts wrongly.`,
  examples: [],
  *check(context) {
    for (const { migration, reason, usual } of factsOf(context, 'implausible-version')) {
      yield {
        messageId: reason,
        args: { version: migration.version ?? '', usual },
        anchor: atFile(migration.file),
        object: migration.script,
        fixes: [{ id: 'rename-to-next-version', args: { script: migration.script } }],
      };
    }
  },
});
