import type * as pg from '@pgsql/types';

type Keys<Union> = Union extends unknown ? keyof Union : never;
type Value<Union, Key extends PropertyKey> = Union extends { [K in Key]: infer V } ? V : never;

/** A tree node as one object with optional members, so that `node.ColumnRef?.fields` asks and reads at once. */
export type PgNode = { readonly [K in Keys<pg.Node>]?: Value<pg.Node, K> };

/** Text of a `String` node. */
export function textOf(node: PgNode | undefined): string | undefined {
  return node?.String?.sval;
}

/** Texts of a list of `String` nodes (a qualified name, a list of columns). */
export function textsOf(nodes: readonly PgNode[] | undefined): readonly string[] {
  return (nodes ?? []).map((node) => textOf(node) ?? '');
}

/** Name of a function as catalogs fold it: `now`, `app.touch`; the schema of built-in ones is left out. */
export function functionName(names: readonly PgNode[] | undefined): string {
  const parts = textsOf(names);
  return (parts[0] === 'pg_catalog' ? parts.slice(1) : parts).join('.');
}

/** Members of a `List` node, or the node itself. */
export function itemsOf(node: PgNode | undefined): readonly PgNode[] {
  if (node === undefined) return [];
  return node.List?.items ?? [node];
}

/** Every node below a tree node, itself not included. Positions and plain values are passed over. */
export function childrenOf(node: object): readonly PgNode[] {
  const found: PgNode[] = [];
  for (const value of Object.values(node)) collect(value, found);
  return found;
}

function collect(value: unknown, found: PgNode[]): void {
  if (Array.isArray(value)) for (const each of value) collect(each, found);
  else if (typeof value === 'object' && value !== null) found.push(value as PgNode);
}
