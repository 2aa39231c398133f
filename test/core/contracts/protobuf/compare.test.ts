import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CompareRequest } from '#core/contracts/format.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import type { Tree } from '#core/contracts/tree.ts';
import type { FileContent } from '#core/model/text.ts';

type Files = Readonly<Record<string, string>>;

function tree(files: Files): Tree {
  return new Map(
    Object.entries(files).map(([path, text]): [string, FileContent] => [path, { path: `/${path}`, text }]),
  );
}

function compare(before: Files, after: Files, more: Partial<CompareRequest> = {}) {
  return protobuf.compare({ before: [{ name: 'main', tree: tree(before) }], after: tree(after), ...more });
}

function ids(before: Files, after: Files, more: Partial<CompareRequest> = {}): readonly string[] {
  return compare(before, after, more).findings.map(
    ({ peerRule, rule, place }) => `${peerRule ?? rule} ${place.side} ${place.path}`,
  );
}

const message = (fields: string): string =>
  `syntax = "proto3";\npackage shop.v1;\nmessage Order {\n  string id = 1;\n${fields}}\n`;

describe('a finding', () => {
  test('stands at the surviving parent, with what was there before', () => {
    const [finding] = compare({ 'a.proto': message('  string email = 5;\n') }, { 'a.proto': message('') }).findings;
    assert.deepEqual(finding?.place, { side: 'after', path: 'a.proto', span: { start: 36, end: 70 } });
    assert.deepEqual(finding?.related[0]?.args, { text: 'string email = 5;' });
    assert.equal(finding?.object, 'shop.v1.Order.email');
    assert.equal(finding?.peerRule, 'FIELD_NO_DELETE');
  });

  test('of a file that is gone stands on the older side', () => {
    assert.deepEqual(ids({ 'a.proto': message(''), 'b/c.proto': 'syntax = "proto3";' }, { 'a.proto': message('') }), [
      'FILE_NO_DELETE before b/c.proto',
    ]);
  });
});

describe('what is being typed', () => {
  test('takes nothing away from the rest', () => {
    const before = { 'a.proto': message('  string email = 5;\n') };
    assert.deepEqual(ids(before, { 'a.proto': message('  string email \n') }), []);
    assert.deepEqual(ids(before, { 'a.proto': `${message('  string email \n')}message B { string id = 1; }` }), []);
  });

  test('is no other type', () => {
    const before = { 'a.proto': `${message('  B b = 2;\n')}message B { string id = 1; }` };
    assert.deepEqual(ids(before, { 'a.proto': `${message('  C b = 2;\n')}message B { string id = 1; }` }), []);
    const imported = (type: string): Files => ({
      'a.proto': `import "google/type/${type}.proto";\n${message(`  google.type.${type} b = 2;\n`)}`,
    });
    assert.deepEqual(ids(imported('Money'), imported('Date')), ['FIELD_SAME_TYPE after a.proto']);
  });

  test('in one message keeps the findings of another one', () => {
    const before = { 'a.proto': `${message('  string email = 5;\n')}message B { string id = 1; }` };
    const after = { 'a.proto': `${message('  string em')}message B { int32 id = 1; }` };
    assert.deepEqual(ids(before, after), ['FIELD_SAME_TYPE after a.proto']);
  });
});

describe('a comparison again', () => {
  const base: Files = {
    'a.proto': 'syntax = "proto3";\npackage p;\nimport "b.proto";\nmessage A { B b = 1; }\n',
    'b.proto': 'syntax = "proto3";\npackage p;\nmessage B { string x = 1; }\n',
    'c.proto': 'syntax = "proto3";\npackage p;\nenum Gone { GONE_NONE = 0; }\nenum Stays { STAYS_NONE = 0; }\n',
  };

  /** The same objects for what is the same, as the host has it. */
  function session() {
    const before = tree(base);
    let after = tree(base);
    return (changes: Files, gone: readonly string[] = []) => {
      const changed = Object.entries(changes).map(([path, text]): [string, FileContent] => [
        path,
        { path: `/${path}`, text },
      ]);
      after = new Map([...after, ...changed].filter(([path]) => !gone.includes(path)));
      const again = protobuf.compare({ before: [{ name: 'main', tree: before }], after, profile: 'buf:PACKAGE' });
      const fresh = protobuf.compare({
        before: [{ name: 'main', tree: tree(base) }],
        after: new Map([...after].map(([path, { text }]) => [path, { path: `/${path}`, text }])),
        profile: 'buf:PACKAGE',
      });
      assert.deepEqual(again, fresh);
      return again.findings.map(({ peerRule }) => peerRule);
    };
  }

  test('says what a first one says, after every edit', () => {
    const edit = session();
    assert.deepEqual(edit({}), []);
    assert.deepEqual(edit({ 'b.proto': 'syntax = "proto3";\npackage p;\nmessage B { int32 x = 1; }\n' }), [
      'FIELD_SAME_TYPE',
    ]);
    assert.deepEqual(edit({ 'b.proto': base['b.proto'] ?? '' }), []);
  });

  test('sees an element that moves to another file and back', () => {
    const edit = session();
    const left = 'syntax = "proto3";\npackage p;\nenum Stays { STAYS_NONE = 0; }\n';
    assert.deepEqual(edit({ 'c.proto': left }), ['PACKAGE_ENUM_NO_DELETE']);
    assert.deepEqual(edit({ 'd.proto': 'syntax = "proto3";\npackage p;\nenum Gone { GONE_NONE = 0; }\n' }), []);
    assert.deepEqual(edit({ 'd.proto': 'syntax = "proto3";\npackage p;\nenum Gone { GONE_ZERO = 0; }\n' }), [
      'ENUM_VALUE_SAME_NAME',
    ]);
    assert.deepEqual(edit({}, ['d.proto']), ['PACKAGE_ENUM_NO_DELETE']);
  });

  test('sees what a name means now, in a file that nobody touched', () => {
    const edit = session();
    const other = 'syntax = "proto3";\npackage p;\nimport public "e.proto";\n';
    const moved = 'syntax = "proto3";\nmessage B { string x = 1; }\n';
    assert.deepEqual(
      edit({ 'b.proto': other, 'e.proto': moved }),
      ['PACKAGE_MESSAGE_NO_DELETE', 'FIELD_SAME_TYPE'].sort(),
    );
    assert.deepEqual(edit({ 'b.proto': base['b.proto'] ?? '' }, ['e.proto']), []);
  });

  test('sees the first value of an enum that another file declares', () => {
    const files: Files = {
      'a.proto': 'syntax = "proto2";\npackage p;\nimport "b.proto";\nmessage A { optional E e = 1; }\n',
      'b.proto': 'syntax = "proto2";\npackage p;\nenum E { ONE = 1; TWO = 2; }\n',
    };
    const swapped = { ...files, 'b.proto': 'syntax = "proto2";\npackage p;\nenum E { TWO = 2; ONE = 1; }\n' };
    assert.deepEqual(ids(files, files), []);
    assert.deepEqual(ids(files, swapped), ['FIELD_SAME_DEFAULT after a.proto']);
  });
});

describe('a contract', () => {
  const bump = (before: string, after: string): string | undefined =>
    compare({ 'a.proto': before }, { 'a.proto': after }).contracts[0]?.bump;

  test('demands a version by what changes', () => {
    assert.equal(bump(message(''), message('')), 'none');
    assert.equal(bump(message(''), `${message('')}// more\n`), 'patch');
    assert.equal(bump(message(''), message('  string email = 5;\n')), 'minor');
    assert.equal(bump(message('  string email = 5;\n'), message('')), 'major');
  });

  test('is a module, with its name, files and findings', () => {
    const config = { 'buf.yaml': 'version: v2\nmodules:\n  - path: a\n    name: buf.build/x/a\n  - path: b\n' };
    const { contracts } = compare(
      { ...config, 'a/a.proto': message('  string email = 5;\n'), 'b/b.proto': 'syntax = "proto3";' },
      { ...config, 'a/a.proto': message(''), 'b/c.proto': 'syntax = "proto3";' },
    );
    assert.deepEqual(
      contracts.map(({ name, breaking, bump: version, files }) => ({ name, breaking, version, files })),
      [
        { name: 'buf.build/x/a', breaking: 1, version: 'major', files: [{ side: 'after', path: 'a/a.proto' }] },
        {
          name: 'b',
          breaking: 1,
          version: 'major',
          files: [
            { side: 'after', path: 'b/c.proto' },
            { side: 'before', path: 'b/b.proto' },
          ],
        },
      ],
    );
  });

  test('tells what is deprecated, and until when', () => {
    const text = message(
      '  // Goes on 2027-03-01.\n  string email = 5 [deprecated = true];\n  string mail = 6 [deprecated = true];\n',
    );
    const [contract] = compare({ 'a.proto': text }, { 'a.proto': text }).contracts;
    assert.deepEqual(
      contract?.deprecated.map(({ object, removeAfter }) => [object, removeAfter]),
      [
        ['shop.v1.Order.email', '2027-03-01'],
        ['shop.v1.Order.mail', undefined],
      ],
    );
  });
});

describe('buf.yaml', () => {
  const before = { 'a.proto': message('  string email = 5;\n') };
  const after = { 'a.proto': message('') };
  const withConfig = (config: string) => compare({ ...before, 'buf.yaml': config }, { ...after, 'buf.yaml': config });

  test('that is no YAML is told, and the defaults stay', () => {
    const { findings, notices } = withConfig('version: [');
    assert.deepEqual(
      findings.map(({ peerRule }) => peerRule),
      ['FIELD_NO_DELETE'],
    );
    assert.match(notices[0]?.message ?? '', /^buf.yaml is no valid YAML/);
    assert.equal(notices[0]?.place?.path, 'buf.yaml');
  });

  test('with an alias that leads nowhere, or to more and more, is told', () => {
    const more = (name: string, of: string) => `${name}: &${name} [${Array.from({ length: 10 }, () => of).join(', ')}]`;
    for (const config of [
      'version: *b',
      `${more('a', 'x')}\n${more('b', '*a')}\n${more('c', '*b')}\n${more('d', '*c')}`,
    ])
      assert.match(withConfig(config).notices[0]?.message ?? '', /^buf.yaml is no valid YAML: .*alias/);
  });

  test('that is nested 5,000 deep is told in words of ours', () => {
    for (const level of ['[', '{a: ', '- ', '? ']) {
      const { findings, notices } = withConfig(level.repeat(5000));
      assert.equal(findings.length, 1);
      assert.equal(notices[0]?.message, 'buf.yaml is nested deeper than 100 levels.');
    }
  });

  test('with an unknown rule is told, and the rest holds', () => {
    const { findings, notices } = withConfig('version: v2\nbreaking:\n  use: [FIELD_NO_DELET, WIRE]\n');
    assert.deepEqual(
      findings.map(({ peerRule }) => peerRule),
      ['FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED'],
    );
    assert.match(notices[0]?.message ?? '', /"FIELD_NO_DELET"/);
    assert.deepEqual(notices[0]?.place, { side: 'after', path: 'buf.yaml', span: { start: 30, end: 44 } });
    const wrong = withConfig('version: v2\nbreaking:\n  use: [WIER]\n');
    assert.deepEqual(
      wrong.findings.map(({ peerRule }) => peerRule),
      ['FIELD_NO_DELETE'],
    );
  });

  test('gives way to a profile in what it uses, not in what it ignores', () => {
    const config = 'version: v2\nbreaking:\n  use: [FILE]\n  ignore: [b]\n';
    const files = (text: string): Files => ({
      'buf.yaml': config,
      'a.proto': text,
      'b/b.proto': text.replace('shop', 'store'),
    });
    assert.deepEqual(ids(files(before['a.proto']), files(after['a.proto']), { profile: 'buf:WIRE' }), [
      'FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED after a.proto',
    ]);
  });

  test('from elsewhere stands for that of the tree', () => {
    const config = { 'buf.yaml': 'version: v2\nbreaking:\n  use: [FILE]\n' };
    assert.deepEqual(
      ids(
        { ...before, ...config },
        { ...after, ...config },
        { config: '{"version":"v1","breaking":{"use":["WIRE"]}}' },
      ),
      ['FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED after a.proto'],
    );
  });

  test('below the compared folder makes a workspace of its own', () => {
    const config = { 'api/buf.yaml': 'version: v2\nbreaking:\n  use: [WIRE]\n' };
    const files = (text: string): Files => ({
      ...config,
      'api/a.proto': text,
      'other/b.proto': text.replace('shop', 'store'),
    });
    assert.deepEqual(ids(files(before['a.proto']), files(after['a.proto'])), [
      'FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED after api/a.proto',
      'FIELD_NO_DELETE after other/b.proto',
    ]);
  });
});

describe('without a buf.yaml', () => {
  const order = (fields: string): string => message(fields);
  const user =
    'syntax = "proto3";\npackage shop.v1;\nimport "shop/v1/order.proto";\nmessage User { Order last = 1; }\n';
  const copies = (a: string, b: string): Files => ({
    'a/proto/shop/v1/order.proto': order(a),
    'a/proto/shop/v1/user.proto': user,
    'b/proto/shop/v1/order.proto': order(b),
    'b/proto/shop/v1/user.proto': user,
  });
  const email = '  string email = 5;\n';
  const gone = (path: string): string => `FIELD_NO_DELETE after ${path}/shop/v1/order.proto`;

  test('each copy of an import path is compared with what it was itself', () => {
    const beyond = { beyond: true };
    assert.deepEqual(ids(copies(email, email), copies('', ''), beyond), [gone('a/proto'), gone('b/proto')]);
    assert.deepEqual(ids(copies(email, email), copies(email, ''), beyond), [gone('b/proto')]);
    assert.deepEqual(ids(copies(email, ''), copies('', ''), beyond), [gone('a/proto')]);
    assert.deepEqual(ids(copies(email, ''), copies(email, ''), beyond), []);
    const { notices, contracts } = compare(copies(email, ''), copies(email, ''), beyond);
    assert.deepEqual(notices, []);
    assert.deepEqual(
      contracts.map(({ name }) => name),
      ['a/proto', 'b/proto'],
    );
  });

  test('a copy that is new or gone is that, and no change of the other', () => {
    const one: Files = Object.fromEntries(Object.entries(copies(email, '')).filter(([path]) => path.startsWith('a')));
    assert.deepEqual(ids(one, copies(email, ''), { beyond: true }), []);
    assert.deepEqual(ids(copies(email, ''), one, { beyond: true }), [
      'FILE_NO_DELETE before b/proto/shop/v1/order.proto',
      'FILE_NO_DELETE before b/proto/shop/v1/user.proto',
    ]);
  });

  test('a copy sees what it imports of others, which is told there alone', () => {
    const files = (size: string): Files => ({
      ...copies(email, email),
      'b/proto/shop/v1/cart.proto':
        'syntax = "proto3";\npackage shop.v1;\nimport "shop/v1/size.proto";\nmessage Cart { Size size = 1; }\n',
      'c/proto/shop/v1/size.proto': `syntax = "proto3";\npackage shop.v1;\nmessage Size { ${size} }\n`,
    });
    const { notices } = compare(files('int32 a = 1;'), files('int32 a = 1;'), { beyond: true });
    assert.deepEqual(notices, []);
    assert.deepEqual(ids(files('int32 a = 1;'), files(''), { beyond: true }), [
      'FIELD_NO_DELETE after c/proto/shop/v1/size.proto',
    ]);
  });

  test('hovers and fixes of a copy speak of that copy', () => {
    const before = copies('  string old_a = 5;\n', '  string old_b = 5;\n');
    const after = copies('  string old_a = 5;\n', '');
    const request = { before: [{ name: 'main', tree: tree(before) }], after: tree(after), beyond: true };
    const [finding] = protobuf.compare(request).findings;
    const fix = protobuf.fixes?.find(({ id }) => id === 'proto-restore');
    assert.ok(finding !== undefined && fix !== undefined);
    const ref = finding.fixes.find(({ id }) => id === fix.id);
    const edits = fix.propose(finding, request, ref?.args ?? {});
    assert.ok(!('refused' in edits), JSON.stringify(edits));
    assert.match(edits[0]?.newText ?? '', /string old_b = 5;/);
    const path = 'b/proto/shop/v1/order.proto';
    const offset = after[path]?.indexOf('Order') ?? 0;
    const hover = protobuf.language?.hover({ tree: request.after, path, offset }, request);
    assert.match(JSON.stringify(hover), /old_b/);
  });
});

describe('older versions', () => {
  const versions = (...texts: readonly string[]) =>
    texts.map((text, at) => ({ name: `v${texts.length - at}`, tree: tree({ 'a.proto': text }) }));
  const found = (after: string, beyond: boolean, ...texts: readonly string[]) =>
    protobuf
      .compare({ before: versions(...texts), after: tree({ 'a.proto': after }), beyond })
      .findings.map(({ rule, args }) => `${rule} ${args.version}`);

  test('are asked for a number that any of them had, the newest first', () => {
    const [plain, phone, email] = [message(''), message('  string phone = 5;\n'), message('  string email = 5;\n')];
    const fax = message('  string fax = 5;\n');
    assert.deepEqual(found(fax, true, plain, plain, email), ['proto/number-reused v1']);
    assert.deepEqual(found(fax, true, plain, phone, email), ['proto/number-reused v2']);
    assert.deepEqual(found(fax, false, plain, phone, email), []);
    assert.deepEqual(found(plain, true, plain, phone, email), []);
  });
});
