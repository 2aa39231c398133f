import { belowPackage } from '../../compare/file-index.ts';
import type { ElementKind, SetPair } from '../../compare/pair.ts';
import type { Element, FileDescriptor } from '../../descriptor.ts';
import { elements, has, survivor } from '../deleted.ts';
import { bufRule, type Difference, type Spot } from '../rule.ts';
import { now, ofFile, then } from '../spots.ts';

export const packageNoDelete = bufRule('PACKAGE_NO_DELETE', ['PACKAGE'], {
  on: 'old-file',
  severity: 'error',
  summary: 'A package keeps at least one file.',
  messages: {
    deleted:
      'Package {name} is gone with everything in it: importers stop compiling, and clients of its services get UNIMPLEMENTED. Keep it beside its successor until nobody uses it.',
  },
  explanation: `A package is the first part of every full name: of RPC paths (\`/shop.v1.Orders/Get\`), of types in an \`Any\`, of generated namespaces. The
usual way to a new one is a version beside the old one (\`shop.v1\`, \`shop.v2\`), and the old one goes when nothing calls or imports it.`,
  examples: [
    {
      title: 'The only file of a package takes another name',
      before: 'syntax = "proto3";\npackage shop.v1;\nmessage Order {}\n',
      after: 'syntax = "proto3";\npackage shop.v2;\nmessage Order {}\n',
      fires: true,
    },
  ],
  *check({ before, after }, sides) {
    const name = before.package;
    if (after?.package === name) return;
    if (sides.after.packageStart(name) !== undefined || sides.before.packageStart(name) !== before.path) return;
    yield { messageId: 'deleted', args: { name }, at: ofFile('before', before), was: undefined, object: name };
  },
});

const inPackage = `The category \`PACKAGE\` lets an element move between the files of its package, because code generated per package (Go, Java with
\`java_package\`, C#) does not notice. It has to be somewhere in the package, though: there it is found by its full name.`;

export const packageMessageNoDelete = bufRule('PACKAGE_MESSAGE_NO_DELETE', ['PACKAGE'], {
  on: 'old-file',
  severity: 'warning',
  summary: 'A message stays in its package.',
  messages: {
    deleted:
      'Message {name} is gone from package {package}: code that uses it no longer compiles, and an Any that holds one cannot be unpacked. Keep it, marked `deprecated`.',
  },
  explanation: inPackage,
  examples: [
    {
      title: 'A message is deleted',
      before: 'syntax = "proto3";\npackage shop.v1;\nmessage Order {}\nmessage Coupon {}\n',
      after: 'syntax = "proto3";\npackage shop.v1;\nmessage Order {}\n',
      fires: true,
    },
  ],
  check: ({ before, after }, sides) =>
    deletedFromPackage(before, after, sides, 'message', (name) => sides.after.message(name)),
});

export const packageEnumNoDelete = bufRule('PACKAGE_ENUM_NO_DELETE', ['PACKAGE'], {
  on: 'old-file',
  severity: 'warning',
  summary: 'An enum stays in its package.',
  messages: {
    deleted:
      'Enum {name} is gone from package {package}: code that uses it no longer compiles. Keep it, marked `deprecated`.',
  },
  explanation: inPackage,
  examples: [
    {
      title: 'An enum is deleted',
      before: 'syntax = "proto3";\npackage shop.v1;\nenum State { STATE_NONE = 0; }\nenum Kind { KIND_NONE = 0; }\n',
      after: 'syntax = "proto3";\npackage shop.v1;\nenum State { STATE_NONE = 0; }\n',
      fires: true,
    },
  ],
  check: ({ before, after }, sides) =>
    deletedFromPackage(before, after, sides, 'enum', (name) => sides.after.enum(name)),
});

export const packageServiceNoDelete = bufRule('PACKAGE_SERVICE_NO_DELETE', ['PACKAGE'], {
  on: 'old-file',
  severity: 'error',
  summary: 'A service stays in its package.',
  messages: {
    deleted:
      'Service {name} is gone from package {package}: clients that are deployed go on calling /{name}/... and get UNIMPLEMENTED. Keep it until no client calls it.',
  },
  explanation: `${inPackage} For a service that name is also the path of every call.`,
  examples: [
    {
      title: 'A service is deleted',
      before: 'syntax = "proto3";\npackage shop.v1;\nservice Orders {}\nservice Coupons {}\n',
      after: 'syntax = "proto3";\npackage shop.v1;\nservice Orders {}\n',
      fires: true,
    },
  ],
  check: ({ before, after }, sides) =>
    deletedFromPackage(before, after, sides, 'service', (name) => sides.after.service(name)),
});

export const packageExtensionNoDelete = bufRule('PACKAGE_EXTENSION_NO_DELETE', ['PACKAGE'], {
  on: 'old-file',
  onlyV2: true,
  severity: 'error',
  summary: 'An extension stays in its package.',
  messages: {
    deleted:
      'Extension {name} is gone from package {package}: what older writers sent in it becomes an unknown field for new readers. Keep it, marked `deprecated`.',
  },
  explanation: inPackage,
  examples: [
    {
      title: 'An extension is deleted',
      before:
        'syntax = "proto2";\npackage shop.v1;\nmessage Order { extensions 100 to 199; }\nextend Order { optional string note = 100; optional string tag = 101; }\n',
      after:
        'syntax = "proto2";\npackage shop.v1;\nmessage Order { extensions 100 to 199; }\nextend Order { optional string note = 100; }\n',
      fires: true,
    },
  ],
  check: ({ before, after }, sides) =>
    deletedFromPackage(before, after, sides, 'extension', (name) =>
      sides.after.extensionIn(before.package, belowPackage(before, name)),
    ),
});

const plural = { message: 'messages', enum: 'enums', service: 'services', extension: 'extensions' } as const;

function* deletedFromPackage(
  before: FileDescriptor,
  after: FileDescriptor | undefined,
  sides: SetPair,
  kind: ElementKind,
  find: (fullName: string) => Element | undefined,
): Iterable<Difference> {
  for (const element of elements(before, plural[kind])) {
    const { fullName: name } = element;
    if (after?.package === before.package && has(after, plural[kind], belowPackage(before, name))) continue;
    if (find(name)?.file.package === before.package || !isCompared(before.package, kind, sides)) continue;
    const at = after === undefined ? ofFile('before', before) : placeOf(element, kind, after, sides);
    if (at === undefined) continue;
    yield { messageId: 'deleted', args: { name, package: before.package }, at, was: then(element), object: name };
  }
}

/** buf looks for what is gone only in packages that have an element of the kind at all; for services any file is enough. */
function isCompared(name: string, kind: ElementKind, { after }: SetPair): boolean {
  return kind === 'service' ? after.packageStart(name) !== undefined : after.packageHas(name, kind);
}

/** The nearest surviving message: of a message anywhere in the package, of the rest in the file of the same path. */
function placeOf(
  { file, fullName }: Element,
  kind: ElementKind,
  after: FileDescriptor,
  sides: SetPair,
): Spot | undefined {
  if (kind !== 'message') return survivor(after, belowPackage(file, fullName));
  for (let end = fullName.lastIndexOf('.'); end > file.package.length; end = fullName.lastIndexOf('.', end - 1)) {
    const parent = sides.after.message(fullName.slice(0, end));
    if (parent?.file.package === file.package) return parent.incomplete ? undefined : now(parent);
  }
  return after.incomplete ? undefined : ofFile('after', after);
}
