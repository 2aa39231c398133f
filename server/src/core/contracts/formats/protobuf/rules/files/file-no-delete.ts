import { bufRule } from '../rule.ts';
import { ofFile } from '../spots.ts';

const order = 'syntax = "proto3";\npackage shop.v1;\nmessage Order {\n  string id = 1;\n}\n';

export const fileNoDelete = bufRule('FILE_NO_DELETE', ['FILE', 'CSR'], {
  on: 'old-file',
  severity: 'warning',
  summary: 'A file stays at its path.',
  messages: {
    deleted:
      'File {path} is gone: every `import "{path}"` stops compiling, here and in repositories that use this one. Keep it, if only with an `import public` of where its contents moved.',
  },
  explanation: `Importers name a file by its path, so deleting, renaming and moving it are the same to them. Bytes and JSON of messages do not contain
the path; only code generation breaks. A file that stays with \`import public "new/path.proto";\` keeps importers compiling, though buf still
reports the elements that left it in the category \`FILE\`; the category \`PACKAGE\` allows files to be rearranged within a package.`,
  examples: [
    { title: 'A file is deleted', before: order, after: undefined, fires: true },
    { title: 'It moves', before: order, after: order, movedTo: 'shop/order.proto', fires: true },
  ],
  *check({ before, after }) {
    if (after !== undefined) return;
    const { path } = before;
    yield { messageId: 'deleted', args: { path }, at: ofFile('before', before), was: undefined, object: path };
  },
});
