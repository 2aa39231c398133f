import { at, defineRule } from '../rule.ts';
import { severity } from '../support.ts';

export const setLocal = defineRule({
  id: 'tx/set-local',
  scope: 'change',
  on: ['SetSession'],
  severity: 'warning',
  summary: 'SET LOCAL outside a transaction changes nothing.',
  messages: {
    nothing:
      'This migration runs outside a transaction, so SET LOCAL changes nothing: PostgreSQL warns, and {name} stays as it was. Use SET, and RESET it at the end.',
  },
  explanation: `\`SET LOCAL\` lasts until the end of the transaction. Where each statement is a transaction of its own, it ends with itself: the
server says \`SET LOCAL can only be used in transaction blocks\` and goes on, and the statements behind it run without the timeout (or role, or
search path) that they were written for. The same goes for \`set_config(..., true)\`.

**Do instead**: \`SET\`, and \`RESET\` as the last statement; the quick fix writes both.

Silent inside the tool's transaction, and between BEGIN and COMMIT.`,
  examples: [
    {
      title: 'Behind COMMIT',
      sql: "COMMIT;\nSET LOCAL lock_timeout = '5s';\nCREATE TABLE t (id int);",
      fires: true,
    },
    { title: 'In a transaction', sql: "SET LOCAL lock_timeout = '5s';\nCREATE TABLE t (id int);", fires: false },
  ],
  *check(context) {
    const { change, transaction, reading } = context.step;
    if (change.kind !== 'SetSession' || !change.local || transaction !== undefined) return;
    yield {
      messageId: 'nothing',
      args: { name: change.name },
      anchor: at(context.step, change.span),
      object: change.name,
      severity: severity(context, 'warning'),
      compat: 'none',
      fixes: reading.verb === 'SELECT' ? [] : [{ id: 'set-session', args: { name: change.name } }],
    };
  },
});
