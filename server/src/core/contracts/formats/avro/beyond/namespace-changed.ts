import { isNamed } from '../schema.ts';
import type { BeyondRule } from './rule.ts';

export const namespaceChanged: BeyondRule = {
  id: 'avro/namespace-changed',
  summary: 'A type moved to another namespace, and has no alias for where it was.',
  severity: 'warning',
  explanation: `Resolution compares only the last part of a name, so data stays readable. What is made from the full name does not: classes of
generated code get another package, a registry that names subjects after records (\`RecordNameStrategy\`) begins a new subject without
history, and readers that find a class by the name in the data do not find it. The old full name as an alias helps readers in Java.`,
  messages: {
    moved:
      'This is {new} now and was {old}: data stays readable, but generated classes move, and a registry that names subjects after records starts a new one without history.',
    before: 'The name in {against}.',
  },
  examples: [
    {
      title: 'Another namespace',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "namespace": "shop", "fields": []}\n',
      after: '{"type": "record", "name": "Order", "namespace": "store", "fields": []}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'The same name, said otherwise',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "namespace": "shop", "fields": []}\n',
      after: '{"type": "record", "name": "shop.Order", "fields": []}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
  *check({ types }) {
    for (const { before, after } of types) {
      if (!isNamed(before) || !isNamed(after) || before.kind !== after.kind) continue;
      if (before.name.simple !== after.name.simple || before.name.full === after.name.full) continue;
      if (after.name.full === '' || after.aliases.some(({ name }) => name === before.name.full)) continue;
      yield {
        messageId: 'moved',
        args: { old: before.name.full, new: after.name.full },
        at: { file: after.file, span: after.namespaceSpan ?? after.name.span },
        was: { file: before.file, span: before.namespaceSpan ?? before.name.span },
        object: after.name.full,
        compat: 'none',
        fixes: [{ id: 'avro-alias-type', args: { type: after.name.full, old: before.name.full } }],
      };
    }
  },
};
