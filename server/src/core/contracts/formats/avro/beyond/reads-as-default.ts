import { missingSymbols } from '../compare/resolution.ts';
import { printJson } from '../json/value.ts';
import type { EnumSchema } from '../schema.ts';
import type { BeyondRule, Observation } from './rule.ts';
import type { RecordPair } from './walk.ts';

export const readsAsDefault: BeyondRule = {
  id: 'avro/reads-as-default',
  summary: 'A field or a symbol that is gone is read as a default, without an error.',
  severity: 'info',
  explanation: `A default makes resolution succeed, not the value come through. Readers with the old schema see the old default of a field that is gone in
everything that is written from now on, as if somebody had meant it; a symbol that is gone reads as the \`default\` of its enum. That is what
defaults are for. What it means for those who count, bill or decide by the value no schema says: see that nobody does before the change is shipped.

A field whose default is null is not told: its readers expect that nothing is there. Nor is a symbol that an enum with a default gains, which is why it
has one; a hover over the symbol says it.`,
  messages: {
    field:
      'Readers that still use the old schema see {field} as its default {value} in everything that is written from now on, as if it were meant.',
    removed:
      'Data written before with {symbols} reads as {value} from now on, the default of the enum, and nobody can tell them apart. Keep symbols that data has.',
    before: 'What stood in {against}.',
  },
  examples: [
    {
      title: 'A field with a default goes',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}, {"name": "country", "type": "string", "default": "AT"}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'A field that could be null goes',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": ["null", "string"], "default": null}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
    {
      title: 'A symbol goes, and the enum has a default',
      file: 'state.avsc',
      before: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID", "VOID"], "default": "NEW"}\n',
      after: '{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"], "default": "NEW"}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
  ],
  *check({ records, types }) {
    for (const record of records) yield* ofFields(record);
    for (const { before, after } of types)
      if (before.kind === 'enum' && after.kind === 'enum') yield* ofSymbols(before, after);
  },
};

function* ofFields({ before, after, removed, added }: RecordPair): Iterable<Observation> {
  for (const field of removed) {
    if (field.default === undefined || field.default.kind === 'null') continue;
    // One that was renamed is told as that.
    const heir = after.fields[before.fields.indexOf(field)];
    if (added.length > 0 && (removed.length === 1 || (heir !== undefined && added.includes(heir)))) continue;
    yield {
      messageId: 'field',
      args: { field: field.name, value: printJson(field.default), direction: 'FORWARD' },
      at: { file: after.file, span: after.name.span },
      was: { file: before.file, span: field.span },
      object: `${after.name.full}.${field.name}`,
      compat: 'none',
      fixes: [{ id: 'avro-restore-field', args: { field: field.name } }],
    };
  }
}

function* ofSymbols(before: EnumSchema, after: EnumSchema): Iterable<Observation> {
  const removed = missingSymbols(after, before);
  const gone = before.symbols.find(({ name }) => name === removed[0]);
  if (after.default !== undefined && gone !== undefined)
    yield {
      messageId: 'removed',
      args: { symbols: removed.join(', '), value: after.default.name },
      at: { file: after.file, span: after.name.span },
      was: { file: before.file, span: gone.span },
      object: after.name.full,
      compat: 'none',
      severity: 'warning',
      fixes: [{ id: 'avro-restore-symbols', args: { symbols: removed.join(', ') } }],
    };
}
