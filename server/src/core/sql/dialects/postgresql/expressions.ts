import type { Expression, Volatility } from '../../../schema/types.ts';
import { clip } from '../../../text/bytes.ts';
import { changingIn } from './immutability.ts';
import { NAME_BYTES } from './lexical.ts';
import { namesOption } from './names-in.ts';
import { type Source, spanOf, type Words } from './source.ts';
import { childrenOf, functionName, type PgNode, textsOf } from './tree.ts';
import { functionVolatility, worstVolatility } from './volatility.ts';

/** An expression of the tree, with the words that wrote it. */
export function expressionOf(source: Source, node: PgNode | undefined, words: Words): Expression {
  const facts = noFacts();
  if (node !== undefined) gather(node, facts);
  const { start, end } = spanOf(words);
  return {
    text: source.text.slice(start, end),
    volatility: facts.volatility,
    constant: node !== undefined && isConstant(node),
    isNull: node !== undefined && isNull(node),
    columns: [...facts.columns],
    functions: [...facts.functions],
    ...(facts.sequence === undefined ? {} : { sequence: facts.sequence }),
    provesNotNull: node === undefined ? [] : provenNotNull(node),
    ...namesOption(facts.namesSome ? node : undefined),
    ...changingOption(facts.namesSome || facts.volatility !== 'immutable' ? node : undefined),
  };
}

function changingOption(node: PgNode | undefined): Pick<Expression, 'changing'> {
  const changing = node === undefined ? [] : changingIn(node);
  return changing.length === 0 ? {} : { changing };
}

/** A literal, whatever it is cast to. */
export function isConstant(node: PgNode): boolean {
  if (node.A_Const !== undefined) return true;
  if (node.TypeCast?.arg !== undefined) return isConstant(node.TypeCast.arg);
  if (node.CollateClause?.arg !== undefined) return isConstant(node.CollateClause.arg);
  if (node.A_ArrayExpr !== undefined) return (node.A_ArrayExpr.elements ?? []).every((each) => isConstant(each));
  const sign = node.A_Expr;
  return sign !== undefined && sign.lexpr === undefined && sign.rexpr !== undefined && isConstant(sign.rexpr);
}

export function isNull(node: PgNode): boolean {
  if (node.TypeCast?.arg !== undefined) return isNull(node.TypeCast.arg);
  return node.A_Const?.isnull === true;
}

/** The columns that an expression names. */
export function columnsIn(node: PgNode): readonly string[] {
  const facts = noFacts();
  gather(node, facts);
  return [...facts.columns];
}

function noFacts(): Facts {
  return { volatility: 'immutable', columns: new Set(), functions: new Set(), namesSome: false };
}

interface Facts {
  volatility: Volatility;
  readonly columns: Set<string>;
  readonly functions: Set<string>;
  /** A call or a cast stands in it. */
  namesSome: boolean;
  sequence?: NonNullable<Expression['sequence']>;
}

function gather(node: PgNode, facts: Facts): void {
  const call = node.FuncCall;
  if (call !== undefined || node.TypeCast !== undefined) facts.namesSome = true;
  if (call !== undefined) {
    const name = functionName(call.funcname);
    facts.functions.add(name);
    const sequence = name === 'nextval' ? sequenceOf(call.args) : undefined;
    if (sequence !== undefined) facts.sequence = sequence;
    facts.volatility = worstVolatility(facts.volatility, functionVolatility(name));
  }
  if (node.SQLValueFunction !== undefined || node.SubLink !== undefined)
    facts.volatility = worstVolatility(facts.volatility, 'stable');
  const column = textsOf(node.ColumnRef?.fields).at(-1);
  if (column !== undefined && column !== '') facts.columns.add(column);
  for (const child of childrenOf(node)) gather(child, facts);
}

/** `'s'`, `'"My Seq"'::regclass`: a name as `regclassin` reads it. */
function sequenceOf(args: readonly PgNode[] | undefined): Expression['sequence'] {
  let node = args?.[0];
  while (node?.TypeCast?.arg !== undefined) node = node.TypeCast.arg;
  const constant = node?.A_Const as { readonly sval?: { readonly sval?: string } } | undefined;
  const parts = [...(constant?.sval?.sval ?? '').matchAll(/"((?:[^"]|"")*)"|([^".]+)/g)].map(([, quoted, bare]) =>
    clip(quoted === undefined ? (bare ?? '').trim().toLowerCase() : quoted.replaceAll('""', '"'), NAME_BYTES),
  );
  const name = parts.at(-1);
  const schema = parts.at(-2);
  return name === undefined ? undefined : { name, ...(schema === undefined ? {} : { schema }) };
}

/** Columns that are certainly not null where the expression holds, as PostgreSQL's own proof sees it: `IS NOT NULL`, in an AND too. */
function provenNotNull(node: PgNode): readonly string[] {
  const test = node.NullTest;
  if (test?.nulltesttype === 'IS_NOT_NULL') {
    const arg: PgNode | undefined = test.arg;
    return textsOf(arg?.ColumnRef?.fields).slice(-1);
  }
  if (node.BoolExpr?.boolop !== 'AND_EXPR') return [];
  return (node.BoolExpr.args ?? []).flatMap((each) => provenNotNull(each));
}
