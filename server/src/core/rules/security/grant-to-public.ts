import { at, defineRule } from '../rule.ts';
import { listed, severity, written } from '../support.ts';

export const grantToPublic = defineRule({
  id: 'security/grant-to-public',
  scope: 'change',
  on: ['Grant'],
  severity: 'info',
  consequence: 'other',
  summary: 'What is granted to PUBLIC, every role has, those that are made later too.',
  messages: {
    grants:
      'Every role of the database may {privileges} on {objects} from here on, those that are made later too. Grant it to a role that only those are members of who need it.',
    schema:
      'Every role may make objects in schema {objects}, and so put a function or a table of its own in front of those that others mean. Grant CREATE to the roles that run migrations.',
  },
  explanation: `\`PUBLIC\` is no role but all of them: the reporting user, the monitoring, whoever is added next year. Row security aside nothing limits
it again, and a REVOKE from one role takes nothing away that PUBLIC has. \`CREATE\` on a schema in people's search path lets anybody
shadow the functions and tables that others call by their bare names.

**Do instead**: grant to a role of its own. There is no quick fix: which role that is only people know.

Silent for functions, types and \`USAGE\` on schemas, which PUBLIC has anyway or which give nothing by themselves.`,
  peers: ['migrationpilot:MP085'],
  examples: [
    {
      title: 'Everybody may read',
      given: 'CREATE TABLE salaries (id bigint PRIMARY KEY, amount numeric);',
      sql: 'GRANT SELECT ON salaries TO PUBLIC;',
      fires: true,
    },
    {
      title: 'A role may read',
      given: 'CREATE TABLE salaries (id bigint PRIMARY KEY, amount numeric);',
      sql: 'GRANT SELECT ON salaries TO payroll;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'Grant' || change.revoke) return;
    const { on, of, others, privileges, roles } = change.options as Granted;
    if (roles?.includes('public') !== true) return;
    const names = change.objects.length > 0 ? change.objects.map(written) : (others ?? []);
    const said = privileges === undefined || privileges.length === 0 ? ['all'] : privileges;
    const isSchema = on === 'schema' && (said.includes('create') || said.includes('all'));
    const isRelation = change.objects.length > 0 || (on === 'all in schema' && (of === 'table' || of === 'sequence'));
    if (!isSchema && !isRelation) return;
    const objects = on === 'all in schema' ? `every ${of} of ${listed(names)}` : listed(names);
    yield {
      messageId: isSchema ? 'schema' : 'grants',
      args: {
        objects,
        privileges: said.includes('all') ? 'do everything' : listed(said.map((each) => each.toUpperCase())),
      },
      anchor: at(context.step, change.span),
      object: objects,
      severity: severity(context, 'info'),
    };
  },
});

interface Granted {
  readonly on?: string;
  readonly of?: string;
  readonly others?: readonly string[];
  readonly privileges?: readonly string[];
  readonly roles?: readonly string[];
}
