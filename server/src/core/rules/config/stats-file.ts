import { defineRule } from '../rule.ts';

/** Found while the file is read (`core/config/statistics.ts`), not by a check. */
export const statsFile = defineRule({
  id: 'config/stats-file',
  scope: 'timeline',
  severity: 'warning',
  summary: 'schemaward.stats.json is not what `schemaward stats` writes.',
  messages: { problem: '{problem}' },
  explanation: `\`schemaward.stats.json\` says how large the tables of a target are; \`schemaward stats --target NAME\` writes it, read-only and within
seconds, and it is meant to be committed. A file that holds an error says nothing at all: findings are then what they are without it. There
is no quick fix: the command writes the file anew.

With it, findings about locks and scans say how much there is to read and how long that takes at 100 MB a second, and those about tables
up to \`stats.smallMegabytes\` of \`schemaward.yaml\` (10 by default, indexes not counted) are only hints. A table that the file does not
name changes nothing.`,
  examples: [],
  *check() {},
});
