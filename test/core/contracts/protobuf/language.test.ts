import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorIn, language, placesText, requestOf, treeOf } from './support.ts';

const common = `syntax = "proto3";
package shop.v1;
import "google/protobuf/descriptor.proto";
enum State {
  STATE_NONE = 0;
  STATE_PAID = 1;
}
message Money { int64 units = 1; }
extend google.protobuf.FieldOptions { Money limit = 50001; }
`;

const order = `syntax = "proto3";
package shop.v1;
import "common.proto";
message Order {
  // The total,
  // with tax.
  Money total = 1 [deprecated = true, (shop.v1.limit) = { units: 3 }];
  map<string, shop.v1.Money> parts = 2;
  repeated State states = 3;
  message Line { Order order = 1; }
  oneof pay { Line line = 4; }
}
service Orders { rpc Get(Order) returns (stream Order.Line); }
`;

const at = (text: string, more: Record<string, string> = {}) =>
  cursorIn({ 'common.proto': common, 'order.proto': text, ...more });
const orderAt = (needle: string) => at(order.replace(needle.replace('|', ''), needle));
const defined = (needle: string) => {
  const cursor = orderAt(needle);
  return placesText(cursor.tree, language.definition(cursor)).map((place) => place.replace(/@\d+$/, ''));
};

test('definitions of types, imports, options, values and rpc types', () => {
  assert.deepEqual(defined('Mon|ey total'), ['common.proto Money']);
  assert.deepEqual(defined('shop.v1.Mon|ey>'), ['common.proto Money']);
  assert.deepEqual(defined('"com|mon.proto"'), ['common.proto ']);
  assert.deepEqual(defined('Order.Li|ne)'), ['order.proto Line']);
  assert.deepEqual(defined('Ord|er.Line)'), ['order.proto Order']);
  assert.deepEqual(defined('(shop.v1.li|mit)'), ['common.proto limit']);
  assert.deepEqual(defined('un|its: 3'), ['common.proto units']);
  assert.deepEqual(defined('depre|cated'), []);
});

test('a half-typed field has a definition too', () => {
  const cursor = at('syntax = "proto3";\npackage shop.v1;\nimport "common.proto";\nmessage A {\n  Mon|ey\n}\n');
  assert.deepEqual(placesText(cursor.tree, language.definition(cursor)), ['common.proto Money@138']);
});

test('references are found across files, only where the name means the element', () => {
  const other = 'syntax = "proto3";\nmessage Money { Money self = 1; }\n';
  const cursor = at(order.replace('Money total', 'Mon|ey total'), { 'other.proto': other });
  assert.deepEqual(placesText(cursor.tree, language.references(cursor, true)), [
    'common.proto Money@138',
    'common.proto Money@203',
    'order.proto Money@108',
    'order.proto Money@199',
  ]);
});

test('symbols nest, and say number and type', () => {
  const tree = treeOf({ 'common.proto': common, 'order.proto': order });
  const text = (symbols: ReturnType<typeof language.symbols>): readonly unknown[] =>
    symbols.map(({ name, detail, kind, children }) =>
      children.length === 0 ? `${kind} ${name} ${detail}`.trim() : [`${kind} ${name}`, ...text(children)],
    );
  assert.deepEqual(text(language.symbols(tree, 'order.proto')), [
    'package shop.v1',
    [
      'message Order',
      'field total 1: Money',
      'field parts 2: map<string, shop.v1.Money>',
      'field states 3: repeated State',
      ['message Line', 'field order 1: Order'],
      ['field pay', 'field line 4: Line'],
    ],
    ['service Orders', 'method Get Order → stream Order.Line'],
  ]);
});

test('a hover says what the field is and what became of it', () => {
  const now = order.replace('Money total = 1', 'Money to|tal = 1');
  const hover = (before: Record<string, string>) => {
    const cursor = at(now);
    const { markdown = '', verdict = '' } = language.hover(cursor, requestOf(before, cursor.tree)) ?? {};
    return `${markdown}\n\n${verdict}`.trim();
  };
  const same = hover({ 'common.proto': common, 'order.proto': order });
  assert.match(same, /shop\.v1\.Money total = 1;/);
  assert.match(same, /Field 1 of `shop.v1.Order`, explicit presence/);
  assert.match(same, /\*\*Deprecated\.\*\*/);
  assert.match(same, /The total,\nwith tax\./);
  assert.match(same, /Unchanged since main\./);
  assert.match(
    hover({ 'common.proto': common, 'order.proto': order.replace(/ {2}Money total.*\n/, '') }),
    /New since main: old readers ignore it/,
  );
  assert.match(
    hover({ 'common.proto': common, 'order.proto': order.replace('Money total', 'string total') }),
    /Since main:\*\* Field 1 \("total"\) changes its type from string to/,
  );
  assert.match(
    hover({ 'common.proto': common, 'order.proto': order.replace('deprecated = true, ', '') }),
    /Changed since main; buf has nothing against it\./,
  );
});

test('a rename goes through all files, and leaves out what only has the same name', () => {
  const cursor = orderAt('Mon|ey total');
  assert.deepEqual(language.renameable(cursor), { span: { start: 108, end: 113 }, name: 'Money' });
  const edits = language.rename(cursor, 'Amount');
  assert.ok(!('refused' in edits));
  assert.equal(edits.length, 4);
  assert.ok(edits.every(({ newText }) => newText === 'Amount'));
});

test('a rename is refused where it cannot be', () => {
  const refused = (needle: string, name: string) => {
    const answer = language.rename(orderAt(needle), name);
    return 'refused' in answer ? answer.refused : `${answer.length} edits`;
  };
  assert.match(refused('Mon|ey total', '1st'), /is no name/);
  assert.match(refused('Mon|ey total', 'State'), /There is a `shop.v1.State` already/);
  assert.match(refused('Mon|ey total', 'string'), /built-in/);
  assert.match(refused('map<str|ing', 'x'), /`string` is built in/);
  assert.match(refused('depre|cated', 'x'), /belongs to protobuf itself/);
  assert.match(refused('shop.v|1.Money', 'v2'), /not packages/);
  assert.match(refused('Money to|tal', 'parts'), /already/);
  assert.match(refused('Mon|ey total', 'Line'), /something else/);
  assert.equal(refused('Money to|tal', 'sum'), '1 edits');
});

test('semantic tokens are sorted, within lines, and never over another', () => {
  const texts = [order, common, '/* a\r\n b */ message A { // c\n string', 'edition = "2024"; export message B {}'];
  for (const text of texts) {
    for (let end = 0; end <= text.length; end += 7) {
      const part = text.slice(0, end);
      let behind = 0;
      for (const { span } of language.tokens({ path: '/a.proto', text: part })) {
        assert.ok(span.start >= behind && span.end > span.start, part);
        assert.doesNotMatch(part.slice(span.start, span.end), /[\r\n]/);
        behind = span.end;
      }
    }
  }
});

test('semantic tokens name what they are', () => {
  const text = 'message A {\n  option deprecated = true;\n  repeated B b = 1 [deprecated = true];\n}\n';
  const tokens = language.tokens({ path: '/a.proto', text });
  assert.deepEqual(
    tokens.map(({ span, type, modifiers }) => [text.slice(span.start, span.end), type, ...modifiers].join(' ')),
    [
      'message keyword',
      'A type declaration deprecated',
      'option keyword',
      'deprecated decorator',
      'true keyword',
      'repeated modifier',
      'B type',
      'b property declaration deprecated',
      '1 number',
      'deprecated decorator',
      'true keyword',
    ],
  );
});

test('everything answers on any beginning of a file', () => {
  for (let end = 0; end <= order.length; end++) {
    const tree = treeOf({ 'common.proto': common, 'order.proto': order.slice(0, end) });
    const cursor = { tree, path: 'order.proto', offset: end };
    language.symbols(tree, 'order.proto');
    language.definition(cursor);
    language.renameable(cursor);
    language.complete(cursor);
  }
});
