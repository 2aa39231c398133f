import { defineRule } from '../rule.ts';

/** Found while findings are suppressed (`analysis/suppress.ts`), not by a check. */
export const ignoreComment = defineRule({
  id: 'config/ignore-comment',
  scope: 'timeline',
  severity: 'warning',
  summary: 'An ignore comment that gives no reason, has expired, or ignores nothing.',
  messages: {
    'no-rule': 'This comment names no rule, so it ignores nothing. Write the rule behind schemaward-ignore.',
    'unknown-rule': 'There is no rule {rules}, so nothing is ignored for it.{hint}',
    'bad-date': 'until={until} is not a date such as 2026-12-31, so this comment ignores nothing.',
    expired: 'This comment ended on {until}: what it ignored is reported again.',
    unused: 'Nothing here is reported by {rules}: remove the comment.',
    'partly-unused': 'Nothing here is reported by {rules}: take it out of this comment.',
    'no-reason': 'Say why {rules} is ignored here: a reason behind a colon.',
  },
  explanation: `    -- schemaward-ignore <rule>[, <rule>] [until=YYYY-MM-DD]: <reason>         this or the next statement
    -- schemaward-ignore-file <rule>[, <rule>] [until=YYYY-MM-DD]: <reason>    before the first statement

A frozen file is never edited; its findings are ignored in \`schemaward.yaml\`. There is no quick fix: which rule was meant, and
until when, only its author knows.

Comments of other linters count as well, for the rules that \`Elsewhere\` names on their pages: \`squawk-ignore\`, \`atlas:nolint\`,
\`eugene: ignore\`, \`pgls-ignore\`, \`pgfence-ignore\`, \`migrationpilot-disable\`, \`pgsafe:ignore\`, \`safemigrate:ignore\`, and what stands
between \`safety-assured:start\` and \`:end\`. Nothing is said of them; the lightbulb writes one as ours, with its reach and its reason. A
finding of \`run/\` stays where it is not what they speak of. strong_migrations is told in Ruby (\`safety_assured\`), which leaves no comment.`,
  peers: ['squawk:unused-ignore'],
  examples: [],
  *check() {},
});
