import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContractCompletion } from '#core/contracts/language.ts';
import { cursorIn, language, type Texts } from './support.ts';

const other = `syntax = "proto3";
package shop.v1;
import "google/protobuf/descriptor.proto";
message Money { int64 units = 1; }
enum State { STATE_NONE = 0; STATE_PAID = 1; }
extend google.protobuf.FieldOptions { Money limit = 50001; }
`;
const far = 'syntax = "proto3";\npackage far;\nmessage Faraway {}\n';

function completions(text: string, more: Texts = {}): readonly ContractCompletion[] {
  return language.complete(cursorIn({ 'common.proto': other, 'far.proto': far, ...more, 'a.proto': text }));
}
const labels = (text: string) => completions(text).map(({ label }) => label);
const head = 'syntax = "proto3";\npackage shop.v1;\nimport "common.proto";\n';
const inMessage = (body: string) => `${head}message A {\n  ${body}\n}\n`;

function inserted(text: string, label: string): string {
  const found = completions(text).find((each) => each.label === label);
  assert.ok(found, `${label} among ${labels(text).join()}`);
  const plain = text.replace('|', '');
  return plain.slice(0, found.replace.start) + found.insert + plain.slice(found.replace.end);
}

test('statements by where they may stand', () => {
  assert.deepEqual(labels('|'), [
    'syntax',
    'edition',
    'package',
    'import',
    'option',
    'message',
    'enum',
    'service',
    'extend',
  ]);
  assert.deepEqual(labels(`${head}service S {\n  |\n}`), ['rpc', 'option']);
  assert.deepEqual(labels(`${head}enum E {\n  |\n}`), ['option', 'reserved']);
  const message = labels(inMessage('|'));
  for (const word of ['optional', 'repeated', 'oneof', 'reserved', 'string', 'Money', 'State', 'A'])
    assert.ok(message.includes(word), word);
  for (const word of ['required', 'extensions', 'syntax', 'group']) assert.ok(!message.includes(word), word);
  assert.ok(labels('syntax = "proto2";\nmessage A {\n  required |\n}').includes('group'));
  assert.ok(labels('edition = "2024";\n|').includes('export'));
  assert.deepEqual(labels('edition = "2024";\nexport |'), ['message', 'enum']);
});

test('a line whose semicolon is missing does not hide the next one', () => {
  assert.ok(labels(inMessage('string a = 1\n  |')).includes('repeated'));
  assert.ok(!labels(inMessage('repeated\n  |')).includes('oneof'));
});

test('types as few words as mean them, and with their import where that is missing', () => {
  assert.deepEqual(
    labels(inMessage('Mon|')).filter((label) => /^[A-Z]/.test(label)),
    ['Money'],
  );
  assert.equal(inserted(inMessage('shop.v1.Mon|'), 'Money'), inMessage('Money'));
  const [item] = completions(inMessage('Faraw|')).filter(({ label }) => label === 'far.Faraway');
  assert.deepEqual(
    item?.also?.map(({ newText }) => newText),
    ['\nimport "far.proto";'],
  );
  const nested = `${head}message A {\n  message In {}\n}\nmessage B {\n  I|\n}\n`;
  assert.ok(labels(nested).includes('A.In'));
});

test('keys and values of maps', () => {
  assert.ok(!labels(inMessage('map<|')).includes('double'));
  assert.ok(labels(inMessage('map<|')).includes('string'));
  assert.ok(labels(inMessage('map<string, |')).includes('Money'));
});

test('the next free number, without what is reserved and what belongs to implementations', () => {
  const next = (body: string) =>
    inserted(inMessage(`${body}  string n = |`), labels(inMessage(`${body}  string n = |`))[0] ?? '');
  assert.equal(next(''), inMessage('  string n = 1;'));
  assert.match(next('string a = 3;\n  reserved 4 to 6;\n'), /n = 7;/);
  assert.match(next('string a = 18999;\n'), /n = 20000;/);
  assert.deepEqual(labels(`${head}enum E {\n  A = 0;\n  B = 4;\n  C = |\n}`), ['5']);
});

test('methods take messages', () => {
  const service = (text: string) => labels(`${head}service S {\n  ${text}\n}`);
  assert.ok(service('rpc Get(|').includes('stream'));
  assert.ok(service('rpc Get(stream |').includes('Money'));
  assert.ok(!service('rpc Get(|').includes('State'));
  assert.deepEqual(service('rpc Get(Money) |'), ['returns']);
  assert.ok(service('rpc Get(Money) returns (|').includes('Money'));
});

test('imports of what is not imported', () => {
  const found = labels('syntax = "proto3";\nimport "common.proto";\nimport "|";');
  assert.ok(found.includes('far.proto') && found.includes('google/protobuf/timestamp.proto'));
  assert.ok(!found.includes('common.proto') && !found.includes('a.proto'));
  assert.equal(inserted('import "f|";\n', 'far.proto'), 'import "far.proto";\n');
  assert.equal(inserted('import |\n', '"far.proto"'), 'import "far.proto";\n');
  assert.deepEqual(labels('syntax = "|"'), ['proto2', 'proto3']);
});

test('options of what they stand at, with their values', () => {
  assert.ok(labels(`${head}option |`).includes('java_package'));
  assert.equal(inserted(inMessage('option dep|'), 'deprecated'), inMessage('option deprecated = true;'));
  assert.equal(inserted(inMessage('string a = 1 [|];'), 'deprecated'), inMessage('string a = 1 [deprecated = true];'));
  assert.ok(labels(inMessage('string a = 1 [|];')).includes('(shop.v1.limit)'));
  assert.ok(labels(inMessage('string a = 1 [(|')).includes('shop.v1.limit'));
  assert.deepEqual(labels(inMessage('int64 a = 1 [jstype = |];')), ['JS_NORMAL', 'JS_STRING', 'JS_NUMBER']);
  assert.ok(labels(inMessage('string a = 1 [features.|];')).includes('field_presence'));
  assert.deepEqual(labels(inMessage('string a = 1 [features.field_presence = |];')), [
    'EXPLICIT',
    'IMPLICIT',
    'LEGACY_REQUIRED',
  ]);
  assert.deepEqual(labels(inMessage('State a = 1 [default = |];')), ['STATE_NONE', 'STATE_PAID']);
  assert.deepEqual(labels(inMessage('string a = 1 [(shop.v1.limit).|];')), ['units']);
  assert.deepEqual(labels(`${head}option optimize_for = |`), ['SPEED', 'CODE_SIZE', 'LITE_RUNTIME']);
});

test('nothing in comments, in strings and where names are made up', () => {
  for (const text of [
    inMessage('// |'),
    inMessage('/* | */'),
    inMessage('string |'),
    inMessage('option (x) = "|";'),
    `${head}message |`,
  ])
    assert.deepEqual(labels(text), [], text);
});

test('completion answers anywhere in any beginning of a file', () => {
  const text = inMessage(
    'map<string, Money> m = 1 [(shop.v1.limit) = { units: 1 }, features.field_presence = EXPLICIT];\n  oneof o { int32 a = 2; }',
  );
  for (let end = 0; end <= text.length; end++)
    for (const rest of ['', text.slice(end)]) {
      const whole = `${text.slice(0, end)}|${rest}`;
      for (const { replace } of completions(whole)) assert.ok(replace.start <= end && end <= replace.end, whole);
    }
});

test('each is of a kind that editors have a sign for', () => {
  const kindOf = (text: string, label: string) => completions(text).find((each) => each.label === label)?.kind;
  assert.equal(kindOf(inMessage('|'), 'optional'), 'keyword');
  assert.equal(kindOf(inMessage('|'), 'int64'), 'keyword');
  assert.equal(kindOf(inMessage('|'), 'Money'), 'message');
  assert.equal(kindOf(inMessage('|'), 'State'), 'enum');
  assert.equal(kindOf(inMessage('far|'), 'far.Faraway'), 'message');
  assert.equal(kindOf(inMessage('int64 a = |'), '1'), 'value');
  assert.equal(kindOf(inMessage('int64 a = 1 [|'), 'deprecated'), 'property');
  assert.equal(kindOf(inMessage('int64 a = 1 [deprecated = |'), 'true'), 'value');
  assert.equal(kindOf(inMessage('State a = 1 [default = |'), 'STATE_PAID'), 'enum-member');
  assert.equal(kindOf('import |', '"far.proto"'), 'file');
});
