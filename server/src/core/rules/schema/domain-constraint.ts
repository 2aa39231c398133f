import { at, defineRule } from '../rule.ts';
import { knownType, listed, liveDependents, severity, written } from '../support.ts';

export const domainConstraint = defineRule({
  id: 'schema/domain-constraint',
  scope: 'change',
  on: ['AlterDomain'],
  severity: 'warning',
  summary: 'A new constraint of a domain fails writes of the running version in every table that uses it.',
  messages: {
    refuses:
      'From here on the version that is still running fails when it writes a value that {domain} refuses now, in {columns}. Make sure that every writer keeps to it first, and constrain the domain in a later release.',
    loosens:
      'From here on {columns} may hold what {domain} refused so far, and the version that is still running may read it. Release code that takes it first.',
  },
  explanation: `A domain is a type of many columns: what \`ALTER DOMAIN\` adds is checked in all of their tables, for every row that is there (unless NOT VALID)
and for every row that is written afterwards. The running version does not know the constraint. Taken away, values come in that
readers have never met.

**Do instead**: release code that keeps to the constraint, add it \`NOT VALID\`, correct the rows, and \`VALIDATE CONSTRAINT\` in a later
migration. There is no quick fix: the code comes first. What the statement scans and locks \`lock/add-check\` says.

Silent for domains that are unreleased, and for those that no released table has a column of.`,
  peers: [
    'squawk:ban-alter-domain-with-add-constraint',
    'pgfence:ban-alter-domain-add-constraint',
    'migrationpilot:MP043',
  ],
  examples: [
    {
      title: 'Columns have it',
      given: 'CREATE DOMAIN amount AS numeric;\nCREATE TABLE orders (id bigint PRIMARY KEY, total amount);',
      sql: 'ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;',
      fires: true,
    },
    {
      title: 'No column has it',
      given: 'CREATE DOMAIN amount AS numeric;',
      sql: 'ALTER DOMAIN amount ADD CONSTRAINT positive CHECK (VALUE > 0);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'AlterDomain') return;
    const tightens = change.action === 'add-constraint' || change.action === 'set-not-null';
    const loosens = change.action === 'drop-constraint' || change.action === 'drop-not-null';
    if (!tightens && !loosens) return;
    const found = knownType(context, change.type);
    if (found === undefined || context.isUnreleased(found.value.origin)) return;
    const columns = liveDependents(context, found.key).flatMap(({ name, columns }) =>
      columns
        .filter(({ type }) => type.name === found.value.name.name && type.schema === found.value.name.schema)
        .map((column) => `${name.name}.${column.name}`),
    );
    if (columns.length === 0) return;
    const domain = written(change.type);
    yield {
      messageId: tightens ? 'refuses' : 'loosens',
      args: { domain, columns: listed(columns) },
      anchor: at(context.step, change.span),
      object: domain,
      severity: severity(context, tightens ? 'warning' : 'hint'),
      ...(tightens ? { compat: 'breaking' as const } : {}),
      related: [context.madeAt(found.value.origin, 'made-here', { object: domain })],
    };
  },
});
