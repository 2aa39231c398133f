import type { SelectStmt } from '@pgsql/types';
import type { ColumnSource } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import type { DataType } from '../../../../schema/types.ts';
import type { Source, Words } from '../source.ts';
import { type PgNode, textsOf } from '../tree.ts';
import { spelling } from '../type-names.ts';
import { dataType } from '../types.ts';
import { relationName } from './names.ts';

/** Where the columns of a query come from. Of set operations the branches decide together: that is the server's matter. */
export function columnSources(source: Source, query: PgNode | undefined, words: Words): readonly ColumnSource[] {
  const select = query?.SelectStmt;
  if (select === undefined || select.larg !== undefined) return [];
  const from = entriesOf(source, select, words);
  return ((select.targetList ?? []) as readonly PgNode[]).map(({ ResTarget }) =>
    ResTarget?.val === undefined ? 'unknown' : sourceOf(ResTarget.val, from),
  );
}

/** What stands in FROM. */
interface Entry {
  readonly alias: string;
  readonly schema?: string;
  /** Undefined: a subquery, a function, a CTE. */
  readonly relation?: ObjectName;
  /** Of a join that has one column for two. */
  readonly merged: boolean;
}

function entriesOf(source: Source, select: SelectStmt, words: Words): readonly Entry[] {
  const ctes = new Set(
    ((select.withClause?.ctes ?? []) as readonly PgNode[]).map(({ CommonTableExpr }) => CommonTableExpr?.ctename),
  );
  const entries = (item: PgNode | undefined, merged: boolean): readonly Entry[] => {
    const [relation, join] = [item?.RangeVar, item?.JoinExpr];
    if (join !== undefined) {
      const merges = merged || join.isNatural === true || join.usingClause !== undefined || join.alias !== undefined;
      return [...entries(join.larg, merges), ...entries(join.rarg, merges)];
    }
    // Names of its own for the columns.
    if (relation === undefined || relation.alias?.colnames !== undefined) return [{ alias: '', merged }];
    const { schemaname: schema, relname = '', alias } = relation;
    const isCte = schema === undefined && ctes.has(relname);
    return [
      {
        alias: alias?.aliasname ?? relname,
        ...(schema === undefined || alias !== undefined ? {} : { schema }),
        ...(isCte ? {} : { relation: relationName(source, relation, words) }),
        merged,
      },
    ];
  };
  return ((select.fromClause ?? []) as readonly PgNode[]).flatMap((item) => entries(item, false));
}

function sourceOf(node: PgNode, from: readonly Entry[]): ColumnSource {
  if (node.ColumnRef !== undefined) return columnSource(node.ColumnRef.fields, from);
  if (node.CollateClause?.arg !== undefined) return sourceOf(node.CollateClause.arg, from);
  const type = typeOf(node);
  return type === undefined ? 'unknown' : { type };
}

function columnSource(fields: readonly PgNode[] | undefined, from: readonly Entry[]): ColumnSource {
  const names = (fields ?? []).map((field) => (field.A_Star === undefined ? (field.String?.sval ?? '') : '*'));
  const [column = '', alias, schema] = names.toReversed();
  const entries =
    alias === undefined
      ? from
      : from.filter((each) => each.alias === alias && (schema === undefined || each.schema === schema)).slice(0, 1);
  if (alias === undefined && entries.some(({ merged }) => merged)) return 'unknown';
  const of = entries.flatMap(({ relation }) => relation ?? []);
  return of.length === 0 || of.length < entries.length ? 'unknown' : { column, of };
}

/** What the words alone tell. */
function typeOf(node: PgNode): DataType | undefined {
  const { A_Const, TypeCast, FuncCall, A_Expr, SubLink, SQLValueFunction } = node;
  if (A_Const !== undefined) return named(constantType(A_Const));
  if (TypeCast !== undefined) return castType(TypeCast);
  if (node.BoolExpr ?? node.NullTest ?? node.BooleanTest) return named('bool');
  if (A_Expr?.kind === 'AEXPR_OP' && COMPARISONS.has(textsOf(A_Expr.name).join('.'))) return named('bool');
  if (SubLink !== undefined) return SubLink.subLinkType === 'EXISTS_SUBLINK' ? named('bool') : undefined;
  if (SQLValueFunction !== undefined) return named(VALUES.get(SQLValueFunction.op ?? ''));
  return FuncCall === undefined ? undefined : named(FUNCTIONS.get(textsOf(FuncCall.funcname).join('.')));
}

const COMPARISONS = new Set(['=', '<>', '<', '<=', '>', '>=']);

const VALUES = new Map([
  ['SVFOP_CURRENT_DATE', 'date'],
  ['SVFOP_CURRENT_TIMESTAMP', 'timestamptz'],
]);

const FUNCTIONS = new Map([
  ['count', 'int8'],
  ['row_number', 'int8'],
  ['rank', 'int8'],
  ['dense_rank', 'int8'],
  ['now', 'timestamptz'],
]);

function named(name: string | undefined): DataType | undefined {
  return name === undefined ? undefined : { name, args: [], array: 0, text: spelling(name, []) };
}

/** A literal that nothing gives a type is a text. */
function constantType(constant: NonNullable<PgNode['A_Const']>): string | undefined {
  if ('ival' in constant) return 'int4';
  if ('boolval' in constant) return 'bool';
  if ('sval' in constant || ('isnull' in constant && constant.isnull === true)) return 'text';
  return undefined;
}

/** Whether a cast without a modifier takes away the one that the value had, versions decide. */
function castType({ arg, typeName }: NonNullable<PgNode['TypeCast']>): DataType | undefined {
  const type = dataType(typeName);
  const inner: PgNode | undefined = arg;
  if (typeName?.setof === true || typeName?.pct_type === true) return undefined;
  const isOpen = type.schema === undefined && type.args.length === 0 && MODIFIED.has(type.name);
  return isOpen && inner?.A_Const === undefined ? undefined : type;
}

const MODIFIED = new Set([
  'varchar',
  'bpchar',
  'numeric',
  'timestamp',
  'timestamptz',
  'time',
  'timetz',
  'interval',
  'varbit',
]);
