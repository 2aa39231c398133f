import { deletedFromFile } from '../deleted.ts';
import { bufRule } from '../rule.ts';

const generated = `Nothing changes on the wire by this alone: names of types are not part of a message's bytes. What breaks is code. Whoever
generates from the new files has no such type, an \`import\` of this file does not bring it any more, and reflection, \`Any\`
(\`type.googleapis.com/\` and the full name) and schema registries do not find it.`;

export const messageNoDelete = bufRule('MESSAGE_NO_DELETE', ['FILE', 'CSR'], {
  on: 'file',
  severity: 'warning',
  summary: 'A message stays in its file.',
  messages: {
    deleted:
      'Message {name} is gone from this file: code generated from it no longer compiles where it is used, and an Any that holds one cannot be unpacked. Keep it, marked `deprecated`, until nothing imports it.',
  },
  explanation: `${generated}

Keep the message with \`option deprecated = true;\` until no importer and no stored \`Any\` is left. A message that only moves to another file of its
package keeps its name and its bytes: the category \`PACKAGE\` allows that, \`FILE\` does not, because importers have to change their \`import\`.`,
  examples: [
    {
      title: 'A message is deleted',
      before:
        'syntax = "proto3";\npackage shop.v1;\nmessage Order { string id = 1; }\nmessage Coupon { string code = 1; }\n',
      after: 'syntax = "proto3";\npackage shop.v1;\nmessage Order { string id = 1; }\n',
      fires: true,
    },
    {
      title: 'It is deprecated instead',
      before: 'syntax = "proto3";\npackage shop.v1;\nmessage Coupon { string code = 1; }\n',
      after:
        'syntax = "proto3";\npackage shop.v1;\nmessage Coupon {\n  option deprecated = true;\n  string code = 1;\n}\n',
      fires: false,
    },
  ],
  check: ({ before, after }) => deletedFromFile('messages', before, after),
});

export const enumNoDelete = bufRule('ENUM_NO_DELETE', ['FILE', 'CSR'], {
  on: 'file',
  severity: 'warning',
  summary: 'An enum stays in its file.',
  messages: {
    deleted:
      'Enum {name} is gone from this file: code generated from it no longer compiles where it is used. Keep it, marked `deprecated`, until nothing imports it.',
  },
  explanation: `${generated}

An enum's values travel as numbers (in JSON as names), so data that is already written stays readable by those who still have the enum.
Keep it with \`option deprecated = true;\` until nothing refers to it.`,
  examples: [
    {
      title: 'An enum is deleted',
      before: 'syntax = "proto3";\npackage shop.v1;\nmessage Order {\n  enum State { STATE_UNSPECIFIED = 0; }\n}\n',
      after: 'syntax = "proto3";\npackage shop.v1;\nmessage Order {}\n',
      fires: true,
    },
  ],
  check: ({ before, after }) => deletedFromFile('enums', before, after),
});

export const serviceNoDelete = bufRule('SERVICE_NO_DELETE', ['FILE'], {
  on: 'file',
  severity: 'error',
  summary: 'A service stays in its file.',
  messages: {
    deleted:
      'Service {name} is gone from this file: clients that are deployed go on calling /{name}/... and get UNIMPLEMENTED from a server without it. Keep it until no client calls it.',
  },
  explanation: `A gRPC call names its service and method in its path (\`/shop.v1.Orders/Get\`). A server built from the new file does not register the
service, and every call of a client that still has it ends with \`UNIMPLEMENTED\` (HTTP 404 with Connect). Mark the service \`deprecated\`,
watch its calls until there are none, and delete it then.`,
  examples: [
    {
      title: 'A service is deleted',
      before: 'syntax = "proto3";\npackage shop.v1;\nmessage Id {}\nservice Orders { rpc Get(Id) returns (Id); }\n',
      after: 'syntax = "proto3";\npackage shop.v1;\nmessage Id {}\n',
      fires: true,
    },
  ],
  check: ({ before, after }) => deletedFromFile('services', before, after),
});

export const extensionNoDelete = bufRule('EXTENSION_NO_DELETE', ['FILE'], {
  on: 'file',
  onlyV2: true,
  severity: 'error',
  summary: 'An extension stays in its file.',
  messages: {
    deleted:
      'Extension {name} is gone from this file: what older writers sent in it becomes an unknown field for new readers, and options that use it no longer compile. Keep it, marked `deprecated`.',
  },
  explanation: `An extension is a field of the extended message that is declared elsewhere. Without the declaration its bytes are an unknown field: kept
when a binary message is passed on, dropped in JSON, and out of reach for code. Custom options are extensions too; every file that sets the
option stops compiling.`,
  examples: [
    {
      title: 'An extension is deleted',
      before:
        'syntax = "proto2";\npackage shop.v1;\nmessage Order { extensions 100 to 199; }\nextend Order { optional string note = 100; }\n',
      after: 'syntax = "proto2";\npackage shop.v1;\nmessage Order { extensions 100 to 199; }\n',
      fires: true,
    },
  ],
  check: ({ before, after }) => deletedFromFile('extensions', before, after),
});
