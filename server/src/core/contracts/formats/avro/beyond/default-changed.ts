import { printJson } from '../json/value.ts';
import { sameDefault } from '../same.ts';
import type { BeyondRule, Observation } from './rule.ts';
import type { FieldPair, TypePair } from './walk.ts';

export const defaultChanged: BeyondRule = {
  id: 'avro/default-changed',
  summary: 'A default was edited or removed: what readers see in place of a value that is not there.',
  severity: 'warning',
  explanation: `A default is never written. Every reader puts in its own, so an edit changes what data that was written long ago says, and
readers of the old and of the new schema see different values for the same record. Removing it makes data unreadable that was written
before the field existed; only the transitive modes find that, and only if such a version is among those compared.

The \`default\` of an enum is what readers see for symbols that they do not know.`,
  messages: {
    edited:
      'Data without {field} reads as {new} from now on, and as {old} for readers that still use the old schema: the same record says two things.',
    removed: 'The default {old} is gone: data that was written before {field} existed can no longer be read. Keep it.',
    enum: 'Symbols that a reader does not know read as {new} from now on, and as {old} for readers of the old schema.',
    before: 'The default in {against}.',
  },
  examples: [
    {
      title: 'Another default',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "country", "type": "string", "default": "AT"}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "country", "type": "string", "default": "DE"}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'No default any more',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "country", "type": "string", "default": "AT"}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "country", "type": "string"}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'A default where there was none',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": [{"name": "country", "type": "string"}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "country", "type": "string", "default": "AT"}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
  *check({ records, types }) {
    for (const { fields } of records)
      for (const pair of fields) {
        const found = ofField(pair);
        if (found !== undefined) yield found;
      }
    for (const pair of types) {
      const found = ofEnum(pair);
      if (found !== undefined) yield found;
    }
  },
};

function ofField({ before, after, beforeRecord, afterRecord }: FieldPair): Observation | undefined {
  const old = before.default;
  const now = after.default;
  if (old === undefined || sameDefault(old, now)) return undefined;
  const shared = {
    was: { file: beforeRecord.file, span: before.defaultSpan ?? before.nameSpan },
    object: `${afterRecord.name.full}.${after.name}`,
  };
  const args = { field: after.name, old: printJson(old) };
  if (now === undefined) {
    const at = { file: afterRecord.file, span: after.nameSpan };
    const fixes = [{ id: 'avro-restore-default', args }];
    return { messageId: 'removed', args, at, fixes, ...shared };
  }
  const at = { file: afterRecord.file, span: now.span };
  return { messageId: 'edited', args: { ...args, new: printJson(now) }, at, compat: 'none', ...shared };
}

function ofEnum({ before, after }: TypePair): Observation | undefined {
  if (before.kind !== 'enum' || after.kind !== 'enum') return undefined;
  const old = before.default;
  const now = after.default;
  if (old === undefined || now === undefined || old.name === now.name) return undefined;
  return {
    messageId: 'enum',
    args: { old: old.name, new: now.name },
    at: { file: after.file, span: now.span },
    was: { file: before.file, span: old.span },
    object: after.name.full,
    compat: 'none',
  };
}
