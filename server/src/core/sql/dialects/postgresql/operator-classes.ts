import type { DataType } from '../../../schema/types.ts';
import { isBuiltInType } from './impact/type-facts.ts';

/**
 * Index method -> types that it holds in no version from 12 to 18 unless an operator class is named (`pg_opclass`). For GIN
 * and GiST without those that the extensions btree_gin and btree_gist bring along.
 */
const LACKING: Readonly<Record<string, ReadonlySet<string>>> = {
  btree: names('json xml point box circle polygon path lseg line jsonpath'),
  hash: names('json money bit varbit xml point box circle polygon path lseg line tsvector tsquery jsonpath'),
  gin: names(
    'json xml point box circle polygon path lseg line tsquery jsonpath int4range int8range numrange daterange tsrange tstzrange',
  ),
  gist: names('json jsonb xml path lseg line jsonpath'),
  brin: names('bool json jsonb money xml point circle polygon path lseg line tsvector tsquery jsonpath'),
  spgist: names(
    'bool int2 int4 int8 numeric float4 float8 bpchar name date time timetz timestamp timestamptz interval uuid json jsonb bytea ' +
      'money macaddr macaddr8 bit varbit xml oid circle path lseg line tsvector tsquery jsonpath',
  ),
};

/** An index of this method cannot hold the type by itself. */
export function lacksOperatorClass(type: DataType, method: string): boolean {
  return type.array === 0 && isBuiltInType(type) && LACKING[method]?.has(type.name) === true;
}

function names(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
