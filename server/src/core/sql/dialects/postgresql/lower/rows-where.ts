import type { SelectStmt } from '@pgsql/types';
import { childrenOf, itemsOf, type PgNode, textOf, textsOf } from '../tree.ts';

/** What is known of how many rows a condition lets through. */
export interface Selectivity {
  readonly rows: 'all' | 'some' | 'key';
  /** Columns held to one constant, or a short list of them. */
  readonly equals: readonly string[];
}

export interface WhereContext {
  readonly table: string;
  /** Another relation is joined in: an equation of two columns says nothing then. */
  readonly joined: boolean;
  /** What is joined is a batch: a subquery or CTE with LIMIT. */
  readonly batch: boolean;
  /** A bare name may be a variable. */
  readonly variables: boolean;
}

/** Follows the shapes that people write: one key, a few keys, a window of keys, the keys of a limited subquery. */
export function selectivity(where: PgNode | undefined, context: WhereContext): Selectivity {
  const terms = conjuncts(where).filter((term) => !isTrue(term));
  if (terms.length === 0) return { rows: context.batch ? 'key' : 'all', equals: [] };
  const equals = terms.flatMap((term) => equalColumn(term, context) ?? []);
  const key =
    context.batch ||
    equals.some((column) => isKeyName(column, context.table)) ||
    terms.some(isLimitedSubquery) ||
    isWindow(terms);
  return { rows: key ? 'key' : 'some', equals };
}

/** Does the query stop after so many rows? */
export function isLimited(query: SelectStmt | undefined): boolean {
  return query?.limitCount !== undefined;
}

function conjuncts(node: PgNode | undefined): readonly PgNode[] {
  if (node === undefined) return [];
  if (node.BoolExpr?.boolop !== 'AND_EXPR') return [node];
  return (node.BoolExpr.args ?? []).flatMap((each) => conjuncts(each));
}

/** `true`, `1 = 1` */
function isTrue(node: PgNode): boolean {
  const constant = node.A_Const as { boolval?: { boolval?: boolean } } | undefined;
  if (constant?.boolval?.boolval === true) return true;
  const { lexpr, rexpr } = operator(node, '=') ?? {};
  return lexpr?.A_Const !== undefined && rexpr?.A_Const !== undefined;
}

/** The column of `c = constant` or `c IN (few constants)`. */
function equalColumn(node: PgNode, context: WhereContext): string | undefined {
  const list = node.A_Expr?.kind === 'AEXPR_IN' ? node.A_Expr : undefined;
  if (list !== undefined && textOf((list.name as readonly PgNode[] | undefined)?.[0]) === '=') {
    const values = itemsOf(list.rexpr);
    return values.length <= FEW && values.every((each) => isValue(each, context)) ? columnOf(list.lexpr) : undefined;
  }
  if (node.BoolExpr?.boolop === 'OR_EXPR') return sameColumn(node.BoolExpr.args ?? [], context);
  const { lexpr, rexpr } = operator(node, '=') ?? {};
  if (lexpr === undefined || rexpr === undefined) return undefined;
  const left = columnOf(lexpr);
  if (left !== undefined && isValue(rexpr, context)) return left;
  const right = columnOf(rexpr);
  return right !== undefined && isValue(lexpr, context) ? right : undefined;
}

const FEW = 100;

/** `c = 1 OR c = 2` */
function sameColumn(terms: readonly PgNode[], context: WhereContext): string | undefined {
  const columns = new Set(terms.map((term) => equalColumn(term, context)));
  return columns.size === 1 ? [...columns][0] : undefined;
}

function operator(node: PgNode, ...names: readonly string[]): { lexpr?: PgNode; rexpr?: PgNode } | undefined {
  const { A_Expr: expression } = node;
  if (expression?.kind !== 'AEXPR_OP' || !names.includes(textsOf(expression.name).at(-1) ?? '')) return undefined;
  return expression;
}

function columnOf(node: PgNode | undefined): string | undefined {
  return node?.ColumnRef === undefined ? undefined : textsOf(node.ColumnRef.fields).at(-1);
}

/** One value: no column of a joined relation in it. A subquery in its place gives one row by itself. */
function isValue(node: PgNode, context: WhereContext): boolean {
  if (node.SubLink !== undefined) return node.SubLink.subLinkType === 'EXPR_SUBLINK';
  if (node.ColumnRef !== undefined) return !context.joined && context.variables;
  return childrenOf(node).every((child) => isValue(child, context));
}

/** `id`, `uuid`, and the table's own name with `_id`. */
function isKeyName(column: string, table: string): boolean {
  if (KEY_NAMES.has(column)) return true;
  const stem = column.replace(/_(id|uuid|key|pk)$/, '');
  return (
    stem !== column &&
    (stem === table || `${stem}s` === table || `${stem}es` === table || stem.replace(/y$/, 'ies') === table)
  );
}

const KEY_NAMES = new Set(['id', 'uuid', 'guid', 'pk', 'ctid']);

/** `id IN (SELECT ... LIMIT n)`, `ctid = ANY (ARRAY(SELECT ... LIMIT n))` */
function isLimitedSubquery(node: PgNode): boolean {
  const link = node.SubLink;
  if (link !== undefined) {
    const query: PgNode | undefined = link.subselect;
    const selects = link.subLinkType === 'ANY_SUBLINK' || link.subLinkType === 'ARRAY_SUBLINK';
    return selects && isLimited(query?.SelectStmt);
  }
  return (
    node.A_Expr?.kind === 'AEXPR_OP_ANY' &&
    childrenOf(node).some((child) => isLimitedSubquery(child) || childrenOf(child).some(isLimitedSubquery))
  );
}

/** A window of keys has two ends: `id > a AND id <= b`, `id BETWEEN a AND b`. */
function isWindow(terms: readonly PgNode[]): boolean {
  if (terms.some((term) => term.A_Expr?.kind === 'AEXPR_BETWEEN' && isIdLike(columnOf(term.A_Expr.lexpr)))) return true;
  const lower = terms.map((term) => columnOf(operator(term, '>', '>=')?.lexpr));
  const upper = terms.map((term) => columnOf(operator(term, '<', '<=')?.lexpr));
  return lower.some((column) => isIdLike(column) && upper.includes(column));
}

function isIdLike(column: string | undefined): boolean {
  return column !== undefined && (KEY_NAMES.has(column) || column.endsWith('_id'));
}
