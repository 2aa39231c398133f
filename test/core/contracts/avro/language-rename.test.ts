import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Files } from './compare.ts';
import { applied, language, opened } from './cursor.ts';

const rename = (marked: Files, name: string): Files | string => {
  const { cursor, files } = opened(marked);
  return applied(files, language.rename(cursor, name));
};

const line = '{"type": "record", "name": "shop.line.Line", "fields": [{"name": "order", "type": "shop.Order"}]}';
const order =
  '{"type": "record", "name": "Order", "namespace": "shop", "fields": [{"name": "next", "type": ["null", "Order"], "default": null}]}';

test('a type everywhere, each place with the namespace that it says', () => {
  assert.deepEqual(
    rename(
      {
        'order.avsc': order.replace('"Order"', '"Or¦der"'),
        'line.avsc': line,
        'p.avdl': '@namespace("shop") protocol P { record R { Order one; array<shop.Order> more; } }',
      },
      'Purchase',
    ),
    {
      'order.avsc': order.replaceAll('"Order"', '"Purchase"'),
      'line.avsc': line.replace('shop.Order', 'shop.Purchase'),
      'p.avdl': '@namespace("shop") protocol P { record R { Purchase one; array<shop.Purchase> more; } }',
    },
  );
});

test('from a use; only the last part of the name is the name', () => {
  const { cursor } = opened({ 'order.avsc': order, 'line.avsc': line.replace('shop.Order', 'shop.Or¦der') });
  const able = language.renameable(cursor);
  assert.ok('name' in able);
  assert.equal(able.name, 'Order');
  assert.equal(line.slice(able.span.start, able.span.end), 'Order');
});

test('a field and a symbol, with their names in defaults; the preview says what readers need', () => {
  const files = {
    'a.avsc':
      '{"type": "record", "name": "A", "fields": [{"name": "x¦", "type": {"type": "enum", "name": "E", "symbols": ["S"], "default": "S"}, "default": "S"}]}',
    'b.avsc': '{"type": "record", "name": "B", "fields": [{"name": "a", "type": "A", "default": {"x": "S"}}]}',
  };
  const { cursor, files: plain } = opened(files);
  const edits = language.rename(cursor, 'y');
  assert.ok(Array.isArray(edits));
  assert.deepEqual(applied(plain, edits), {
    'a.avsc': plain['a.avsc']?.replace('"x"', '"y"'),
    'b.avsc': plain['b.avsc']?.replace('"x"', '"y"'),
  });
  assert.equal(edits[0]?.label, 'Rename x to y: readers need the alias x for data written before');
  assert.deepEqual(
    rename({ ...plain, 'a.avsc': plain['a.avsc']?.replace('["S', '["S¦') ?? '' }, 'T'),
    Object.fromEntries(Object.entries(plain).map(([path, text]) => [path, text.replaceAll('"S"', '"T"')])),
  );
});

test('IDL: keywords stand between backticks, and stay between them', () => {
  assert.deepEqual(rename({ 'p.avdl': 'protocol P { record R { int a¦; } }' }, 'record'), {
    'p.avdl': 'protocol P { record R { int `record`; } }',
  });
  assert.deepEqual(rename({ 'p.avdl': 'protocol P { record R { int `er¦ror`; } }' }, 'a'), {
    'p.avdl': 'protocol P { record R { int a; } }',
  });
});

test('a message and a protocol', () => {
  assert.deepEqual(
    rename({ 'p.avpr': '{"protocol": "P", "messages": {"g¦et": {"request": [], "response": "null"}}}' }, 'fetch'),
    { 'p.avpr': '{"protocol": "P", "messages": {"fetch": {"request": [], "response": "null"}}}' },
  );
  assert.deepEqual(rename({ 'p.avdl': 'protocol P¦ { }' }, 'Q'), { 'p.avdl': 'protocol Q { }' });
});

test('refused: invalid names, clashes, primitives, what nobody defines, blanks', () => {
  const at = { 'order.avsc': order.replace('"Order"', '"Or¦der"'), 'line.avsc': line };
  assert.match(String(rename(at, '1a')), /no digit first/);
  assert.match(String(rename(at, '')), /letters/);
  assert.match(String(rename(at, 'a b')), /letters/);
  assert.match(String(rename(at, 'other.Order')), /no dots/);
  assert.match(String(rename(at, 'string')), /means something else/);
  assert.match(String(rename(at, 'record')), /means something else/);
  assert.match(String(rename({ 'a.avsc': '["int¦"]' }, 'x')), /primitive/);
  assert.match(String(rename({ 'a.avsc': '["Go¦ne"]' }, 'x')), /not defined/);
  assert.match(String(rename({ 'a.avsc': '[ ¦ ]' }, 'x')), /no name/);
  assert.match(String(rename({ 'p.avdl': 'protocol P { record R¦ {} record S {} }' }, 'S')), /There is S already/);
  assert.match(String(rename({ 'p.avdl': 'protocol P { record R¦ {} }' }, 'date')), /IDL/);
  assert.match(
    String(rename({ 'a.avsc': '{"type": "enum", "name": "E", "symbols": ["A¦", "B"]}' }, 'B')),
    /There is E\.B already/,
  );
  assert.deepEqual(rename(at, 'Order'), { 'order.avsc': order, 'line.avsc': line });
});

test('half typed, with a BOM and CRLF', () => {
  assert.deepEqual(
    rename(
      { 'a.avsc': '\ufeff{"type": "record", "name": "A¦",\r\n "fields": [{"name": "a", "type": ["null", "A"' },
      'B',
    ),
    {
      'a.avsc': '\ufeff{"type": "record", "name": "A¦",\r\n "fields": [{"name": "a", "type": ["null", "A"'
        .replace('A¦', 'B')
        .replace('"A"', '"B"'),
    },
  );
});

test('a namespace: every type of it, in every file; aliases keep the old one', () => {
  const files = {
    'order.avsc':
      '{"type": "record", "name": "Order", "namespace": "sh¦op", "aliases": ["Old", "x.Old"], "fields": [{"name": "next", "type": ["null", "Order", "shop.line.Line"]}]}',
    'line.avsc': line,
    'full.avsc':
      '{"type": "record", "name": "shop.Full", "fields": [{"name": "a", "type": "Order", "default": {"namespace": "shop"}}]}',
    'p.avpr':
      '{"protocol": "P", "namespace": "shop", "types": [], "messages": {"a": {"request": [], "response": "Order"}}}',
    'p.avdl': '@namespace("shop") protocol P { @namespace("other") record R { shop.Order one; } }',
    's.avdl': 'namespace shop; schema Order;',
    'shopping.avsc': '{"type": "fixed", "name": "F", "namespace": "shopping", "size": 1}',
  };
  assert.deepEqual(rename(files, 'store.v2'), {
    'order.avsc':
      '{"type": "record", "name": "Order", "namespace": "store.v2", "aliases": ["shop.Old", "x.Old"], "fields": [{"name": "next", "type": ["null", "Order", "shop.line.Line"]}]}',
    'line.avsc': line.replace('shop.Order', 'store.v2.Order'),
    'full.avsc': files['full.avsc'].replace('shop.Full', 'store.v2.Full'),
    'p.avpr': files['p.avpr'].replace('"shop"', '"store.v2"'),
    'p.avdl': '@namespace("store.v2") protocol P { @namespace("other") record R { store.v2.Order one; } }',
    's.avdl': 'namespace store.v2; schema Order;',
    'shopping.avsc': files['shopping.avsc'],
  });
  assert.match(String(rename(files, 'a..b')), /names with dots between/);
  assert.match(String(rename(files, '1')), /names with dots between/);
  assert.match(
    String(rename({ ...files, 'b.avsc': '{"type": "fixed", "name": "other.Order", "size": 1}' }, 'other')),
    /There is other\.Order already/,
  );
});
