import { at, defineRule } from '../rule.ts';
import { written } from '../support.ts';

export const definerSearchPath = defineRule({
  id: 'design/definer-search-path',
  scope: 'change',
  on: ['CreateFunction'],
  severity: 'info',
  summary:
    "A SECURITY DEFINER function that looks names up in its caller's search_path can be made to run the caller's code with its owner's rights.",
  messages: {
    open: '{fn} runs with the rights of its owner and looks names up in the search_path of whoever calls it, who may put tables and functions of his own there. Add SET search_path to it.',
  },
  explanation: `Whoever may make objects in some schema (by default: temporary ones, everybody) puts it into \`search_path\`, and an unqualified name in the body finds
his function or table instead of the one that was meant, with the rights of the owner.

**Do instead**: \`SET search_path = app, pg_temp\` behind the function's options: schemas that only trusted roles write to, \`pg_temp\` last. There is no quick
fix, because only its author knows which schemas the body means.

Silent where the function sets it, or is altered to set something later on.`,
  peers: ['migrationpilot:MP099'],
  examples: [
    {
      title: 'Open',
      sql: "CREATE FUNCTION purge() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM logs';",
      fires: true,
    },
    {
      title: 'Closed',
      sql: "CREATE FUNCTION purge() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = app, pg_temp AS 'DELETE FROM logs';",
      fires: false,
    },
  ],
  settledBy: {
    words: ({ fn }) => [String(fn).replace(/^.*\./, '')],
    isBy: ({ fn }, change) => {
      const name = String(fn).replace(/^.*\./, '');
      if (change.kind === 'DropFunction') return change.fn.name === name;
      return change.kind === 'ChangeObject' && change.verb === 'alter' && change.object.name === name;
    },
  },
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'CreateFunction' || change.definer !== true || change.certainty === 'maybe') return;
    if (change.sets?.includes('search_path') === true) return;
    yield {
      messageId: 'open',
      args: { fn: written(change.fn) },
      anchor: at(context.step, change.span),
      object: written(change.fn),
      compat: 'none',
      rollback: 'none',
    };
  },
});
