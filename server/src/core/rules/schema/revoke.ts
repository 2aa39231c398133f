import type { CatalogObject, Privilege } from '../../schema/catalog.ts';
import { at, type ChangeContext, defineRule, type Step } from '../rule.ts';
import { listed, severity, written } from '../support.ts';

export const revoke = defineRule({
  id: 'schema/revoke',
  scope: 'change',
  on: ['Grant'],
  severity: 'info',
  consequence: 'breaks',
  summary: 'What is revoked, the version that runs under the role can no longer do.',
  messages: {
    revokes:
      'Whatever still runs as {role} fails with "permission denied" where it needs {privileges} on {object}. Make sure that nothing does any more.',
  },
  explanation: `Privileges are asked at every statement: what runs under the role fails at its next one, without a deployment. Earlier migrations granted what is
taken here, so somebody needed it once.

**Do instead**: find out who still connects under the role (\`pg_stat_activity\`, \`pg_stat_user_tables\`), release what does without, and revoke
behind it. There is no quick fix.

Silent for roles that no earlier migration granted it to, and where the same migration grants some of it again.`,
  peers: ['liquibase:SqlRevokeWarn', 'migrationpilot:MP091'],
  examples: [
    {
      title: 'Granted by an earlier release',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);\nGRANT SELECT ON orders TO reporting;',
      sql: 'REVOKE SELECT ON orders FROM reporting;',
      fires: true,
    },
    {
      title: 'Taken from everybody, who never had it',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      sql: 'REVOKE ALL ON orders FROM PUBLIC;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'Grant' || !change.revoke || change.certainty === 'maybe') return;
    for (const name of change.objects) {
      const found = context.relation(name);
      const now = found.kind === 'known' ? context.after.objects.get(found.key) : undefined;
      if (found.kind !== 'known' || now === undefined) continue;
      const taken = takenFrom(context, found.value, now);
      const roles = [...new Set(taken.map(({ role }) => role))].filter(
        (role) => !isGrantedAgain(context, role, name.name),
      );
      const lost = taken.filter(({ role }) => roles.includes(role));
      const [first] = lost;
      if (first === undefined) continue;
      const object = written(name);
      yield {
        messageId: 'revokes',
        args: {
          object,
          role: listed(roles),
          privileges: listed([...new Set(lost.map((each) => each.name.toUpperCase()))]),
        },
        anchor: at(context.step, change.span),
        object,
        severity: severity(context, 'info'),
        related: [context.madeAt(first.origin, 'made-here', { object: 'The grant' })],
      };
    }
  },
});

function takenFrom(context: ChangeContext, before: CatalogObject, after: CatalogObject): readonly Privilege[] {
  const left = after.privileges ?? [];
  return (before.privileges ?? []).filter(
    ({ role, name, granted, origin }) =>
      granted && !context.isUnreleased(origin) && !left.some((each) => each.role === role && each.name === name),
  );
}

function isGrantedAgain({ steps, step }: ChangeContext, role: string, object: string): boolean {
  return steps.some(({ statementIndex, change }: Step) => {
    if (statementIndex <= step.statementIndex || change.kind !== 'Grant' || change.revoke) return false;
    const { roles = [], on } = (change.options ?? {}) as { readonly roles?: readonly string[]; readonly on?: string };
    return roles.includes(role) && (on === 'all in schema' || change.objects.some(({ name }) => name === object));
  });
}
