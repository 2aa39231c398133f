import assert from 'node:assert/strict';
import { test } from 'node:test';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import { evolving, type Texts, treeOf } from '../evolve.ts';

const { expanded, refused, expand, standing, contracted, told } = evolving(protobuf);

const file = (body: string, more = '') => ({
  'shop.proto': `syntax = "proto3";\npackage shop.v1;\nmessage Order {\n${body}}\n${more}`,
});
const total = { path: 'shop.proto', element: 'shop.v1.Order.total' };
const id = '  string id = 1;\n';

test('a field as it is gets one of the same type beside it', () => {
  const given = file(`${id}  // In cents.\n  int64 total = 4 [json_name = "sum"]; // with tax\n  reserved 5 to 6;\n`);
  const text = given['shop.proto'];
  const { step, files } = expanded(given, given, { path: 'shop.proto', offset: text.indexOf('int64') });
  assert.deepEqual(
    files,
    file(
      `${id}  // In cents.\n  // Deprecated: use total_v2. Remove after 2027-02-26.\n  int64 total = 4 [json_name = "sum", deprecated = true]; // with tax\n  int64 total_v2 = 7;\n  reserved 5 to 6;\n`,
    ),
  );
  assert.deepEqual(step.evolution, { ...total, number: 4, replacement: 'total_v2' });
  assert.equal(step.changed, false);
  assert.deepEqual(told(given, files, 'buf:FILE'), []);
});

test('a changed type becomes a field of its own beside the old one', () => {
  const before = file(`${id}  int64 total = 4;\n`);
  const { step, files } = expanded(before, file(`${id}  string total = 4;\n`), total);
  assert.deepEqual(
    files,
    file(
      `${id}  // Deprecated: use total_v2. Remove after 2027-02-26.\n  int64 total = 4 [deprecated = true];\n  string total_v2 = 5;\n`,
    ),
  );
  assert.equal(step.changed, true);
  assert.equal(step.added, 'string');
  assert.deepEqual(told(before, files, 'buf:FILE'), []);
});

test('a renamed field keeps its new name, under a number of its own', () => {
  const before = file(`${id}  int64 total = 4;\n`);
  const after = file(`${id}  int64 amount = 4 [json_name = "total"];\n`);
  const wanted = file(
    `${id}  // Deprecated: use amount. Remove after 2027-02-26.\n  int64 total = 4 [deprecated = true];\n  int64 amount = 5;\n`,
  );
  assert.deepEqual(expanded(before, after, total).files, wanted);
  assert.deepEqual(expanded(before, after, { path: 'shop.proto', element: 'shop.v1.Order.amount' }).files, wanted);
  assert.deepEqual(told(before, wanted, 'buf:FILE'), []);
});

test('a new name that is the same in JSON is not left to two fields', () => {
  const before = file('  int64 grand_total = 4;\n');
  const { step, files } = expanded(before, file('  int64 grandTotal = 4;\n'), {
    path: 'shop.proto',
    element: 'shop.v1.Order.grandTotal',
  });
  assert.equal(step.evolution.replacement, 'grandTotal_v2');
  assert.deepEqual(told(before, files, 'buf:FILE'), []);
});

test('a removed field stands again behind the one that it stood behind', () => {
  const before = file(`${id}  int64 total = 4;\n  bool paid = 6;\n`);
  const { step, files } = expanded(before, file(`${id}  bool paid = 6;\n`), total);
  assert.deepEqual(
    files,
    file(`${id}  // Deprecated: remove after 2027-02-26.\n  int64 total = 4 [deprecated = true];\n  bool paid = 6;\n`),
  );
  assert.equal(step.evolution.replacement, undefined);
  const first = expanded(file('  int64 total = 4;\n'), file(''), total);
  assert.deepEqual(
    first.files,
    file('  // Deprecated: remove after 2027-02-26.\n  int64 total = 4 [deprecated = true];\n'),
  );
});

test('one field gone and one come are the same only where name, number or type say so', () => {
  const before = (field: string) => file(`${id}  ${field}\n  bool paid = 6;\n`);
  const replacement = (old: string, field: string) => {
    const given = before(old);
    const element = `shop.v1.Order.${/(\w+) = /.exec(old)?.[1]}`;
    const { step, files } = expanded(given, before(field), { path: 'shop.proto', element });
    assert.deepEqual(told(given, files, 'buf:FILE'), []);
    return step.evolution.replacement;
  };
  assert.equal(replacement('int64 total = 4;', 'string total_cents = 7;'), 'total_cents', 'goes on from it');
  assert.equal(replacement('int64 totalNet = 4;', 'int64 net_total = 7;'), 'net_total', 'the same words');
  assert.equal(replacement('string recieved_at = 4;', 'bytes received_at = 7;'), 'received_at', 'a slip corrected');
  assert.equal(replacement('int64 total = 4;', 'int64 amount = 4;'), 'amount', 'its number and type');
  assert.equal(replacement('int64 total = 4;', 'string photo = 7;'), undefined);
  assert.equal(replacement('int64 total = 4;', 'int64 amount = 7;'), undefined, 'half of all fields are int64');
  assert.equal(replacement('string file_name = 4;', 'string display_name = 7;'), undefined, 'a word of every message');
  assert.equal(replacement('int32 height = 4;', 'int32 weight = 7;'), undefined, 'a letter apart, and another thing');
  assert.equal(replacement('int64 net_total = 4;', 'string gross_total = 7;'), undefined, 'another type too');
  const taken = before('bytes photo = 4;');
  assert.match(refused(before('int64 total = 4;'), taken, total), /^photo has taken the number of total/);
});

test('a field that got another number has its old one again', () => {
  const before = file('  int64 total = 4;\n');
  const { files } = expanded(before, file('  int64 total = 9;\n'), total);
  assert.deepEqual(
    files,
    file(
      '  int64 total_v2 = 9;\n'.replace(
        '  int64',
        '  // Deprecated: use total_v2. Remove after 2027-02-26.\n  int64 total = 4 [deprecated = true];\n  int64',
      ),
    ),
  );
  assert.deepEqual(told(before, files, 'buf:FILE'), []);
});

test('oneofs, maps, nested messages and lines that hold more are evolved where they stand', () => {
  const oneof = file('  oneof pay {\n    string card = 1;\n    int64 total = 4;\n  }\n');
  const inOneof = expanded(oneof, oneof, total);
  assert.match(inOneof.files['shop.proto'] ?? '', /total = 4 \[deprecated = true\];\n {4}int64 total_v2 = 5;\n {2}\}/);
  assert.match(inOneof.step.notes.join(), /oneof/);
  assert.deepEqual(told(oneof, inOneof.files, 'buf:FILE'), []);

  const map = file('  map<string, int64> total = 4;\n');
  const changed = expanded(map, file('  map<string, string> total = 4;\n'), total);
  assert.match(
    changed.files['shop.proto'] ?? '',
    /map<string, int64> total = 4 \[deprecated = true\];\n {2}map<string, string> total_v2 = 5;/,
  );
  assert.deepEqual(told(map, changed.files, 'buf:FILE'), []);

  const nested = file('  message Line { int64 price = 1; /* cents */ int64 tax = 2; }\n  repeated Line lines = 1;\n');
  const { files } = expanded(nested, nested, { path: 'shop.proto', element: 'shop.v1.Order.Line.price' });
  assert.match(
    files['shop.proto'] ?? '',
    /\{ \/\* Deprecated: use price_v2\. [^*]* \*\/ int64 price = 1 \[deprecated = true\]; int64 price_v2 = 3; \/\* cents \*\/ int64 tax/,
  );
  assert.deepEqual(told(nested, files, 'buf:FILE'), []);
});

test('line ends are those of the file', () => {
  const crlf = (texts: Record<string, string>) => ({
    'shop.proto': (texts['shop.proto'] ?? '').replaceAll('\n', '\r\n'),
  });
  const before = file(`${id}  int64 total = 4;\n`);
  const after = crlf(file(`${id}  string total = 4; // text\n`));
  const { step, files } = expanded(before, after, total);
  assert.doesNotMatch(files['shop.proto'] ?? '', /(^|[^\r])\n/);
  const done = contracted(files, step.evolution);
  assert.deepEqual(done, crlf(file(`${id}  reserved 4;\n  reserved "total";\n  string total_v2 = 5; // text\n`)));
});

test('what cannot be evolved says why', () => {
  const given = file(
    '  int64 total = 4;\n',
    'enum State { STATE_NONE = 0; }\nimport "google/protobuf/descriptor.proto";\nextend google.protobuf.FieldOptions { int32 limit = 50001; }\n',
  );
  const at = (word: string) => ({ path: 'shop.proto', offset: given['shop.proto'].indexOf(word) });
  assert.match(refused(given, given, at('STATE_NONE')), /enum/);
  assert.match(refused(given, given, at('limit')), /extension/);
  assert.equal(expand(given, given, at('package')), undefined);
  assert.match(refused(file(''), given, total), /Nobody uses total yet/);
  assert.match(refused(given, file('  int64 a = 4;\n  int64 total = 5;\n'), total), /undo one of them/);
  assert.match(refused(given, file('  reserved 4;\n'), total), /reserved/);
  assert.match(refused(given, file('  int64 total = 4 [deprecated = true];\n'), total), /deprecated already/);
  const two = (label: string) => ({
    'shop.proto': `syntax = "proto2";\npackage shop.v1;\nmessage Order { ${label} }\n`,
  });
  assert.match(refused(two('required int64 total = 4;'), two('required int64 total = 4;'), total), /can never go/);
  assert.match(
    refused(two('optional group Total = 4 { }'), two('optional group Total = 4 { }'), {
      path: 'shop.proto',
      element: 'shop.v1.Order.total',
    }),
    /group/,
  );
  const typed = file('  Money total = 4;\n', 'message Money {}\n');
  assert.match(refused(typed, file('  int64 total = 4;\n'), total), /shop\.v1\.Money, which is gone/);
});

test('without a baseline the field of now is meant', () => {
  const given = file('  int64 total = 4;\n');
  assert.equal(expanded(undefined, given, total).step.evolution.replacement, 'total_v2');
});

test('a name that is taken is not chosen', () => {
  const given = file('  int64 total_v2 = 4;\n  int64 total_v3 = 5;\n  reserved "total_v4";\n');
  const { step } = expanded(given, given, { path: 'shop.proto', element: 'shop.v1.Order.total_v2' });
  assert.equal(step.evolution.replacement, 'total_v5');
});

test('the removal reserves what it takes away, and breaks only what it must', () => {
  const before = file(`${id}  // In cents.\n  int64 total = 4; // with tax\n`);
  const { step, files } = expanded(before, before, total);
  assert.equal(standing(files, step.evolution).kind, 'both');
  const done = contracted(files, step.evolution);
  assert.deepEqual(done, file(`${id}  reserved 4;\n  reserved "total";\n  int64 total_v2 = 5;\n`));
  assert.deepEqual(standing(done, step.evolution), { kind: 'gone' });
  assert.deepEqual(told(files, done, 'buf:FILE'), ['proto/field-no-delete']);
  assert.deepEqual(told(files, done, 'buf:WIRE_JSON'), []);
});

test('the removal joins what is reserved already, and takes an empty oneof along', () => {
  const draft = { ...total, number: 4 };
  const joined = contracted(file('  reserved 2, 7 to 8;\n  reserved "a";\n  int64 total = 4;\n'), draft);
  assert.deepEqual(joined, file('  reserved 2, 7 to 8, 4;\n  reserved "a", "total";\n'));
  const inOneof = contracted(file('  oneof pay {\n    string card = 1;\n    int64 total = 4;\n  }\n'), draft);
  assert.deepEqual(inOneof, file('  reserved 4;\n  reserved "total";\n  oneof pay {\n    string card = 1;\n  }\n'));
  const alone = contracted(file('  oneof pay {\n    int64 total = 4;\n  }\n'), draft);
  assert.deepEqual(alone, file('  reserved 4;\n  reserved "total";\n'));
  const oneLine = contracted(file('  message Line { int64 price = 1; int64 tax = 2; }\n'), {
    path: 'shop.proto',
    element: 'shop.v1.Order.Line.price',
    number: 1,
  });
  assert.deepEqual(oneLine, file('  message Line { reserved 1; reserved "price"; int64 tax = 2; }\n'));
  const edition = { 'a.proto': 'edition = "2023";\nmessage A {\n  int64 total = 4;\n}\n' };
  assert.deepEqual(contracted(edition, { path: 'a.proto', element: 'A.total', number: 4 }), {
    'a.proto': 'edition = "2023";\nmessage A {\n  reserved 4;\n  reserved total;\n}\n',
  });
});

test('an evolution that lost its field is broken, and says how', () => {
  const draft = { ...total, number: 4, replacement: 'amount' };
  const why = (body: string) => {
    const found = standing(file(body), draft);
    return found.kind === 'broken' ? found.why : found.kind;
  };
  assert.match(why(''), /total is gone, and 4 and "total" are not reserved/);
  assert.match(why('  reserved 4;\n'), /"total" is not reserved/);
  assert.match(why('  string other = 4;\n'), /the number of other/);
  assert.match(why('  int64 total = 4;\n'), /amount, which is to take over/);
  assert.match(why('  int64 total = 4;\n  int64 amount = 5;\n'), /both/);
  const moved = standing({ 'x.proto': 'syntax = "proto3";\n' }, draft);
  assert.equal(moved.kind, 'broken');
});

test('of copies of an import path only the one that is meant is evolved, removed and answered for', () => {
  const order = (body: string) => `syntax = "proto3";\npackage shop.v1;\nmessage Order {\n${body}}\n`;
  const names = { a: 'a/proto/shop/v1/order.proto', b: 'b/proto/shop/v1/order.proto' };
  const copies = (a: string, b: string): Texts => ({ [names.a]: order(a), [names.b]: order(b) });
  const line = '  int64 total = 4;\n';
  const given = copies(line, line);
  const { step, files } = expanded(given, given, { path: names.b, offset: order(line).indexOf('int64') });
  assert.equal(step.evolution.path, names.b);
  assert.equal(files[names.a], order(line));
  const found = standing(files, step.evolution);
  assert.ok(found.kind === 'both' && found.path === names.b, JSON.stringify(found));
  const done = contracted(files, step.evolution);
  assert.equal(done[names.a], order(line));
  assert.deepEqual(standing(done, step.evolution), { kind: 'gone' });
  const { [names.b]: _, ...alone } = done;
  assert.equal(
    standing({ ...alone, [names.b]: 'syntax = "proto3";\npackage shop.v1;\n' }, step.evolution).kind,
    'broken',
  );

  const both = files[names.b] ?? '';
  const before = { [names.a]: both, [names.b]: both };
  const removed = { [names.a]: done[names.b] ?? '', [names.b]: done[names.b] ?? '' };
  const request = { before: [{ name: 'main', tree: treeOf(before) }], after: treeOf(removed), beyond: true };
  const answers = protobuf.evolution?.announced(request, step.evolution);
  const { findings } = protobuf.compare(request);
  assert.deepEqual(
    findings.map((finding) => [finding.place.path, answers?.(finding)]),
    [
      [names.a, false],
      [names.b, true],
    ],
  );
});
