import type { Call, DataType, Names } from '../../../schema/types.ts';
import { isBuiltInType } from './impact/type-facts.ts';
import { childrenOf, type PgNode, textsOf } from './tree.ts';
import { dataType } from './types.ts';
import { isBuiltInFunction } from './volatility.ts';

/** `{ names }` of everything below some nodes, without an empty one. */
export function namesOption(...nodes: readonly (PgNode | undefined)[]): { readonly names?: Names } {
  const names = namesIn(...nodes);
  return names === undefined ? {} : { names };
}

export function namesIn(...nodes: readonly (PgNode | undefined)[]): Names | undefined {
  const calls = new Map<string, Call>();
  const types = new Map<string, Names['types'][number]>();
  const visit = (node: PgNode): void => {
    if (node.FuncCall !== undefined) addCall(calls, node.FuncCall);
    if (node.TypeCast !== undefined) addType(types, node.TypeCast.typeName);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const node of nodes) if (node !== undefined) visit(node);
  return calls.size + types.size === 0 ? undefined : { calls: [...calls.values()], types: [...types.values()] };
}

function addCall(calls: Map<string, Call>, { funcname, args }: NonNullable<PgNode['FuncCall']>): void {
  const [name = '', schema] = textsOf(funcname).toReversed();
  if (schema === 'pg_catalog' || (schema === undefined && isBuiltInFunction(name))) return;
  const types = (args ?? []).flatMap((each) => saidType(each) ?? []);
  const count = args?.length ?? 0;
  const said = count > 0 && types.length === count ? { types } : {};
  const key = `${schema}.${name} ${types.map(({ text }) => text).join()} ${count}`;
  calls.set(key, { name, count, ...(schema === undefined ? {} : { schema }), ...said });
}

/** Of a cast, and of a number that fits into an integer. */
function saidType({ TypeCast, A_Const }: PgNode): DataType | undefined {
  if (TypeCast !== undefined) return dataType(TypeCast.typeName);
  return A_Const !== undefined && 'ival' in A_Const ? INTEGER : undefined;
}

const INTEGER: DataType = { name: 'int4', args: [], array: 0, text: 'integer' };

function addType(types: Map<string, Names['types'][number]>, node: Parameters<typeof dataType>[0]): void {
  const type = dataType(node);
  if (isBuiltInType(type)) return;
  const { name, schema } = type;
  types.set(`${schema}.${name}`, schema === undefined ? { name } : { name, schema });
}
