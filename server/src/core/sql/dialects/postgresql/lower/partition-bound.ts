import type { PartitionBoundSpec } from '@pgsql/types';
import type { BoundValue, PartitionBound } from '../../../../schema/change.ts';
import { type PgNode, textOf } from '../tree.ts';

interface Bound {
  readonly isDefault: boolean;
  readonly bound?: PartitionBound;
}

/** FOR VALUES of a partition. A value that the server would have to compute leaves the bound unknown. */
export function partitionBound(spec: PartitionBoundSpec): Bound {
  const bound = spec.is_default === true ? undefined : boundOf(spec);
  return { isDefault: spec.is_default === true, ...(bound === undefined ? {} : { bound }) };
}

function boundOf(spec: PartitionBoundSpec): PartitionBound | undefined {
  switch (spec.strategy) {
    case 'h':
      return { strategy: 'hash', modulus: spec.modulus ?? 0, remainder: spec.remainder ?? 0 };
    case 'l': {
      const values = literals(spec.listdatums);
      return values && { strategy: 'list', values };
    }
    default: {
      const [from, to] = [literals(spec.lowerdatums), literals(spec.upperdatums)];
      return from && to && { strategy: 'range', from, to };
    }
  }
}

function literals(nodes: readonly PgNode[] | undefined): readonly BoundValue[] | undefined {
  const values = (nodes ?? []).map(literal);
  return values.every((value) => value !== undefined) ? values : undefined;
}

function literal(node: PgNode): BoundValue | undefined {
  const end = textOf(node.ColumnRef?.fields?.[0]);
  if (end === 'minvalue' || end === 'maxvalue') return end;
  const constant = node.A_Const as Constant | undefined;
  if (constant === undefined) return undefined;
  if (constant.isnull === true) return { literal: null };
  if (constant.boolval !== undefined) return { literal: String(constant.boolval.boolval ?? false) };
  // The tree leaves a zero out.
  if (constant.ival !== undefined) return { literal: String(constant.ival.ival ?? 0) };
  const text = constant.sval === undefined ? constant.fval?.fval : (constant.sval.sval ?? '');
  return text === undefined ? undefined : { literal: text };
}

interface Constant {
  readonly isnull?: boolean;
  readonly ival?: { readonly ival?: number };
  readonly fval?: { readonly fval?: string };
  readonly sval?: { readonly sval?: string };
  readonly boolval?: { readonly boolval?: boolean };
}
