import { defineRule } from '../rule.ts';

/** Found while the settings are read (`core/config`), not by a check. */
export const schemawardYaml = defineRule({
  id: 'config/schemaward-yaml',
  scope: 'timeline',
  severity: 'warning',
  summary: 'A key or value of schemaward.yaml that is not known.',
  messages: { problem: '{problem}' },
  explanation: `\`schemaward.yaml\` is checked while it is edited: unknown keys (with the one that was probably meant), values of another form, passwords in
URLs, ignore entries whose date has passed. While the file is not valid YAML, the last good settings stay. There is no quick fix:
the message names the key or the form that is meant, and completion writes it.`,
  examples: [],
  *check() {},
});
