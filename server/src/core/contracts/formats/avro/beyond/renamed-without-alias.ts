import { sameSchema } from '../same.ts';
import type { Field, Schema } from '../schema.ts';
import type { BeyondRule, Observation } from './rule.ts';
import type { FieldPair, RecordPair } from './walk.ts';

export const renamedWithoutAlias: BeyondRule = {
  id: 'avro/renamed-without-alias',
  summary: 'A field was renamed, or lost an alias: data under the old name is not found any more.',
  severity: 'warning',
  explanation: `Fields are found by name. A renamed field with a default reads old data without an error: as the default, whatever was
written. The old name as an alias of the field lets the new schema's readers find it. Readers of the old schema look for the old name
all the same; where they matter (\`FORWARD\`, \`FULL\`), keep the old field beside the new one for a while.

An alias that is removed cuts off the data that was written under it. A field counts as renamed when one of its type is gone from
the record and one is new at its place, or they are the only ones.`,
  messages: {
    renamed:
      '{field} was {old} before, as it seems: data written under that name is not found, and reads as the default {value}. Add "{old}" to its aliases.',
    removed: 'The alias {old} is gone: data that was written under that name is not found any more. Keep it.',
    before: 'The field in {against}.',
  },
  examples: [
    {
      title: 'Renamed, with a default',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": [{"name": "sum", "type": "long", "default": 0}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "total", "type": "long", "default": 0}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'Renamed, with an alias',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": [{"name": "sum", "type": "long", "default": 0}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "total", "type": "long", "default": 0, "aliases": ["sum"]}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
    {
      title: 'An alias is gone',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "total", "type": "long", "aliases": ["sum"]}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "total", "type": "long"}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
  ],
  *check({ records }) {
    for (const record of records) {
      yield* renames(record);
      for (const pair of record.fields) if (pair.before.aliases.length > 0) yield* lostAliases(pair);
    }
  },
};

/** Without a default the peer's own rule speaks, and offers the alias. */
function* renames({ before, after, removed, added }: RecordPair): Iterable<Observation> {
  if (removed.length === 0 || added.length === 0) return;
  for (const field of added) {
    if (field.default === undefined) continue;
    const at = after.fields.indexOf(field);
    const alone = removed.length === 1 && added.length === 1;
    const old = removed.find((one) => (alone || before.fields[at] === one) && sameType(one.type, field.type));
    if (old === undefined) continue;
    yield {
      messageId: 'renamed',
      args: { field: field.name, old: old.name, value: shown(field) },
      at: { file: after.file, span: field.nameSpan },
      was: { file: before.file, span: old.nameSpan },
      object: `${after.name.full}.${field.name}`,
      fixes: [{ id: 'avro-alias-field', args: { field: field.name, old: old.name } }],
    };
  }
}

function* lostAliases({ before, after, beforeRecord, afterRecord }: FieldPair): Iterable<Observation> {
  const kept = new Set([after.name, ...after.aliases.map(({ name }) => name)]);
  for (const alias of before.aliases)
    if (!kept.has(alias.name))
      yield {
        messageId: 'removed',
        args: { field: after.name, old: alias.name },
        at: { file: afterRecord.file, span: after.nameSpan },
        was: { file: beforeRecord.file, span: alias.span },
        object: `${afterRecord.name.full}.${after.name}`,
        fixes: [{ id: 'avro-alias-field', args: { field: after.name, old: alias.name } }],
      };
}

function shown({ default: value }: Field): string {
  return value === undefined
    ? ''
    : value.kind === 'string'
      ? JSON.stringify(value.value)
      : 'text' in value
        ? value.text
        : value.kind;
}

/** Names alone tell types of two files apart. */
function sameType(one: Schema, other: Schema): boolean {
  if (one.kind === 'reference' || other.kind === 'reference')
    return nameOf(one) !== undefined && nameOf(one) === nameOf(other);
  return sameSchema(one, other);
}

function nameOf(schema: Schema): string | undefined {
  return schema.kind === 'reference' ? schema.name : 'name' in schema ? schema.name.full : undefined;
}
