import type { ContractRule } from '../../../rule.ts';

const order = '{"type": "record", "name": "shop.Order", "fields": [{"name": "id", "type": "long"}]}\n';

/** About a whole file; `compare/tree.ts` tells it. */
export const subjectDeleted: ContractRule = {
  id: 'avro/subject-deleted',
  summary: 'A schema is gone.',
  severity: 'warning',
  explanation: `Compatibility is asked of two schemas, so Apache has nothing to say of one that is gone. Whoever still reads its topic or its
files has no schema to read them with, and a registry keeps the subject as it was. Remove it once nobody reads or writes it, and delete
the subject where it is registered.`,
  messages: {
    deleted: 'The schema {object} is gone. Data that was written with it stays: whoever reads that still needs it.',
    before: 'It was here in {against}.',
  },
  examples: [
    {
      title: 'A schema is deleted',
      file: 'order.avsc',
      before: order,
      after: undefined,
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'It moves',
      file: 'order.avsc',
      before: order,
      after: order,
      movedTo: 'shop/order.avsc',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
};
