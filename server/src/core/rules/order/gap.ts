import { defineRule, type RuleOption } from '../rule.ts';
import { atFile, factsOf, fileName, otherFile } from './anchor.ts';

const least: RuleOption = {
  name: 'versions',
  description: 'Versions that a project must have before a gap means something.',
  min: 10,
  max: 100_000,
  default: 10,
};

export const gap = defineRule({
  id: 'order/gap',
  scope: 'timeline',
  severity: 'info',
  summary: 'A version is missing in a project that never left one out.',
  messages: {
    gap: 'Version {missing} is missing between {before} and this one, in a project that never left one out. Is it on another branch? Then one of the two will be out of order.',
    'other-file': 'The version before: {file}.',
  },
  explanation: `In a project with at least ten consecutive versions and none missing, a new gap mostly means that a colleague's branch holds the version in
between: whichever lands second is out of order.

Silent in projects with fewer versions, with earlier gaps, or with dates and time stamps.`,
  examples: [],
  options: [least],
  *check(context, option) {
    if (context.timeline.migrations.length < option(least)) return;
    for (const { before, after, missing: version } of factsOf(context, 'gap')) {
      yield {
        messageId: 'gap',
        args: { missing: version, before: fileName(before.file) },
        anchor: atFile(after.file),
        object: after.script,
        related: [otherFile(before.file)],
        fixes: [{ id: 'rename-to-next-version', args: { script: after.script } }],
      };
    }
  },
});
