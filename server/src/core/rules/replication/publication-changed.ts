import type { Publication } from '../../schema/catalog.ts';
import { publicationKey } from '../../schema/keys.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { listed, severity } from '../support.ts';

export const publicationChanged = defineRule({
  id: 'replication/publication-changed',
  scope: 'change',
  on: ['ChangeObject'],
  severity: 'info',
  consequence: 'breaks',
  summary: 'What a publication sends no longer, its subscribers miss without an error.',
  messages: {
    drops:
      'Subscribers of {publication} get nothing any more: replication of {what} stops, and their slots hold back WAL until they are gone. Take the subscribers off first.',
    narrows:
      'Subscribers of {publication} no longer get {what}: their copies grow old without an error. Make sure that nobody reads them any more.',
  },
  explanation: `A publication is a promise to other databases and to change data capture. Nobody is told when it sends less: a table that is taken out, an
operation that \`publish\` no longer names, a column list or a row filter that lets less through. The copies on the other side simply stop
following. A publication that is gone makes the subscription's worker fail in a loop while its slot keeps the WAL.

**Do instead**: change the subscribers first. There is no quick fix: they are in other databases.

Known are publications that earlier migrations made. Silent where a publication sends more, and for one that is dropped and
created again with the same tables in the same migration.`,
  examples: [
    {
      title: 'A table is taken out',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE logs (id bigint PRIMARY KEY);\nCREATE PUBLICATION feed FOR TABLE orders, logs;',
      sql: 'ALTER PUBLICATION feed DROP TABLE logs;',
      fires: true,
    },
    {
      title: 'A table is added',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE logs (id bigint PRIMARY KEY);\nCREATE PUBLICATION feed FOR TABLE orders;',
      sql: 'ALTER PUBLICATION feed ADD TABLE logs;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'ChangeObject' || change.objectKind !== 'publication' || change.certainty === 'maybe') return;
    const key = publicationKey(change.object.name);
    const old = context.before.objects.get(key);
    if (old?.kind !== 'publication' || context.isUnreleased(old.origin)) return;
    const now = context.after.objects.get(key);
    const isDropped = change.verb === 'drop';
    if (isDropped ? isMadeAgain(context, change.object.name) : now?.kind !== 'publication') return;
    const what = isDropped ? everything(context, old) : now?.kind === 'publication' ? less(context, old, now) : [];
    if (what.length === 0) return;
    yield {
      messageId: isDropped ? 'drops' : 'narrows',
      args: { publication: change.object.name, what: listed(what, 8) },
      anchor: at(context.step, change.span),
      object: change.object.name,
      severity: severity(context, 'info'),
      related: [context.madeAt(old.origin, 'made-here', { object: change.object.name })],
    };
  },
});

function everything({ before }: ChangeContext, { allTables, schemas, tables }: Publication): readonly string[] {
  return [
    ...(allTables ? ['every table'] : []),
    ...schemas.map((schema) => `every table of ${schema}`),
    ...tables.flatMap(({ table }) => before.objects.get(table)?.name.name ?? []),
  ];
}

function less({ before }: ChangeContext, old: Publication, now: Publication): readonly string[] {
  const named = (table: string) => before.objects.get(table)?.name.name ?? 'a table';
  const members = old.tables.flatMap((member) => {
    const same = now.tables.find(({ table }) => table === member.table);
    if (same === undefined) return now.allTables ? [] : [named(member.table)];
    const lost =
      same.columns === undefined ? [] : (member.columns ?? ['*']).filter((each) => !same.columns?.includes(each));
    if (lost.length > 0) return [`the other columns of ${named(member.table)}`];
    return same.filter !== undefined && member.filter === undefined ? [`the other rows of ${named(member.table)}`] : [];
  });
  return [
    ...members,
    ...old.schemas.filter((each) => !now.schemas.includes(each)).map((each) => `the tables of ${each}`),
    ...old.operations.filter((each) => !now.operations.includes(each)).map((each) => `${each}s`),
  ];
}

function isMadeAgain({ steps, step }: ChangeContext, name: string): boolean {
  return steps.some(
    ({ statementIndex, change }) =>
      statementIndex > step.statementIndex &&
      change.kind === 'ChangeObject' &&
      change.objectKind === 'publication' &&
      change.verb === 'create' &&
      change.object.name === name,
  );
}
