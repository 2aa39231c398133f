import { type AvroSet, follow } from './link.ts';
import { fieldsByName, type RecordSchema, type Schema } from './schema.ts';

/** The rows of a change event as Debezium shapes it. */
export interface Envelope {
  readonly value: RecordSchema;
  /** `public.orders`: the namespace of the row without the topic's prefix. */
  readonly table: string;
}

/** An envelope has the row before and after, its source and the operation. */
export function envelopeOf(schema: Schema, set: Pick<AvroSet, 'find'>): Envelope | undefined {
  const record = follow(set, schema);
  if (record.kind !== 'record') return undefined;
  const fields = fieldsByName(record);
  const after = fields.get('after');
  if (after === undefined || !fields.has('before') || !fields.has('source') || !fields.has('op')) return undefined;
  const value = rowOf(after.type, set);
  return value === undefined ? undefined : { value, table: tableOf(value) };
}

function rowOf(type: Schema, set: Pick<AvroSet, 'find'>): RecordSchema | undefined {
  const schema = follow(set, type);
  const branches = schema.kind === 'union' ? schema.branches.map((one) => follow(set, one)) : [schema];
  return branches.find((one) => one.kind === 'record');
}

function tableOf(value: RecordSchema): string {
  const { space, simple } = value.name;
  const parts = space.split('.');
  return parts.length > 2 ? parts.slice(1).join('.') : space === '' ? simple : space;
}
