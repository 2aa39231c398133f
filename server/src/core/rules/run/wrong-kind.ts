import type { CatalogObject } from '../../schema/catalog.ts';
import type { ChangeOf, SchemaChange } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { defineRule, type Step } from '../rule.ts';
import { written } from '../support.ts';
import { failure } from './failure.ts';

export const wrongKind = defineRule({
  id: 'run/wrong-kind',
  scope: 'change',
  on: [
    'DropTable',
    'DropView',
    'DropIndex',
    'DropSequence',
    'RenameView',
    'RenameSequence',
    'AlterSequence',
    'AddColumn',
    'DropColumn',
    'ChangeColumnType',
    'SetNotNull',
    'DropNotNull',
    'SetIdentity',
    'SetGenerated',
    'SetDefault',
    'DropDefault',
    'AddConstraint',
    'CreateIndex',
    'CreateTrigger',
    'CreateTable',
    'Truncate',
    'RefreshView',
    'WriteRows',
    'SetInheritance',
    'AttachPartition',
    'DetachPartition',
    'Comment',
    'LockTable',
  ],
  severity: 'error',
  summary: 'The statement is for another kind of object than the one that has the name.',
  messages: {
    kind: 'Fails: {object} is {article}, and {statement} is for {wanted}.',
    'made-here': '{object} was made here.',
  },
  explanation: `Tables, views, materialized views, indexes and sequences share one space of names, and most statements take one kind of them: \`DROP TABLE\` drops no
view, \`DROP VIEW\` no materialized view, \`ALTER TABLE ... ADD COLUMN\` alters no view, \`TRUNCATE\` empties tables. \`IF EXISTS\` does not help: an object of the
name exists.

Silent where the object is not known, and for what a branch of a DO block does. No fix is offered: whether the statement or the name is wrong, nobody here knows.`,
  examples: [
    {
      title: 'A materialized view',
      given: 'CREATE TABLE t (id int);\nCREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM t;',
      sql: 'DROP VIEW IF EXISTS totals;',
      fires: true,
    },
    {
      title: 'Its own statement',
      given: 'CREATE TABLE t (id int);\nCREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM t;',
      sql: 'DROP MATERIALIZED VIEW IF EXISTS totals;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    for (const { name, kinds } of wanted(change)) {
      const found = context.relation(name);
      if (found.kind !== 'known') continue;
      const kind = kindOf(found.value);
      if (kind === undefined || kinds.includes(kind)) continue;
      const object = written(name);
      const args = {
        object,
        article: ARTICLES[kind],
        statement: statementOf(context.step),
        wanted: kinds.map((each) => PLURALS[each]).join(' and '),
      };
      yield {
        ...failure(context, { messageId: 'kind', args }, object, name.span),
        related: [context.madeAt(found.value.origin, 'made-here', { object })],
      };
      return;
    }
  },
});

function statementOf({ change, reading }: Step): string {
  if (change.kind !== 'CreateTrigger') return reading.verb;
  return change.options?.insteadOf === true ? 'an INSTEAD OF trigger' : 'such a trigger';
}

type Kind = 'table' | 'view' | 'materialized view' | 'index' | 'sequence';

const ARTICLES: Readonly<Record<Kind, string>> = {
  table: 'a table',
  view: 'a view',
  'materialized view': 'a materialized view',
  index: 'an index',
  sequence: 'a sequence',
};

const PLURALS: Readonly<Record<Kind, string>> = {
  table: 'tables',
  view: 'views',
  'materialized view': 'materialized views',
  index: 'indexes',
  sequence: 'sequences',
};

function kindOf(object: CatalogObject): Kind | undefined {
  switch (object.kind) {
    case 'table':
    case 'index':
    case 'sequence':
      return object.kind;
    case 'view':
      return object.materialized ? 'materialized view' : 'view';
    default:
      return undefined;
  }
}

interface Wanted {
  readonly name: ObjectName;
  readonly kinds: readonly Kind[];
}

/** Which kinds of relations the statement takes; nothing where more is taken than one would think. */
function wanted(change: SchemaChange): readonly Wanted[] {
  switch (change.kind) {
    case 'DropTable':
      return [{ name: change.table, kinds: ['table'] }];
    case 'DropView':
      return [{ name: change.view, kinds: [change.materialized ? 'materialized view' : 'view'] }];
    case 'RenameView':
      return [
        { name: change.view, kinds: change.materialized ? ['materialized view'] : ['view', 'materialized view'] },
      ];
    case 'DropIndex':
      return [{ name: change.index, kinds: ['index'] }];
    case 'DropSequence':
    case 'AlterSequence':
    case 'RenameSequence':
      return [{ name: change.sequence, kinds: ['sequence'] }];
    case 'AddColumn':
    case 'DropColumn':
    case 'ChangeColumnType':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetIdentity':
    case 'SetGenerated':
    case 'AddConstraint':
      return [{ name: change.table, kinds: ['table'] }];
    case 'AttachPartition':
    case 'DetachPartition':
      return [change.table, change.partition].map((name): Wanted => ({ name, kinds: ['table'] }));
    case 'LockTable':
      return change.tables.map((name): Wanted => ({ name, kinds: ['table', 'view'] }));
    case 'SetDefault':
    case 'DropDefault':
      return [{ name: change.table, kinds: ['table', 'view'] }];
    case 'CreateIndex':
      return [{ name: change.table, kinds: ['table', 'materialized view'] }];
    case 'CreateTrigger':
      return [{ name: change.table, kinds: triggered(change) }];
    case 'CreateTable':
      return [
        ...change.inherits.map((name): Wanted => ({ name, kinds: ['table'] })),
        ...(change.partitionOf === undefined ? [] : [{ name: change.partitionOf.parent, kinds: ['table'] } as const]),
        ...change.like.map(({ table: name }): Wanted => ({ name, kinds: ['table', 'view', 'materialized view'] })),
      ];
    case 'SetInheritance':
      return [change.table, change.parent].map((name): Wanted => ({ name, kinds: ['table'] }));
    case 'Truncate':
      return change.tables.map((name): Wanted => ({ name, kinds: ['table'] }));
    case 'RefreshView':
      return [{ name: change.view, kinds: ['materialized view'] }];
    case 'WriteRows':
      return [{ name: change.table, kinds: ['table', 'view'] }];
    case 'Comment':
      return isKind(change.objectKind) ? [{ name: change.object, kinds: [change.objectKind] }] : [];
    default:
      return [];
  }
}

/** INSTEAD OF is for views, and they have no other triggers FOR EACH ROW. */
function triggered({ options }: ChangeOf<'CreateTrigger'>): readonly Kind[] {
  if (options?.insteadOf === true) return ['view'];
  return options?.forEachRow === false ? ['table', 'view'] : ['table'];
}

function isKind(words: string): words is Kind {
  return words in ARTICLES;
}
