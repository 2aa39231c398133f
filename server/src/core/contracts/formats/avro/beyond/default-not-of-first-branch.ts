import { defaultValidity } from '../defaults.ts';
import { describe } from '../describe.ts';
import { printJson } from '../json/value.ts';
import type { AvroSet } from '../link.ts';
import type { Field, RecordSchema } from '../schema.ts';
import type { BeyondRule, Observation } from './rule.ts';

export const defaultNotOfFirstBranch: BeyondRule = {
  id: 'avro/default-not-of-first-branch',
  summary: 'A default fits a branch of its union, but not the first one.',
  severity: 'warning',
  explanation: `Since 1.12 the default of a union may be a value of any branch. Before, it had to be one of the first: Apache Avro up to 1.11
and most implementations in other languages refuse the whole schema, on their side, when they load it. Put the branch of the default
first; the order of branches is no change for readers and writers.`,
  messages: {
    first:
      'The default {value} is not of the first branch, {first}: Apache Avro before 1.12 and most other implementations refuse the schema. Put its branch first.',
    before: 'The field in {against}.',
  },
  examples: [
    {
      title: 'Null is the default, and the second branch',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": []}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["string", "null"], "default": null}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'Null first',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": []}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string"], "default": null}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
  *check({ records, before, after }) {
    for (const { added, fields, after: record } of records) {
      for (const field of added) yield* ofField(record, field, observe(field, after));
      for (const pair of fields) {
        const found = observe(pair.after, after);
        if (found !== undefined && observe(pair.before, before) === undefined)
          yield* ofField(record, pair.after, found);
      }
    }
  },
};

function* ofField(record: RecordSchema, field: Field, found: Observation['args'] | undefined): Iterable<Observation> {
  if (found === undefined) return;
  yield {
    messageId: 'first',
    args: found,
    at: { file: record.file, span: field.default?.span ?? field.nameSpan },
    object: `${record.name.full}.${field.name}`,
    compat: 'none',
    fixes: [{ id: 'avro-default-branch-first', args: { field: field.name } }],
  };
}

function observe({ type, default: value }: Field, { find }: AvroSet): Observation['args'] | undefined {
  const [first] = type.kind === 'union' ? type.branches : [];
  if (first === undefined || value === undefined) return undefined;
  const knowledge = { follow: find, isComplete: () => true };
  if (defaultValidity(first, value, knowledge) !== 'invalid') return undefined;
  return defaultValidity(type, value, knowledge) === 'valid'
    ? { value: printJson(value), first: describe(first) }
    : undefined;
}
