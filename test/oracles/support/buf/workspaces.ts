import type { Files, Sides } from './run.ts';

/** Two folders of files that import each other, with changes of many kinds; `proto` and `lib` are roots or modules. */
function sources(side: 'before' | 'after'): Files {
  const old = side === 'before';
  const either = (before: string, after: string): string => (old ? before : after);
  return {
    'proto/shop/v1/shop.proto': `syntax = "proto3";
package shop.v1;
import "base/v1/base.proto";
${either('option go_package = "shop";', 'option go_package = "store";')}
message Order {
  ${either('string id = 1;', '')}
  ${either('int32', 'int64')} total = 2;
  ${either('string note = 3;', 'string memo = 3;')}
  ${either('string', 'bytes')} blob = 4;
  ${either('', 'repeated ')}base.v1.Money price = 5;
  ${either('message Line {}', '')}
}
enum State { STATE_UNSPECIFIED = 0; ${either('STATE_PAID = 1;', '')} }
service Shop { rpc Get(Order) returns (${either('', 'stream ')}Order); ${either('rpc Put(Order) returns (Order);', '')} }
`,
    'proto/shop/v1beta1/beta.proto': `syntax = "proto3";
package shop.v1beta1;
message Beta { ${either('string id = 1;', '')} }
`,
    ...(old
      ? {
          'proto/shop/v1/gone.proto':
            'syntax = "proto3";\npackage shop.v1;\nmessage Gone {}\nenum Lost { LOST_NONE = 0; }\n',
        }
      : {}),
    ...(old ? { 'proto/old/v1/old.proto': 'syntax = "proto3";\npackage old.v1;\nmessage Old {}\n' } : {}),
    'lib/base/v1/base.proto': `syntax = "proto2";
package base.v1;
message Money {
  ${either('required string currency = 1;', 'optional string currency = 1;')}
  optional int64 units = 2 [${either('default = 1', 'default = 2')}];
  ${either('reserved 5 to 9;', 'reserved 5;')}
  extensions 100 to ${either('199', '150')};
}
extend Money { ${either('optional string hint = 100;', 'optional bytes hint = 100;')} }
`,
    'lib/base/v1/more.proto': `syntax = "proto3";
package base.v1;
message More { ${either('string a = 1;', 'string b = 1;')} }
`,
  };
}

/** The files, with configurations that differ from side to side where `before` is given. */
export function workspace(after: Files, before: Files = after): Sides {
  return { before: { ...sources('before'), ...before }, after: { ...sources('after'), ...after } };
}

const v2 = (rest: string): Files => ({ 'buf.yaml': `version: v2\n${rest}` });
const modules = 'modules:\n  - path: proto\n  - path: lib\n';
const v1 = (proto: string, lib = 'version: v1\n'): Files => ({
  'buf.work.yaml': 'version: v1\ndirectories:\n  - proto\n  - lib\n',
  'proto/buf.yaml': proto,
  'lib/buf.yaml': lib,
});
const v1beta1 = (rest: string): Files => ({
  'buf.yaml': `version: v1beta1\nbuild:\n  roots:\n    - proto\n    - lib\n${rest}`,
});

/** What `buf.yaml` and `buf.work.yaml` can say, each as a workspace of its own. */
export const workspaces: Readonly<Record<string, Sides>> = {
  'v2, two modules': workspace(v2(modules)),
  'v2, a category': workspace(v2(`${modules}breaking:\n  use: [WIRE]\n`)),
  'v2, categories and an id': workspace(v2(`${modules}breaking:\n  use: [WIRE_JSON, FILE_NO_DELETE, PACKAGE]\n`)),
  'v2, exceptions': workspace(v2(`${modules}breaking:\n  use: [FILE]\n  except: [FIELD_NO_DELETE, WIRE]\n`)),
  'v2, exceptions without use': workspace(v2(`${modules}breaking:\n  except: [FIELD_SAME_TYPE]\n`)),
  'v2, a file ignored': workspace(v2(`${modules}breaking:\n  ignore: [proto/shop/v1/shop.proto]\n`)),
  'v2, a folder ignored': workspace(v2(`${modules}breaking:\n  ignore: [proto/shop]\n`)),
  'v2, a module ignored that another one imports': workspace(v2(`${modules}breaking:\n  ignore: [lib]\n`)),
  'v2, a deleted file ignored': workspace(
    v2(`${modules}breaking:\n  use: [FILE, PACKAGE]\n  ignore: [proto/old, proto/shop/v1/gone.proto]\n`),
  ),
  'v2, ignored for an id': workspace(
    v2(`${modules}breaking:\n  ignore_only:\n    FIELD_NO_DELETE: [proto/shop/v1]\n    WIRE: [lib/base]\n`),
  ),
  'v2, ignored for a category': workspace(
    v2(`${modules}breaking:\n  use: [PACKAGE]\n  ignore_only:\n    PACKAGE: [proto/shop]\n`),
  ),
  'v2, unstable packages': workspace(v2(`${modules}breaking:\n  ignore_unstable_packages: true\n`)),
  'v2, no built-in rules': workspace(v2(`${modules}breaking:\n  disable_builtin: true\n`)),
  'v2, a module with its own': workspace(
    v2(
      'modules:\n  - path: proto\n    breaking:\n      use: [WIRE]\n      ignore: [proto/shop/v1beta1]\n  - path: lib\nbreaking:\n  except: [FIELD_SAME_DEFAULT]\n',
    ),
  ),
  'v2, excluded folders': workspace(
    v2('modules:\n  - path: proto\n    excludes: [proto/shop/v1beta1]\n  - path: lib\n    excludes: [lib/none]\n'),
  ),
  'v2, included folders': workspace(v2('modules:\n  - path: proto\n    includes: [proto/shop]\n  - path: lib\n')),
  'v2, CSR': workspace(v2(`${modules}breaking:\n  use: [CSR]\n`)),
  'v2, the older side has another one': workspace(
    v2(`${modules}breaking:\n  use: [WIRE]\n`),
    v2(`${modules}breaking:\n  use: [FILE]\n  ignore: [proto]\n`),
  ),
  'v1, two folders': workspace(v1('version: v1\n')),
  'v1, a category': workspace(v1('version: v1\nbreaking:\n  use: [WIRE_JSON]\n')),
  'v1, ignored paths': workspace(
    v1('version: v1\nbreaking:\n  ignore: [shop/v1/shop.proto]\n', 'version: v1\nbreaking:\n  ignore: [base/v1]\n'),
  ),
  'v1, an imported file ignored': workspace(v1('version: v1\nbreaking:\n  ignore: [base]\n')),
  'v1, ignored for an id': workspace(
    v1('version: v1\nbreaking:\n  ignore_only:\n    FIELD_SAME_NAME: [shop/v1]\n    FIELD_NO_DELETE: [shop/v1beta1]\n'),
  ),
  'v1, deprecated ids': workspace(
    v1(
      'version: v1\nbreaking:\n  use: [FIELD_SAME_LABEL, FIELD_SAME_CTYPE]\n',
      'version: v1\nbreaking:\n  use: [FILE]\n  except: [FIELD_SAME_LABEL]\n',
    ),
  ),
  'v1, unstable packages': workspace(v1('version: v1\nbreaking:\n  ignore_unstable_packages: true\n')),
  'v1, excluded folders': workspace(v1('version: v1\nbuild:\n  excludes: [shop/v1beta1]\n')),
  'v1, folders without a buf.yaml': workspace({ 'buf.work.yaml': 'version: v1\ndirectories:\n  - proto\n  - lib\n' }),
  'v1beta1, two roots': workspace(v1beta1('')),
  'v1beta1, FILE': workspace(v1beta1('breaking:\n  use: [FILE]\n')),
  'v1beta1, PACKAGE': workspace(v1beta1('breaking:\n  use: [PACKAGE]\n')),
  'v1beta1, WIRE_JSON': workspace(v1beta1('breaking:\n  use: [WIRE_JSON]\n')),
  'v1beta1, WIRE': workspace(v1beta1('breaking:\n  use: [WIRE]\n')),
  'v1beta1, deprecated ids': workspace(v1beta1('breaking:\n  use: [FIELD_SAME_LABEL]\n')),
  'v1beta1, ignored paths': workspace(
    v1beta1(
      'breaking:\n  ignore: [shop/v1]\n  ignore_only:\n    FIELD_SAME_NAME: [base]\n    MESSAGE_SAME_REQUIRED_FIELDS: [base]\n',
    ),
  ),
  'v1beta1, excluded folders': workspace({
    'buf.yaml': 'version: v1beta1\nbuild:\n  roots: [proto, lib]\n  excludes: [proto/shop/v1beta1]\n',
  }),
};
