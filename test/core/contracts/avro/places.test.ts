import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, type Files, told } from './compare.ts';

const order = (fields: string): Files => ({
  'order.avsc': `{"type":"record","name":"Order","namespace":"shop","fields":[${fields}]}`,
});

test('a finding stands at the words of the new text that cause it', () => {
  const before = order(
    '{"name":"id","type":"int"},{"name":"s","type":{"type":"enum","name":"S","symbols":["A","B"]}},{"name":"h","type":{"type":"fixed","name":"H","size":4}},{"name":"u","type":["null","int","string"]}',
  );
  const after = order(
    '{"name":"id","type":"string"},{"name":"s","type":{"type":"enum","name":"S","symbols":["A"]}},{"name":"h","type":{"type":"fixed","name":"H","size":8}},{"name":"u","type":["int","string"]},{"name":"new","type":"int"}',
  );
  assert.deepEqual(told(compare(before, after), after), [
    'avro/type-mismatch "string" /fields/0/type',
    'avro/missing-enum-symbols "symbols" /fields/1/type/symbols',
    'avro/fixed-size-mismatch 8 /fields/2/type/size',
    'avro/missing-union-branch ["int","string"] /fields/3/type/0',
    'avro/reader-field-missing-default-value "new" /fields/4',
  ]);
});

test('what readers of the old schema cannot bear stands at the nearest words that are left', () => {
  const before = order(
    '{"name":"id","type":"int"},{"name":"s","type":{"type":"enum","name":"S","symbols":["A"]}},{"name":"u","type":["null","int"]},{"name":"gone","type":"int"}',
  );
  const after = order(
    '{"name":"id","type":"long"},{"name":"s","type":{"type":"enum","name":"S","symbols":["A","B"]}},{"name":"u","type":["null","int","string"]}',
  );
  const result = compare(before, after, 'avro:FORWARD');
  assert.deepEqual(told(result, after), [
    'avro/type-mismatch "long" /fields/0/type',
    'avro/missing-enum-symbols "B" /fields/1/type/symbols',
    'avro/missing-union-branch "string" /fields/2/type/2',
    'avro/reader-field-missing-default-value "Order" /fields/3',
  ]);
  const old = before['order.avsc'] ?? '';
  assert.deepEqual(
    result.findings.map(({ related }) => related.map(({ place }) => old.slice(place.span.start, place.span.end))),
    [['"int"'], ['"symbols"'], ['["null","int"]'], ['"gone"']],
  );
});

test('a type that is named elsewhere is told where it is named', () => {
  const types = '{"name":"a","type":{"type":"record","name":"A","fields":[]}}';
  const before = order(`${types},{"name":"x","type":"A"}`);
  const after = order(`${types},{"name":"x","type":"string"}`);
  assert.deepEqual(told(compare(before, after), after), ['avro/type-mismatch "string" /fields/1/type']);
  assert.deepEqual(told(compare(after, before), before), ['avro/type-mismatch "A" /fields/1/type']);
});

test('files are paired by path, else by the name of their schema', () => {
  const one = order('{"name":"id","type":"int"}')['order.avsc'] ?? '';
  const other = order('{"name":"id","type":"string"}')['order.avsc'] ?? '';
  const rest = { 'x.avsc': '"int"' };
  const { findings } = compare({ ...rest, 'old/order.avsc': one }, { ...rest, 'new/o.avsc': other });
  assert.deepEqual(
    findings.map(({ place, related }) => [place.path, related[0]?.place.path]),
    [['new/o.avsc', 'old/order.avsc']],
  );
});

test('a schema that is gone is no incompatibility, but told beyond the peer', () => {
  const before = { ...order(''), 'x.avsc': '"int"' };
  assert.deepEqual(compare(before, { 'x.avsc': '"int"' }).findings, []);
  const { findings, contracts } = compare(before, { 'x.avsc': '"int"' }, 'avro:BACKWARD', true);
  assert.deepEqual(
    findings.map(({ rule, place }) => [rule, place.side, place.path]),
    [['avro/subject-deleted', 'before', 'order.avsc']],
  );
  assert.deepEqual(
    contracts.map(({ name, bump, breaking }) => [name, bump, breaking]),
    [
      ['x.avsc', 'none', 0],
      ['shop.Order', 'major', 1],
    ],
  );
});

test('versions: documentation is a patch, a field with default a minor one, what breaks a major one', () => {
  const bump = (fields: string): string | undefined =>
    compare(order('{"name":"id","type":"int"}'), order(fields), 'avro:BACKWARD', true).contracts[0]?.bump;
  assert.equal(bump('{"name":"id","type":"int"}'), 'none');
  assert.equal(bump('{"name":"id","type":"int","doc":"x"}'), 'patch');
  assert.equal(bump('{"name":"id","type":"int"},{"name":"b","type":"int","default":1}'), 'minor');
  assert.equal(bump('{"name":"id","type":"int"},{"name":"b","type":"int"}'), 'major');
});

test('what is deprecated, and until when', () => {
  const after = order(
    '{"name":"id","type":"int","doc":"Deprecated, to be removed 2031-02-03."},{"name":"b","type":"int"}',
  );
  const [contract] = compare({}, after).contracts;
  assert.deepEqual(
    contract?.deprecated.map(({ object, removeAfter }) => [object, removeAfter]),
    [['shop.Order.id', '2031-02-03']],
  );
});

test('transitive modes look at every version, the others at the newest', () => {
  const oldest = order('{"name":"a","type":"int"}');
  const newest = order('');
  const now = order('{"name":"a","type":"string","default":""}');
  assert.deepEqual(compare(newest, now).findings, []);
  const found = compare([newest, oldest], now, 'avro:BACKWARD_TRANSITIVE').findings;
  assert.deepEqual(
    found.map(({ rule, against }) => [rule, against]),
    [['avro/type-mismatch', 'v1']],
  );
  assert.deepEqual(compare([newest, oldest], now, 'avro:BACKWARD').findings, []);
  assert.deepEqual(compare([oldest], now, 'avro:NONE').findings, []);
});

const event = (columns: string): Files => ({
  'orders.avsc': `{"type":"record","name":"Envelope","namespace":"srv.public.orders","fields":[
    {"name":"before","type":["null",{"type":"record","name":"Value","fields":[{"name":"id","type":"long"}${columns}]}],"default":null},
    {"name":"after","type":["null","Value"],"default":null},
    {"name":"source","type":{"type":"record","name":"Source","namespace":"io.debezium","fields":[]}},
    {"name":"op","type":"string"},{"name":"ts_ms","type":["null","long"],"default":null}]}`,
});

test('of a change event the column is told, once', () => {
  const [before, after] = [event(''), event(',{"name":"total","type":"int"}')];
  assert.equal(compare(before, after).findings.length, 2);
  const { findings } = compare(before, after, 'avro:BACKWARD', true);
  assert.deepEqual(told({ findings }, after), ['avro/reader-field-missing-default-value "total" /fields/0/type/1']);
  const [finding] = findings;
  assert.deepEqual(
    [finding?.peerRule, finding?.messageId, finding?.args.table, finding?.args.field],
    ['MISSING_UNION_BRANCH', 'backward-column', 'public.orders', 'total'],
  );
  const [gone] = compare(after, before, 'avro:FORWARD', true).findings;
  assert.deepEqual([gone?.messageId, gone?.args.field], ['forward-column', 'total']);
});

test('protocols: every type of theirs, each thing once', () => {
  const files = (type: string): Files => ({
    'shop.avdl': `@namespace("shop") protocol Shop { record Line { ${type} a; } record Order { array<Line> lines; Line first; } }`,
  });
  const after = files('string');
  assert.deepEqual(told(compare(files('int'), after), after), ['avro/type-mismatch string /fields/0/type']);
});

test('messages: servers read requests, clients read answers', () => {
  const before: Files = {
    'mail.avdl':
      'protocol Mail { record Letter { string to; } record Sent { long id; } Sent send(Letter letter); void ping() oneway; }',
  };
  const after: Files = {
    'mail.avdl':
      'protocol Mail { record Letter { string to; string text; } record Sent { long id; long at; } Sent send(Letter letter); void ping() oneway; }',
  };
  const missing = (word: string, at: string): string => `avro/reader-field-missing-default-value ${word} ${at}`;
  const told_ = (profile: string): readonly string[] => told(compare(before, after, profile), after);
  assert.deepEqual(told_('avro:BACKWARD'), [missing('text', '/fields/0/type/fields/1')]);
  assert.deepEqual(told_('avro:FORWARD'), [missing('at', '/fields/1')]);
  assert.deepEqual(told_('avro:FULL'), [missing('text', '/fields/0/type/fields/1'), missing('at', '/fields/1')]);
  const [backward] = compare(before, after, 'avro:BACKWARD').findings;
  assert.deepEqual(
    [backward?.messageId, backward?.args.call, backward?.args.writers, backward?.args.readers],
    ['backward-call', 'send', 'clients of the old protocol', 'servers of the new one'],
  );
});

test('a type that no message carries is data, for whoever reads it', () => {
  const before: Files = { 'mail.avdl': 'protocol Mail { record Stored { long id; } void ping(); }' };
  const after: Files = { 'mail.avdl': 'protocol Mail { record Stored { long id; long at; } void ping(); }' };
  assert.deepEqual(told(compare(before, after), after), ['avro/reader-field-missing-default-value at /fields/1']);
  assert.deepEqual(told(compare(before, after, 'avro:FORWARD'), after), []);
});

test('a message that moved into an import is not gone', () => {
  const before: Files = { 'mail.avdl': 'protocol Mail { void send(string to); }' };
  const after: Files = {
    'mail.avdl': 'protocol Mail { import idl "base.avdl"; }',
    'base.avdl': 'protocol Base { void send(string to, string text); }',
  };
  assert.deepEqual(told(compare(before, after), after), ['avro/reader-field-missing-default-value text /fields/1']);
  const gone: Files = { ...after, 'base.avdl': 'protocol Base { }' };
  assert.deepEqual(told(compare(before, gone), gone), ['avro/message-deleted Mail']);
});

test('nothing of a protocol that is half typed counts as gone', () => {
  const before: Files = { 'mail.avdl': 'protocol Mail { void send(string to); void ping() oneway; }' };
  const after: Files = { 'mail.avdl': 'protocol Mail { void send(string ' };
  assert.deepEqual(told(compare(before, after, 'avro:FULL', true), after), []);
});

test('an answer that old clients do not know is told once', () => {
  const before: Files = { 'mail.avdl': 'protocol Mail { enum State { NEW } State state(); }' };
  const after: Files = { 'mail.avdl': 'protocol Mail { enum State { NEW, SENT } State state(); }' };
  assert.deepEqual(told(compare(before, after, 'avro:BACKWARD', true), after), [
    'avro/missing-enum-symbols SENT /symbols',
  ]);
});

test('a field that could be filled from two is told, for Apache gives no answer', () => {
  const before = order('{"name":"a","type":"int"},{"name":"b","type":"int"}');
  const after = order('{"name":"a","type":"int","aliases":["b"]}');
  const { notices } = compare(before, after);
  assert.deepEqual(
    notices.map(({ id, unread, place }) => [id, unread, place?.side, place?.span.start]),
    [['avro/ambiguous-alias', 'error', 'after', (after['order.avsc'] ?? '').indexOf('"a"')]],
  );
});
