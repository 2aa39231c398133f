import { type LogicalType, logicalTypeOf } from '../logical.ts';
import { isNamed, type Schema } from '../schema.ts';
import type { BeyondRule, Observation } from './rule.ts';

export const logicalTypeChanged: BeyondRule = {
  id: 'avro/logical-type-changed',
  summary: 'The same bytes mean something else: a logical type was changed, added or removed.',
  severity: 'warning',
  explanation: `Resolution ignores logical types, so nothing fails; but the value is another one. With \`timestamp-millis\` turned into
\`timestamp-micros\` every date moves by a factor of 1,000; with another scale every \`decimal\` moves by a power of ten; readers of either
schema take the other's data for their own. What a schema of Kafka Connect says in \`connect.name\` (\`io.debezium.time.MicroTimestamp\`) counts as well.

Add a field with a new name for the new meaning and fill both until no reader uses the old one. A larger precision of a \`decimal\` in
\`bytes\` is told too: readers of the old schema may refuse or cut longer numbers.`,
  messages: {
    changed:
      'This was {old} and is {new} now: the bytes are read without an error, as another value. Add a field with a new name for the new meaning.',
    precision:
      'The precision goes from {old} to {new}: readers that still use the old schema may refuse numbers that are longer, and nothing tells them beforehand.',
    shorter:
      'The precision goes from {old} to {new}: longer numbers that were written before are refused or cut by readers of the new schema. Keep {old}.',
    added:
      'This is {new} now and was a plain {old}: readers of the new schema take old values for it without an error. Make sure that they always were.',
    removed: 'This was {old} and is a plain {new} now: readers get the bare number or bytes. Keep the logical type.',
    before: 'The type in {against}.',
  },
  examples: [
    {
      title: 'From milliseconds to microseconds',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'Another scale',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "sum", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "sum", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 4}}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'It may be null now',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "at", "type": {"type": "int", "logicalType": "date"}}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "at", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
    {
      title: 'The same, said in another order',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "sum", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 0}}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "sum", "type": {"type": "bytes", "precision": 9, "logicalType": "decimal"}}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
  *check({ types }) {
    for (const { before, after, beforeWord, afterWord, object } of types) {
      if (before.props.size === 0 && after.props.size === 0) continue;
      const found = compare(before, after);
      if (found === undefined) continue;
      const word = wordOf(after)?.span ?? afterWord.wordSpan;
      const was = wordOf(before)?.span ?? beforeWord.wordSpan;
      yield { ...found, object, at: { file: after.file, span: word }, was: { file: before.file, span: was } };
    }
  },
};

function wordOf({ props }: Schema) {
  return props.get('logicalType') ?? props.get('connect.name');
}

function compare(before: Schema, after: Schema): Pick<Observation, 'messageId' | 'args' | 'compat'> | undefined {
  const old = meaningOf(before);
  const now = meaningOf(after);
  if (old === undefined && now === undefined) return undefined;
  const args = {
    old: old === undefined ? before.kind : inWords(old),
    new: now === undefined ? after.kind : inWords(now),
  };
  if (old === undefined) return { messageId: 'added', args, compat: 'none' };
  if (now === undefined) return { messageId: 'removed', args };
  // Connect and Avro have names of their own for the same.
  if (old.name.includes('.') !== now.name.includes('.')) return undefined;
  if (old.name !== now.name || old.scale !== now.scale) return { messageId: 'changed', args };
  if (old.precision === now.precision) return undefined;
  const [was, is] = [old.precision ?? 0, now.precision ?? 0];
  return { messageId: is < was ? 'shorter' : 'precision', args: { old: was, new: is }, compat: 'none' };
}

/** Of a named type the name is its own, in Connect too. */
function meaningOf(schema: Schema): LogicalType | undefined {
  const logical = logicalTypeOf(schema);
  if (logical !== undefined || isNamed(schema)) return logical;
  const name = schema.props.get('connect.name')?.value;
  return name?.kind === 'string' ? { name: name.value } : undefined;
}

function inWords({ name, precision, scale }: LogicalType): string {
  return precision === undefined ? name : `${name}(${precision}, ${scale})`;
}
