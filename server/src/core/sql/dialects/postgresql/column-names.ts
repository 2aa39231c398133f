import { type PgNode, textsOf } from './tree.ts';

/** What PostgreSQL calls a column of a query, or of an index, that nobody names (`FigureColname`); undefined: by nothing in it. */
export function figuredName(node: PgNode | undefined): string | undefined {
  return strongName(node) ?? weakName(node);
}

function strongName(node: PgNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.ColumnRef !== undefined) {
    const last: PgNode | undefined = node.ColumnRef.fields?.at(-1);
    return last?.A_Star === undefined ? last?.String?.sval : '*';
  }
  if (node.FuncCall !== undefined) return textsOf(node.FuncCall.funcname).at(-1);
  if (node.TypeCast !== undefined) return strongName(node.TypeCast.arg);
  if (node.CollateClause !== undefined) return strongName(node.CollateClause.arg);
  if (node.A_Indirection !== undefined)
    return (
      textsOf(node.A_Indirection.indirection).findLast((field) => field !== '') ?? strongName(node.A_Indirection.arg)
    );
  if (node.A_Expr?.kind === 'AEXPR_NULLIF') return 'nullif';
  if (node.MinMaxExpr !== undefined) return node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest';
  if (node.SQLValueFunction !== undefined) return node.SQLValueFunction.op?.replace(/^SVFOP_|_N$/g, '').toLowerCase();
  if (node.XmlExpr !== undefined) return node.XmlExpr.op?.replace(/^IS_/, '').toLowerCase();
  if (node.JsonFuncExpr !== undefined) return node.JsonFuncExpr.op?.replace(/_OP$/, '').toLowerCase();
  if (node.SubLink !== undefined) return subqueryName(node.SubLink);
  const [kind] = Object.keys(node);
  return NAMES[kind ?? ''];
}

/** Names of what is written as a function and is none to the parser. */
const NAMES: Readonly<Record<string, string>> = {
  A_ArrayExpr: 'array',
  CoalesceExpr: 'coalesce',
  GroupingFunc: 'grouping',
  JsonArrayAgg: 'json_arrayagg',
  JsonArrayConstructor: 'json_array',
  JsonArrayQueryConstructor: 'json_array',
  JsonObjectAgg: 'json_objectagg',
  JsonObjectConstructor: 'json_object',
  JsonParseExpr: 'json',
  JsonScalarExpr: 'json_scalar',
  JsonSerializeExpr: 'json_serialize',
  MergeSupportFunc: 'merge_action',
  RowExpr: 'row',
  XmlSerialize: 'xmlserialize',
};

function subqueryName({ subLinkType, subselect }: NonNullable<PgNode['SubLink']>): string | undefined {
  if (subLinkType === 'EXISTS_SUBLINK') return 'exists';
  if (subLinkType === 'ARRAY_SUBLINK') return 'array';
  const query: PgNode | undefined = subselect;
  const target: PgNode | undefined = query?.SelectStmt?.targetList?.[0];
  return subLinkType === 'EXPR_SUBLINK'
    ? (target?.ResTarget?.name ?? figuredName(target?.ResTarget?.val) ?? '?column?')
    : undefined;
}

/** Names that a cast's or CASE's own keyword gives where nothing inside has one. */
function weakName(node: PgNode | undefined): string | undefined {
  if (node?.CollateClause !== undefined) return weakName(node.CollateClause.arg);
  if (node?.TypeCast !== undefined) return textsOf(node.TypeCast.typeName?.names).at(-1) ?? weakName(node.TypeCast.arg);
  return node?.CaseExpr === undefined ? undefined : (strongName(node.CaseExpr.defresult) ?? 'case');
}
