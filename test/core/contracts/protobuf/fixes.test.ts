import assert from 'node:assert/strict';
import { test } from 'node:test';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import { protoRules } from '#core/contracts/formats/protobuf/rules/index.ts';
import { filesAfter } from '#core/contracts/rule.ts';
import { fixed, keyOf } from '../../../support/proto/fixed.ts';
import { generate } from '../../../support/proto/generate.ts';
import { mutate } from '../../../support/proto/mutate.ts';
import { randomOf } from '../../../support/proto/random.ts';
import { render } from '../../../support/proto/render.ts';
import { requestOf, treeOf } from './support.ts';

/** Of a file with `before` and `after` the text with the fix of the first finding that names it. */
function apply(id: string, before: string, after: string, profile = 'buf:FILE'): string {
  const request = requestOf({ 'a.proto': before }, treeOf({ 'a.proto': after }), { profile });
  const { findings } = protobuf.compare(request);
  for (const finding of findings)
    for (const ref of finding.fixes) {
      if (ref.id !== id) continue;
      const result = fixed(finding, ref, request);
      return result.kind === 'refused' ? `refused: ${result.reason}` : (result.tree.get('a.proto')?.text ?? '');
    }
  return `no ${id}: ${findings.map(({ rule }) => rule).join()}`;
}

const message = (body: string) => `syntax = "proto3";\nmessage A {\n${body}}\n`;

test('a number and a name are reserved among those that are', () => {
  const before = message('  reserved 2, 5 to 6;\n  reserved "old";\n  string x = 1;\n  string total = 4;\n');
  const after = message('  reserved 5 to 6, 2;\n  reserved "old";\n  string x = 1;\n');
  assert.equal(
    apply('proto-reserve', before, after, 'buf:WIRE_JSON'),
    message('  reserved 2, 4 to 6;\n  reserved "old", "total";\n  string x = 1;\n'),
  );
});

test('new statements go to the top, with the quotes of the syntax', () => {
  const body = '  option deprecated = true;\n  string x = 1;\n';
  assert.equal(
    apply('proto-reserve', message(`${body}  string total = 4;\n`), message(body), 'buf:WIRE_JSON'),
    message('  option deprecated = true;\n  reserved 4;\n  reserved "total";\n  string x = 1;\n'),
  );
  const edition = (text: string) => `edition = "2023";\nenum E { ${text}}\n`;
  assert.equal(
    apply('proto-reserve', edition('NONE = 0; PAID = 3; '), edition('NONE = 0; '), 'buf:WIRE_JSON'),
    edition('reserved 3; reserved PAID; NONE = 0; '),
  );
});

test('what was deleted comes back at its place, with its comments', () => {
  const field = '  // The sum.\n  // All of it.\n  int64 sum = 2 [json_name = "s"]; // with tax\n';
  const before = message(`  string x = 1;\n${field}  string y = 3;\n`);
  assert.equal(
    apply('proto-restore', before, message('  string x = 1; // x\n  string y = 3;\n')),
    before.replace('x = 1;', 'x = 1; // x'),
  );
  assert.equal(
    apply('proto-restore-deprecated', before, message('  string x = 1;\n  string y = 3;\n')),
    before.replace('"s"', '"s", deprecated = true'),
  );
  assert.equal(apply('proto-restore', before, message('  string y = 3;\n')), message(`${field}  string y = 3;\n`));
});

test('restoring keeps indentation and line ends of the file', () => {
  const before = message('  string x = 1;\n  oneof o {\n    string a = 2;\n    string b = 3;\n  }\n');
  const after = message('\tstring x = 1;\n\toneof o {\n\t\tstring a = 2;\n\t}\n').replaceAll('\n', '\r\n');
  assert.equal(
    apply('proto-restore', before, after),
    message('\tstring x = 1;\n\toneof o {\n\t\tstring a = 2;\n\t\tstring b = 3;\n\t}\n').replaceAll('\n', '\r\n'),
  );
  const nested = message('  message In {\n    string a = 1;\n  }\n');
  assert.equal(
    apply('proto-restore-deprecated', nested, message('\tstring y = 2;\n').replaceAll('\n', '\r\n')),
    message('\tmessage In {\n\t\toption deprecated = true;\n\t\tstring a = 1;\n\t}\n\tstring y = 2;\n').replaceAll(
      '\n',
      '\r\n',
    ),
  );
});

test('restoring takes what it needs out of what is reserved', () => {
  const before = message('  string x = 1;\n  string y = 2;\n');
  assert.equal(
    apply('proto-restore', before, message('  reserved 2 to 4;\n  reserved "y";\n  string x = 1;\n')),
    message('  reserved 3 to 4;\n  string x = 1;\n  string y = 2;\n'),
  );
});

test('restoring brings back what it needs: imports, types, files', () => {
  const b = 'syntax = "proto3";\nmessage B {}\n';
  const a = 'syntax = "proto3";\nimport "b.proto";\nmessage A {\n  B b = 1;\n}\n';
  const without = 'syntax = "proto3";\nmessage A {\n}\n';
  const request = requestOf({ 'a.proto': a, 'b.proto': b }, treeOf({ 'a.proto': without, 'b.proto': b }));
  const [finding] = protobuf.compare(request).findings;
  assert.ok(finding);
  const result = fixed(finding, { id: 'proto-restore', args: {} }, request);
  assert.equal(result.kind === 'fixed' && result.tree.get('a.proto')?.text, a);
  const gone = requestOf(
    { 'a.proto': a, 'b.proto': b },
    treeOf({ 'a.proto': without, 'b.proto': 'syntax = "proto3";\n' }),
  );
  const withType = fixed(finding, { id: 'proto-restore', args: {} }, gone);
  assert.equal(withType.kind === 'fixed' && withType.tree.get('a.proto')?.text, a);
  assert.equal(withType.kind === 'fixed' && withType.tree.get('b.proto')?.text, b);
  const alone = requestOf({ 'a.proto': a, 'b.proto': b }, treeOf({ 'a.proto': without }));
  const withFile = fixed(finding, { id: 'proto-restore', args: {} }, alone);
  assert.deepEqual(withFile.kind === 'fixed' && [...withFile.tree.values()].map(({ text }) => text), [a, b]);
});

test('types come back with what they need in turn', () => {
  const nested = (inner: string) => `syntax = "proto3";\nmessage A {\n${inner}}\n`;
  const before = nested('  message B {\n    C c = 1;\n  }\n  enum C {\n    C0 = 0;\n  }\n  B b = 1;\n  int32 x = 2;\n');
  const request = requestOf({ 'a.proto': before }, treeOf({ 'a.proto': nested('  int32 x = 2;\n') }));
  const finding = protobuf.compare(request).findings.find(({ peerRule }) => peerRule === 'FIELD_NO_DELETE');
  assert.ok(finding);
  const result = fixed(finding, { id: 'proto-restore', args: {} }, request);
  assert.ok(result.kind === 'fixed', JSON.stringify(result));
  assert.deepEqual(protobuf.compare({ ...request, after: result.tree }).findings, []);
  const service = (method: string) => `syntax = "proto3";\npackage p;\nmessage V {}\nservice S {\n  ${method}\n}\n`;
  assert.equal(
    apply(
      'proto-keep-rpc-type',
      service('rpc A(T) returns (V);').replace('message V {}', 'message V {}\nmessage T {}'),
      service('rpc A(V) returns (V);'),
    ),
    service('rpc A(T) returns (V);').replace('message V {}', 'message V {}\nmessage T {}'),
  );
});

test('a file that is gone comes back: with its text, or from the name that it has now', () => {
  const b = 'syntax = "proto3";\npackage p;\nmessage B {}\n';
  const more = `${b.replace('{}', '{\n  string new = 1;\n}')}message C {}\n`;
  const a = (imports: string) => `syntax = "proto3";\npackage p;\nimport ${imports};\nmessage A {\n  B b = 1;\n}\n`;
  const before = { 'a.proto': a('public "b.proto"'), 'b.proto': b };
  const restoring = (after: Record<string, string>, place = 'b.proto') => {
    const request = requestOf(before, treeOf(after));
    const finding = protobuf
      .compare(request)
      .findings.find((each) => each.peerRule === 'FILE_NO_DELETE' && each.place.path === place);
    const [ref] = finding?.fixes ?? [];
    assert.ok(finding !== undefined && ref !== undefined);
    const result = fixed(finding, ref, request);
    return result.kind === 'refused'
      ? result.reason
      : Object.fromEntries([...result.tree].map(([path, { text }]) => [path, text]));
  };
  assert.deepEqual(restoring({ 'a.proto': before['a.proto'] }), before);
  const renamed = { 'a.proto': a('public "c/d.proto"'), 'c/d.proto': more };
  assert.deepEqual(restoring(renamed), { 'a.proto': before['a.proto'], 'b.proto': more });
  const merged = a('"x.proto"').replace('import "x.proto";\n', '') + b.slice(b.indexOf('message'));
  const reason = 'What it declared is in a.proto now, among other things: take it out of there first.';
  assert.equal(restoring({ 'a.proto': merged }), reason);
});

test('a copy of a file that is gone has not moved to the other copy', () => {
  const text = 'syntax = "proto3";\npackage shop.v1;\nmessage Order {}\n';
  const [one, other] = ['a/proto/shop/v1/order.proto', 'b/proto/shop/v1/order.proto'];
  const request = requestOf({ [one]: text, [other]: text }, treeOf({ [one]: text }), { beyond: true });
  const [finding] = protobuf.compare(request).findings;
  assert.equal(finding?.place.path, other);
  const result = fixed(finding, finding.fixes[0] ?? { id: '', args: {} }, request);
  assert.equal(result.kind === 'fixed' && result.tree.get(other)?.text, text);
});

test('what moved to another file is brought back as it is now', () => {
  const head = 'syntax = "proto3";\npackage p;\n';
  const enumeration = 'enum E {\n  E0 = 0;\n}\n';
  const before = {
    'a.proto': `${head}\n${enumeration}\nmessage A {\n  E e = 1;\n}\n`,
    'b.proto': `${head}\nmessage B {}\n`,
  };
  const after = {
    'a.proto': `${head}\nimport "b.proto";\n\nmessage A {\n  E e = 1;\n}\n`,
    'b.proto': `${head}\nmessage B {}\n\n// Of A.\nenum E {\n  E0 = 0;\n  E1 = 1;\n}\n`,
    'c.proto': `${head}\nimport "b.proto";\n\nmessage C {\n  E e = 1;\n}\n`,
  };
  const request = requestOf(before, treeOf(after), { profile: 'buf:FILE', beyond: false });
  const finding = protobuf.compare(request).findings.find(({ peerRule }) => peerRule === 'ENUM_NO_DELETE');
  assert.ok(finding);
  const result = fixed(finding, { id: 'proto-restore', args: {} }, request);
  assert.ok(result.kind === 'fixed', JSON.stringify(result));
  assert.deepEqual(protobuf.compare({ ...request, after: result.tree }).findings, []);
  assert.deepEqual(protobuf.compare({ ...request, after: result.tree }).notices, []);
  assert.match(result.tree.get('a.proto')?.text ?? '', /\/\/ Of A\.\nenum E \{\n {2}E0 = 0;\n {2}E1 = 1;\n\}\n/);
  assert.match(result.tree.get('b.proto')?.text ?? '', /import public "a.proto";/);
  const deprecated = fixed(finding, { id: 'proto-restore-deprecated', args: {} }, request);
  assert.equal(
    deprecated.kind === 'refused' && deprecated.reason,
    '`p.E` is still in use, in b.proto: deprecated it would be for everybody. Bring it back as it is.',
  );
});

test('a group is a field and a message: both come back, together or apart', () => {
  const group = (text: string) => `syntax = "proto2";\npackage p;\nmessage A {\n  ${text}\n}\n`;
  const one = group('optional group G = 1 { optional int32 x = 1; }');
  const two = group('message G { optional int32 x = 1; }\n  optional G g = 1;');
  assert.equal(apply('proto-keep-type', one, two), one);
  assert.equal(apply('proto-keep-type', two, one), two);
  assert.equal(apply('proto-keep-type', one, one.replace('optional group', 'repeated group')), one);
  assert.equal(apply('proto-keep-name', one, one.replace('group G', 'group H')), one);
  assert.equal(apply('proto-restore', one, one.replace('group G', 'group H')), one);
});

test('a number that was given to something else is given back', () => {
  assert.equal(
    apply('proto-keep-both', message('  string sum = 4;\n'), message('  int32 total = 4;\n  string x = 7;\n')),
    message('  string sum = 4;\n  int32 total = 8;\n  string x = 7;\n'),
  );
  assert.equal(
    apply('proto-restore', message('  string sum = 4;\n'), message('  string sum = 5;\n')),
    message('  string sum = 4;\n'),
  );
});

test('parts of a field become what they were', () => {
  const one = (field: string) => message(`  ${field}\n`);
  const before = one('repeated string sum = 4;');
  assert.equal(apply('proto-keep-name', before, one('repeated string total = 4;')), before);
  assert.equal(
    apply('proto-keep-json-name', one('string a_b = 4;'), one('string total = 4 [deprecated = true];')),
    one('string total = 4 [deprecated = true, json_name = "aB"];'),
  );
  assert.equal(
    apply('proto-keep-type', before, one('map<string, int32> sum = 4; // so')),
    one('repeated string sum = 4; // so'),
  );
  const two = 'syntax = "proto2";\nmessage A {\n  optional int32 a = 1 [default = 3];\n}\n';
  assert.equal(apply('proto-keep-option', two, two.replace('= 3', '= 4')), two);
  assert.equal(apply('proto-keep-option', two, two.replace(' [default = 3]', '')), two);
  assert.equal(
    apply(
      'proto-keep-oneof',
      message('  oneof o {\n    string a = 1;\n    string b = 2;\n  }\n'),
      message('  string a = 1;\n  oneof o {\n    string b = 2;\n  }\n'),
    ),
    message('  oneof o {\n    string a = 1;\n    string b = 2;\n  }\n'),
  );
});

test('an enum value keeps its name, or has both', () => {
  const old = 'syntax = "proto3";\nenum E {\n  NONE = 0;\n  PAID = 1;\n}\n';
  const now = old.replace('PAID', 'SETTLED');
  assert.equal(apply('proto-keep-value-name', old, now), old);
  assert.equal(
    apply('proto-keep-alias', old, now),
    'syntax = "proto3";\nenum E {\n  option allow_alias = true;\n  NONE = 0;\n  SETTLED = 1;\n  PAID = 1;\n}\n',
  );
});

test('a reservation comes back, and what has taken its number gets another one', () => {
  assert.equal(
    apply(
      'proto-reserve-again',
      message('  reserved 4 to 9;\n  string x = 1;\n'),
      message('  string x = 1;\n  string y = 5;\n'),
    ),
    message('  reserved 4 to 9;\n  string x = 1;\n  string y = 2;\n'),
  );
});

test('titles say what becomes of what', () => {
  const request = requestOf({ 'a.proto': message('  string sum = 4;\n') }, treeOf({ 'a.proto': message('') }));
  const titles = (profile: string) =>
    protobuf
      .compare({ ...request, profile })
      .findings[0]?.fixes.map(({ id, args }) => protobuf.fixes?.find((fix) => fix.id === id)?.title(args));
  assert.deepEqual(titles('buf:FILE'), [
    'Restore field 4 ("sum"), deprecated',
    'Restore field 4 ("sum")',
    'Reserve 4 and "sum"',
  ]);
  assert.deepEqual(titles('buf:WIRE'), [
    'Reserve 4 and "sum"',
    'Restore field 4 ("sum"), deprecated',
    'Restore field 4 ("sum")',
  ]);
});

test('every rule whose answer is an edit of the newer file names a fix, and every fix is named', () => {
  const named = new Set<string>();
  for (const rule of protoRules)
    for (const example of rule.examples) {
      const { file, earlier, before, profile, fires } = example;
      if (!fires || rule.id === 'proto/enum-value-added') continue;
      const versions = [before, ...(earlier === undefined ? [] : [earlier])];
      const request = {
        before: versions.map((text, index) => ({ name: `v${index}`, tree: treeOf({ [file]: text }) })),
        after: treeOf(filesAfter(example)),
        profile,
        beyond: true,
      };
      for (const finding of protobuf.compare(request).findings) {
        if (finding.rule !== rule.id) continue;
        assert.notDeepEqual(finding.fixes, [], rule.id);
        for (const ref of finding.fixes) {
          named.add(ref.id);
          const result = fixed(finding, ref, request);
          if (result.kind === 'refused' || stays(finding.peerRule ?? '', ref.id)) continue;
          const left = protobuf.compare({ ...request, after: result.tree }).findings.map(keyOf);
          assert.ok(!left.includes(keyOf(finding)), `${ref.id} of ${rule.id}`);
        }
      }
    }
  assert.deepEqual([...named].sort(), protobuf.fixes?.map(({ id }) => id).sort());
});

/** Under these rules other differences come to light when one is gone: a package hides all that is in it. */
const uncovering: ReadonlySet<string> = new Set(['FILE_SAME_PACKAGE', 'FILE_SAME_SYNTAX']);
/** Reserving keeps a number from being used again, but does not bring code back. */
const stays = (peerRule: string, id: string) => id === 'proto-reserve' && !peerRule.includes('UNLESS');

test('with any fix its finding is gone, and no other comes', () => {
  let count = 0;
  for (let nth = 0; nth < 60; nth++) {
    const random = randomOf(700_000 + nth);
    const files = generate(`c${nth}`, random);
    const texts = (of: typeof files) => Object.fromEntries(of.map((file) => [file.path, render(file, random)]));
    const before = texts(files);
    for (const profile of ['buf:FILE', 'buf:WIRE_JSON']) {
      const request = requestOf(before, treeOf(texts(mutate(files, random))), { profile, beyond: false });
      const { findings, notices } = protobuf.compare(request);
      const known = new Set(findings.map(keyOf));
      for (const finding of findings)
        for (const ref of finding.fixes) {
          const result = fixed(finding, ref, request);
          if (result.kind === 'refused') continue;
          count++;
          const next = protobuf.compare({ ...request, after: result.tree });
          const left = next.findings.map(keyOf);
          const told = `${profile} ${ref.id} ${keyOf(finding)}\n${result.tree.get(finding.place.path)?.text}`;
          const { peerRule = '' } = finding;
          const isUnsettled = findings.some(
            (each) => uncovering.has(each.peerRule ?? '') && each.place.path === finding.place.path,
          );
          if (!stays(peerRule, ref.id)) assert.ok(!left.includes(keyOf(finding)), told);
          if (!isUnsettled)
            assert.deepEqual(
              left.filter((key) => !known.has(key)),
              [],
              told,
            );
          assert.ok(next.notices.length <= notices.length, told);
        }
    }
  }
  assert.ok(count > 200, `${count} fixes`);
});
