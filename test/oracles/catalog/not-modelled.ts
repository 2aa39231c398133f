import type { Catalog } from '#core/schema/catalog.ts';
import type { ChangeKind } from '#core/schema/change.ts';
import type { Difference } from './facts.ts';

interface Exception {
  /** What our catalog does not claim to know, and why. */
  readonly reason: string;
  readonly accepts: (difference: Difference, catalog: Catalog) => boolean;
}

/** The only differences that are not defects: where our catalog itself says that it does not know. */
const NOT_MODELLED: readonly Exception[] = [
  {
    reason:
      'Columns of CREATE TABLE AS only the database can tell, and so what IF NOT EXISTS makes: the table is `partial`.',
    accepts: isOfPartialTable,
  },
  {
    reason: 'A star over a CTE or a subquery: the view says `*`.',
    accepts: ({ fact, ours }) => /^(view|reads) /.test(fact) && ours !== undefined && /columns=(.*,)?\*/.test(ours),
  },
  {
    reason: 'The type of an expression that only the server works out.',
    accepts: ({ fact, ours }, catalog) => fact.startsWith('output ') && (ours === '' || isOfStarredView(fact, catalog)),
  },
  {
    reason: 'Version 11 keeps an index of a table that was a partition when its column goes.',
    accepts: ({ server = '' }) => server.includes('........pg.dropped.'),
  },
  {
    reason: "A default is made a value of its column's type: it needs that type, and goes with the column.",
    accepts: ({ fact, ours }, catalog) => ours === undefined && isOfColumnsType(fact, catalog),
  },
];

export function isAccepted(difference: Difference, catalog: Catalog): boolean {
  return NOT_MODELLED.some(({ accepts }) => accepts(difference, catalog));
}

function isOfStarredView(fact: string, { objects }: Catalog): boolean {
  return [...objects].some(
    ([, object]) =>
      object.kind === 'view' &&
      object.columns.includes('*') &&
      fact.startsWith(`output ${object.name.schema}.${object.name.name}.`),
  );
}

function isOfColumnsType(fact: string, catalog: Catalog): boolean {
  const [, table, column, type] = /^uses default (.*)\.([^.]*) needs (.*)$/.exec(fact) ?? [];
  const owner = catalog.objects.get(`rel:${table}`);
  const own = owner?.kind === 'table' ? owner.columns.find(({ name }) => name === column)?.type : undefined;
  return own !== undefined && `${own.schema}.${own.name}` === type;
}

function isOfPartialTable({ fact, server, ours }: Difference, catalog: Catalog): boolean {
  const [kind = '', name = ''] = fact.split(/ (.*)/s);
  const partial = [...catalog.objects].flatMap(([, object]) =>
    object.kind === 'table' && object.partial ? [`${object.name.schema}.${object.name.name}`] : [],
  );
  if (kind === 'column' || kind === 'constraint') return partial.some((table) => name.startsWith(`${table}.`));
  if (kind === 'uses') return partial.some((table) => name.startsWith(`column ${table}.`));
  const line = server ?? ours ?? '';
  return partial.some((table) => line.startsWith(`on=${table} `) || line.startsWith(`ownedBy=${table}.`));
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The statement. */
  readonly text: string;
  /** It names a table that is known in part only, or a view. */
  readonly isPartial: boolean;
}

/** Does one of the two rules claim to see this refusal coming? */
export function isJudged(kinds: readonly ChangeKind[], refusal: Refusal): boolean {
  return !NOT_JUDGED.some(({ refuses }) => refuses(kinds, refusal));
}

const NOT_JUDGED: readonly {
  readonly reason: string;
  readonly refuses: (kinds: readonly ChangeKind[], refusal: Refusal) => boolean;
}[] = [
  {
    reason: 'Told by what the table is, not by what is there.',
    refuses: (_, { message }) => /circular inheritance|inherited from more than once/.test(message),
  },
  {
    reason: 'Columns that expressions, queries and OWNED BY name are not resolved.',
    refuses: (kinds, { message }) =>
      (/^column .* does not exist/.test(message) && !/of relation/.test(message)) ||
      kinds.some((kind) => kind === 'CreateView' || kind.endsWith('Sequence')),
  },
  {
    reason: 'The name is taken, or gone already, in a child table, which the statement does not name.',
    refuses: (kinds, { message, text }) => {
      const [, relation] = /of relation "(.*)" (?:already exists|does not exist)/.exec(message) ?? [];
      const isNamed = text.includes(`${relation} `) || text.includes(`${relation}" `);
      // Of several statements another one may name it.
      return relation !== undefined && (!isNamed || kinds.includes('Transaction'));
    },
  },
  {
    reason: 'Whether SET LOGGED and its kin write the table anew: what it is already is not kept.',
    refuses: (kinds, { message, text }) =>
      /uses its row type$/.test(message) && (kinds.includes('SetTableOption') || text.includes(' GENERATED ')),
  },
  {
    reason: 'Of parts and objects of other kinds nothing is looked up.',
    refuses: (kinds, { code, message }) =>
      kinds.includes('ChangeObject') && code !== '2BP01' && !/ uses it$/.test(message),
  },
  {
    reason: 'The order of texts is the collation’s.',
    refuses: (_, { message, text }) => /overlap|empty range/.test(message) && /\('k/.test(text),
  },
  {
    reason: 'The table is `partial`, or it is a view, whose columns only queries name.',
    refuses: (_, { isPartial }) => isPartial,
  },
];
