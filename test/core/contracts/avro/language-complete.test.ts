import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Files } from './compare.ts';
import { language, opened } from './cursor.ts';

const complete = (marked: Files | string, path = 'a.avsc') => {
  const { cursor, files } = opened(typeof marked === 'string' ? { [path]: marked } : marked);
  const text = files[cursor.path] ?? '';
  return language.complete(cursor).map(({ label, replace, insert }) => ({
    label,
    insert,
    result: text.slice(0, replace.start) + insert + text.slice(replace.end),
  }));
};
const labels = (marked: Files | string, path?: string) => complete(marked, path).map(({ label }) => label);

test('keys of the object that the cursor is in, those that are missing', () => {
  assert.deepEqual(labels('{"type": "record", "name": "A", "¦"}'), ['namespace', 'doc', 'aliases', 'fields']);
  assert.deepEqual(labels('{"¦", "type": "enum", "name": "E"}'), ['namespace', 'doc', 'aliases', 'symbols', 'default']);
  assert.deepEqual(labels('{"type": "fixed", "s¦": 1}'), [
    'name',
    'namespace',
    'aliases',
    'size',
    'logicalType',
    'precision',
    'scale',
  ]);
  assert.deepEqual(labels('{"type": "record", "fields": [{"name": "a", ¦'), [
    'type',
    'default',
    'doc',
    'order',
    'aliases',
  ]);
  assert.deepEqual(labels('{"type": "array", "¦"}'), ['items']);
  assert.deepEqual(labels('{"protocol": "P", "¦"}', 'a.avpr'), ['namespace', 'doc', 'types', 'messages']);
  assert.deepEqual(labels('{"protocol": "P", "messages": {"get": {"¦"}}}', 'a.avpr'), [
    'doc',
    'request',
    'response',
    'errors',
    'one-way',
  ]);
  assert.deepEqual(labels('{"protocol": "P", "messages": {"get": {"request": [{"¦"}]}}}', 'a.avpr'), [
    'name',
    'type',
    'default',
    'doc',
  ]);
  assert.deepEqual(labels('{"protocol": "P", "messages": {"¦"}}', 'a.avpr'), []);
});

test('a key without quotes brings them and a value', () => {
  const [first] = complete('{"type": "array", it¦}');
  assert.equal(first?.result, '{"type": "array", "items": ""}');
  const [inside] = complete('{"type": "array", "it¦"}');
  assert.equal(inside?.result, '{"type": "array", "items"}');
});

test('types: primitive ones and names, by the namespace around', () => {
  const files = {
    'order.avsc': '{"type": "record", "name": "Order", "namespace": "shop", "fields": [{"name": "a", "type": "¦"}]}',
    'line.avsc': '{"type": "record", "name": "shop.Line", "fields": []}',
    'other.avsc': '{"type": "fixed", "name": "other.Id", "size": 4}',
  };
  const offers = labels(files);
  for (const one of ['string', 'long', 'null', 'Order', 'Line', 'other.Id']) assert.ok(offers.includes(one), one);
  assert.ok(!offers.includes('record'));
  assert.ok(!offers.some((one) => one.startsWith('{')));
  const free = labels({ ...files, 'order.avsc': files['order.avsc'].replace('"¦"', '¦') });
  assert.ok(free.includes('["null", …]') && free.includes('{"type": "array", …}'));
  assert.ok(labels('["null", "¦"]').includes('string'));
  assert.ok(!labels('["null", ¦]').includes('["null", …]'));
  assert.ok(labels('{"type": "map", "values": "s¦"}').includes('string'));
});

test('the type of a schema in an object is no name', () => {
  const offers = labels({ 'a.avsc': '{"type": "¦"}', 'b.avsc': '{"type": "fixed", "name": "Id", "size": 4}' });
  assert.ok(offers.includes('record') && offers.includes('long') && !offers.includes('Id'));
});

test('logical types that the base type bears', () => {
  assert.deepEqual(labels('{"type": "int", "logicalType": "¦"}'), ['date', 'time-millis']);
  assert.deepEqual(labels('{"logicalType": "¦", "type": "string"}'), ['uuid']);
  assert.deepEqual(labels('{"type": "fixed", "name": "F", "size": 12, "logicalType": "¦"}'), ['decimal', 'duration']);
});

test('defaults that the type takes', () => {
  const of = (type: string) =>
    labels(`{"type": "record", "name": "A", "fields": [{"name": "a", "type": ${type}, "default": ¦}]}`);
  assert.deepEqual(of('["null", "boolean"]'), ['null', 'false', 'true']);
  assert.deepEqual(of('{"type": "enum", "name": "E", "symbols": ["X", "Y"]}'), ['X', 'Y']);
  assert.deepEqual(of('{"type": "array", "items": "int"}'), ['[]']);
  assert.deepEqual(labels('{"type": "enum", "name": "E", "symbols": ["X", "Y"], "default": "¦"}'), ['X', 'Y']);
  assert.deepEqual(labels('{"type": "record", "name": "A", "fields": [{"name": "a", "order": "¦"}]}'), [
    'ascending',
    'descending',
    'ignore',
  ]);
});

test('errors of a message', () => {
  const text =
    '{"protocol": "P", "types": [{"type": "error", "name": "E", "fields": []}, {"type": "record", "name": "R", "fields": []}], "messages": {"get": {"request": [], "response": "null", "errors": ["¦"]}}}';
  assert.deepEqual(labels(text, 'a.avpr'), ['E']);
});

test('nothing in comments, behind values, in free text', () => {
  assert.deepEqual(labels('{"type": "record" ¦}'), []);
  assert.deepEqual(labels('{ // ¦\n}'), []);
  assert.deepEqual(labels('{"type": "record", "doc": "¦"}'), []);
  assert.deepEqual(labels('{"type": "record", "name": "¦"}'), []);
});

test('half typed, with a BOM and CRLF', () => {
  assert.deepEqual(labels('\ufeff{"type": "record",\r\n "fields": [\r\n {"na¦'), [
    'name',
    'type',
    'default',
    'doc',
    'order',
    'aliases',
  ]);
  const [found] = complete('{"type": "record", "name": "A", "fields": [{"name": "a", "type": "stri¦').filter(
    ({ label }) => label === 'string',
  );
  assert.equal(found?.result.endsWith('"type": "string'), true);
});

test('IDL: what may begin where the cursor is', () => {
  const idl = (text: string) => labels(text, 'a.avdl');
  assert.ok(idl('¦').includes('namespace') && idl('¦').includes('record'));
  assert.ok(idl('protocol P { ¦ }').includes('record') && idl('protocol P { ¦ }').includes('void'));
  const types = idl('protocol P { error E { } record R { st¦ } }');
  assert.ok(
    types.includes('string') && types.includes('E') && types.includes('timestamp_ms') && !types.includes('record'),
  );
  assert.deepEqual(idl('protocol P { @¦ record R { } }'), [
    'namespace',
    'aliases',
    'order',
    'logicalType',
    'java-class',
  ]);
  assert.deepEqual(idl('protocol P { import ¦ }'), ['idl', 'protocol', 'schema']);
  assert.deepEqual(idl('protocol P { error E { } record R { } void get() throws ¦ }'), ['E']);
  assert.deepEqual(idl('protocol P { void get() ¦; }'), ['throws', 'oneway']);
  assert.ok(idl('protocol P { void get(¦) }').includes('string'));
  assert.ok(idl('protocol P { record R { array<¦> a; } }').includes('string'));
  assert.ok(idl('protocol P { record R { union { null, ¦ } a; } }').includes('string'));
  assert.ok(idl('protocol P { record R { @order("ignore") ¦ } }').includes('string'));
  assert.deepEqual(idl('protocol P { enum K { A, B } record R { K k = ¦; } }'), ['A', 'B']);
  assert.deepEqual(idl('protocol P { record R { string ¦ } }'), []);
  assert.deepEqual(idl('protocol P { enum K { ¦ } }'), []);
  assert.deepEqual(idl('protocol P { // ¦\n }'), []);
  assert.deepEqual(idl('protocol P { /* ¦ */ }'), []);
});

test('each is of a kind that editors have a sign for', () => {
  const kindOf = (marked: string, label: string, path = 'a.avsc') =>
    language.complete(opened({ [path]: marked }).cursor).find((each) => each.label === label)?.kind;
  const field = (rest: string) => `{"type": "record", "name": "x.A", "fields": [{"name": "a", ${rest}}]}`;
  const symbols = '{"type": "enum", "name": "E", "symbols": ["ON"]}';
  assert.equal(kindOf('{"¦"}', 'type'), 'property');
  assert.equal(kindOf(field('"type": "¦"'), 'long'), 'keyword');
  assert.equal(kindOf(field('"type": "¦"'), 'A'), 'message');
  assert.equal(kindOf(field('"type": ¦'), '["null", …]'), 'snippet');
  assert.equal(kindOf(field(`"type": ${symbols}, "default": "¦"`), 'ON'), 'enum-member');
  assert.equal(kindOf(field('"type": {"type": "int", "logicalType": "¦"}'), 'date'), 'value');
  assert.equal(kindOf('protocol P {\n  ¦\n}', 'record', 'a.avdl'), 'keyword');
  assert.equal(kindOf('@¦', 'aliases', 'a.avdl'), 'property');
});
