import { bufRule } from '../rule.ts';
import { ofFile } from '../spots.ts';

export const fileSamePackage = bufRule('FILE_SAME_PACKAGE', ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE', 'CSR'], {
  on: 'file',
  severity: 'error',
  summary: 'A file keeps its package.',
  messages: {
    changed:
      'The package changes from "{before}" to "{after}", and with it every full name of this file: deployed clients call services that are not there, and an Any of the old name cannot be unpacked. Leave this file and put the new package beside it.',
  },
  explanation: `Bytes of a message do not contain its name, but much around them does: the path of a call (\`/shop.v1.Orders/Get\`), \`Any\`
(\`type.googleapis.com/shop.v1.Order\`), registries' subjects, and extensions. Old clients and new servers stop understanding each other on all of
those. Add the new package in a file of its own, serve both, and delete the old one when nothing uses it.`,
  examples: [
    {
      title: 'A package is renamed',
      before: 'syntax = "proto3";\npackage shop.v1;\nmessage Order {}\n',
      after: 'syntax = "proto3";\npackage store.v1;\nmessage Order {}\n',
      fires: true,
    },
  ],
  *check({ before, after }) {
    if (before.package === after.package || (after.package === '' && after.incomplete)) return;
    yield {
      messageId: 'changed',
      args: { before: before.package, after: after.package },
      at: ofFile('after', after, after.packageSpan),
      was: ofFile('before', before, before.packageSpan),
      object: before.path,
    };
  },
});
