import { at, defineRule, type MigrationContext, type Step } from '../rule.ts';
import { isTimeout, milliseconds } from '../timeouts.ts';

export const timeoutNotReset = defineRule({
  id: 'lock/timeout-not-reset',
  scope: 'migration',
  severity: 'info',
  summary: 'A timeout that is SET and never RESET holds for every migration that runs after this one.',
  messages: {
    leaks:
      '{name} = {value} stays for every migration that runs after this one on the same connection, and may cancel what needs longer. Use SET LOCAL, or RESET it at the end.',
  },
  explanation: `\`SET\` outlives its transaction: it ends with the connection, and the tool runs all migrations of one release on one connection. A
\`statement_timeout\` of five seconds that one migration needs then cancels the index build of the next one, which leaves an invalid index.
Run one by one, the same migrations succeed.

**Do instead**: \`SET LOCAL\`, which ends with the transaction of the migration; outside a transaction, \`RESET\` as the last statement. The
quick fix writes whichever fits.

A \`lock_timeout\` that stays only lets later migrations give up sooner: that is a hint, which preset \`strict\` shows.

Silent for \`SET LOCAL\`, for what is reset or set anew to its default later in the migration, and for 0, which is where sessions begin.`,
  examples: [
    {
      title: 'It stays',
      sql: "SET statement_timeout = '5s';\nCREATE TABLE t (id int);",
      fires: true,
    },
    {
      title: 'It ends with the transaction',
      sql: "SET LOCAL lock_timeout = '5s';\nCREATE TABLE t (id int);",
      fires: false,
    },
  ],
  *check(context) {
    for (const step of lastSettings(context)) {
      const { change } = step;
      if (change.kind !== 'SetSession' || milliseconds(change.value) <= 0) continue;
      yield {
        messageId: 'leaks',
        args: { name: change.name, value: change.value },
        anchor: at(step, change.span),
        object: change.name,
        severity: change.name === 'statement_timeout' ? 'info' : 'hint',
        compat: 'none',
        rollback: 'none',
        fixes: [{ id: step.transaction === undefined ? 'reset-setting' : 'set-local', args: { name: change.name } }],
      };
    }
  },
});

/** Of each timeout, the last one that outlives the transaction, unless it was taken back. */
function lastSettings({ steps }: MigrationContext): readonly Step[] {
  const last = new Map<string, Step>();
  for (const step of steps) {
    const { change } = step;
    if (change.kind !== 'SetSession' || change.local || change.certainty === 'maybe') continue;
    if (change.name === 'all') last.clear();
    else if (!isTimeout(change.name)) continue;
    else if (change.value === 'DEFAULT') last.delete(change.name);
    else last.set(change.name, step);
  }
  return [...last.values()];
}
