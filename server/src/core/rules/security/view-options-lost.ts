import type { View } from '../../schema/catalog.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { listed, severity, written } from '../support.ts';

export const viewOptionsLost = defineRule({
  id: 'security/view-options-lost',
  scope: 'change',
  on: ['CreateView'],
  severity: 'warning',
  consequence: 'other',
  summary: 'CREATE OR REPLACE VIEW takes the options of the view away that it does not repeat.',
  messages: {
    invoker:
      'CREATE OR REPLACE VIEW takes {options} away from {view}, which it does not repeat: the view reads with the rights of its owner again, past the privileges and the row security of whoever asks. Repeat it.',
    barrier:
      'CREATE OR REPLACE VIEW takes {options} away from {view}, which it does not repeat: a function in a query may see rows that the view keeps back. Repeat it.',
    check:
      'CREATE OR REPLACE VIEW takes {options} away from {view}, which it does not repeat: rows that it does not show can be written through it. Repeat it.',
  },
  explanation: `\`CREATE OR REPLACE VIEW\` keeps the privileges and the owner of a view, but it sets its options anew: \`security_invoker\`, \`security_barrier\`
and \`WITH CHECK OPTION\` (kept as \`check_option\`) are gone unless the statement says them again. Nothing warns, and every query goes on working,
for more people than before.

**Do instead**: repeat the options. The quick fix sets them again at the end of the migration.

Silent where the statement or a later one of the same migration sets the option, to whatever value, and for views whose options are
unknown.`,
  examples: [
    {
      title: 'Not repeated',
      given:
        'CREATE TABLE notes (id bigint PRIMARY KEY);\nCREATE VIEW own WITH (security_invoker = true) AS SELECT id FROM notes;',
      sql: 'CREATE OR REPLACE VIEW own AS SELECT id, 1 AS one FROM notes;',
      fires: true,
    },
    {
      title: 'Repeated',
      given:
        'CREATE TABLE notes (id bigint PRIMARY KEY);\nCREATE VIEW own WITH (security_invoker = true) AS SELECT id FROM notes;',
      sql: 'CREATE OR REPLACE VIEW own WITH (security_invoker = true) AS SELECT id, 1 AS one FROM notes;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'CreateView' || !change.replace || change.certainty === 'maybe') return;
    const found = context.relation(change.view);
    if (found.kind !== 'known' || found.value.kind !== 'view') return;
    const said = (change.options?.settings ?? {}) as Readonly<Record<string, string>>;
    const lost = Object.entries(found.value.options).filter(
      ([name, value]) => said[name] === undefined && !isOff(value) && !isSetLater(context, found.value.name, name),
    );
    const [first] = ORDER.flatMap((name) => lost.filter(([each]) => each === name));
    if (first === undefined) return;
    const { quoteName: q } = context.dialect.renderer;
    const view = written(change.view);
    const name =
      change.view.schema === undefined ? q(change.view.name) : `${q(change.view.schema)}.${q(change.view.name)}`;
    const options = lost.map(([option, value]) => `${option} = ${value}`);
    yield {
      messageId: MESSAGES[first[0]] ?? 'barrier',
      args: { view, options: listed(options) },
      anchor: at(context.step, change.span),
      object: view,
      severity: severity(context, 'warning'),
      related: [context.madeAt(found.value.origin, 'made-here', { object: view })],
      fixes: [{ id: 'grant-again', args: { sql: `ALTER VIEW ${name} SET (${options.join(', ')})` } }],
    };
  },
});

const MESSAGES: Readonly<Record<string, string>> = {
  security_invoker: 'invoker',
  security_barrier: 'barrier',
  check_option: 'check',
};

const ORDER = Object.keys(MESSAGES);

function isOff(value: string): boolean {
  return /^(false|off|no|0)$/i.test(value);
}

function isSetLater({ steps, step }: ChangeContext, view: View['name'], option: string): boolean {
  return steps.some(({ statementIndex, change }) => {
    if (statementIndex <= step.statementIndex) return false;
    if (change.kind === 'CreateView') return change.view.name === view.name;
    if (change.kind !== 'SetTableOption' || change.table.name !== view.name) return false;
    return ((change.options?.parameters ?? []) as readonly string[]).includes(option);
  });
}
