import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContractSymbol } from '#core/contracts/language.ts';
import { type Files, treeOf } from './compare.ts';
import { everywhere, language, opened, shown } from './cursor.ts';

const order = `{
  "type": "record", "name": "Order", "namespace": "shop", "doc": "What was bought.",
  "fields": [
    {"name": "id", "type": {"type": "fixed", "name": "Id", "size": 16}},
    {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "PAID"], "default": "NEW"}, "default": "NEW"},
    {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null, "aliases": ["time"]},
    {"name": "lines", "type": {"type": "array", "items": "shop.line.Line"}},
    {"name": "next", "type": ["null", "Order"], "default": null}
  ]
}`;
const line = `{"type": "record", "name": "shop.line.Line", "fields": [
  {"name": "order", "type": "shop.Order"}, {"name": "amount", "type": "int", "doc": "Deprecated, use price"}]}`;
const idl = `// lines
@namespace("shop") protocol Shop {
  import schema "order.avsc";
  /** Fails. */ error Failure { string why = "?"; }
  enum Kind { A, B } = A;
  record Part { Kind kind = "B"; array<Order> orders; decimal(9, 2)? price = null; }
  Order get(string id) throws Failure;
  void ping() oneway;
}
`;
const files: Files = { 'order.avsc': order, 'line.avsc': line, 'shop.avdl': idl };

const tree = ({ name, detail, kind, children }: ContractSymbol, indent = ''): readonly string[] => [
  `${indent}${kind} ${name}: ${detail}`,
  ...children.flatMap((child) => tree(child, `${indent}  `)),
];

test('symbols: a record with the types inside it', () => {
  assert.deepEqual(
    language.symbols(treeOf(files), 'order.avsc').flatMap((one) => tree(one)),
    [
      'message Order: record in shop',
      '  field id: fixed shop.Id',
      '    message Id: fixed of 16 bytes in shop',
      '  field state: enum shop.State',
      '    enum State: enum in shop',
      '      enum-member NEW: ',
      '      enum-member PAID: ',
      '  field at: long (timestamp-millis) or null',
      '  field lines: array of Line',
      '  field next: Order or null',
    ],
  );
});

test('symbols: a protocol', () => {
  assert.deepEqual(
    language.symbols(treeOf(files), 'shop.avdl').flatMap((one) => tree(one)),
    [
      'service Shop: shop',
      '  message Failure: error in shop',
      '    field why: string',
      '  enum Kind: enum in shop',
      '    enum-member A: ',
      '    enum-member B: ',
      '  message Part: record in shop',
      '    field kind: Kind',
      '    field orders: array of Order',
      '    field price: bytes (decimal 9, 2) or null',
      '  method get: (id: string) Order',
      '  method ping: () one-way',
    ],
  );
});

const define = (marked: Files): readonly string[] => {
  const { cursor, files: plain } = opened(marked);
  return shown(plain, language.definition(cursor));
};

test('definition: in the file, across files, of a symbol, of an import', () => {
  assert.deepEqual(define({ ...files, 'order.avsc': order.replace('"null", "Order"', '"null", "Or¦der"') }), [
    'order.avsc:2 "Order"',
  ]);
  assert.deepEqual(define({ ...files, 'order.avsc': order.replace('shop.line.Line', 'shop.li¦ne.Line') }), [
    'line.avsc:1 "shop.line.Line"',
  ]);
  assert.deepEqual(define({ ...files, 'line.avsc': line.replace('shop.Order', 'shop.Ord¦er') }), [
    'order.avsc:2 "Order"',
  ]);
  assert.deepEqual(define({ ...files, 'shop.avdl': idl.replace('array<Order', 'array<Or¦der') }), [
    'order.avsc:2 "Order"',
  ]);
  assert.deepEqual(define({ ...files, 'shop.avdl': idl.replace('throws Failure', 'throws ¦Failure') }), [
    'shop.avdl:4 Failure',
  ]);
  assert.deepEqual(define({ ...files, 'shop.avdl': idl.replace('kind = "B"', 'kind = "B¦"') }), ['shop.avdl:5 B']);
  assert.deepEqual(define({ ...files, 'shop.avdl': idl.replace('= A;', '= A¦;') }), ['shop.avdl:5 A']);
  assert.deepEqual(define({ ...files, 'shop.avdl': idl.replace('order.avsc', 'order¦.avsc') }), ['order.avsc:1 ']);
  assert.deepEqual(
    define({
      ...files,
      'order.avsc': order.replace('"default": "NEW"}, "default": "NEW"', '"default": "NEW"}, "default": "N¦EW"'),
    }),
    ['order.avsc:5 "NEW"'],
  );
});

test('definition: nothing at a primitive, a keyword, blank, or where nobody defines the name', () => {
  assert.deepEqual(
    define({ 'a.avsc': '{"type": "record", "name": "A", "fields": [{"name": "a", "type": "in¦t"}]}' }),
    [],
  );
  assert.deepEqual(define({ 'a.avsc': '{"type": "rec¦ord", "name": "A", "fields": []}' }), []);
  assert.deepEqual(define({ 'a.avsc': '¦' }), []);
  assert.deepEqual(define({ 'a.avsc': '["int", "Gon¦e"]' }), []);
  assert.deepEqual(language.definition({ tree: new Map(), path: 'a.avsc', offset: 3 }), []);
});

test('references: of a type everywhere, of fields and symbols in defaults', () => {
  const all = (marked: Files, withDeclaration = true) => {
    const { cursor, files: plain } = opened(marked);
    return shown(plain, language.references(cursor, withDeclaration));
  };
  assert.deepEqual(all({ ...files, 'order.avsc': order.replace('"Order"', '"Or¦der"') }), [
    'order.avsc:2 "Order"',
    'order.avsc:8 "Order"',
    'line.avsc:2 "shop.Order"',
    'shop.avdl:6 Order',
    'shop.avdl:7 Order',
  ]);
  assert.deepEqual(all({ ...files, 'line.avsc': line.replace('"shop.line.Line"', '"shop.line.Lin¦e"') }, false), [
    'order.avsc:7 "shop.line.Line"',
  ]);
  assert.deepEqual(all({ ...files, 'order.avsc': order.replace('["NEW"', '["NE¦W"') }), [
    'order.avsc:5 "NEW"',
    'order.avsc:5 "NEW"',
    'order.avsc:5 "NEW"',
  ]);
  assert.deepEqual(
    all({
      'a.avsc': '{"type": "record", "name": "A", "fields": [{"name": "¦x", "type": "int"}]}',
      'b.avsc':
        '{"type": "record", "name": "B", "fields": [{"name": "a", "type": ["A", "null"], "default": {"x": 1}}]}',
    }),
    ['a.avsc:1 "x"', 'b.avsc:1 "x"'],
  );
  assert.deepEqual(all({ 'a.avsc': '["i¦nt"]' }), []);
});

test('types that lead back to themselves', () => {
  const cyclic: Files = {
    'a.avsc': '{"type": "record", "name": "A", "fields": [{"name": "b", "type": "B"}]}',
    'b.avsc': '{"type": "record", "name": "B", "fields": [{"name": "a", "type": ["null", "A"], "default": null}]}',
  };
  assert.deepEqual(define({ ...cyclic, 'a.avsc': (cyclic['a.avsc'] ?? '').replace('"B"', '"B¦"') }), ['b.avsc:1 "B"']);
  assert.equal(language.symbols(treeOf(cyclic), 'a.avsc').length, 1);
  const { cursor } = opened({ ...cyclic, 'a.avsc': (cyclic['a.avsc'] ?? '').replace('"b"', '"b¦"') });
  assert.match(language.hover(cursor, { before: [], after: cursor.tree })?.markdown ?? '', /field A\.b: record B/);
});

test('copies of a type: its own file is meant, all of them are uses', () => {
  const id = '{"type": "fixed", "name": "Id", "size": 16}';
  const copies: Files = { 'a.avsc': `[${id}, {"type": "array", "items": "I¦d"}]`, 'b.avsc': id };
  assert.deepEqual(define(copies), ['a.avsc:1 "Id"']);
  const { cursor, files: plain } = opened(copies);
  assert.deepEqual(shown(plain, language.references(cursor, true)), [
    'a.avsc:1 "Id"',
    'a.avsc:1 "Id"',
    'b.avsc:1 "Id"',
  ]);
});

const tokens = (path: string, text: string): readonly string[] =>
  language
    .tokens({ path: `/repo/${path}`, text })
    .map(({ span, type, modifiers }) => [text.slice(span.start, span.end), type, ...modifiers].join(' '));

test('tokens of JSON: names alone', () => {
  assert.deepEqual(tokens('line.avsc', line), [
    'shop.line.Line type declaration',
    'order property declaration',
    'shop.Order type',
    'amount property declaration deprecated',
    'int type',
  ]);
});

test('tokens of IDL: everything', () => {
  assert.deepEqual(
    tokens(
      'a.avdl',
      '/* two\r\n lines */ @namespace("x") protocol P {\r\n  enum K { A } = A; // end\r\n  record R { K? k = null; int a = 1, b; }\r\n}',
    ),
    [
      '/* two comment',
      'lines */ comment',
      '@ decorator',
      'namespace decorator',
      '"x" string',
      'protocol keyword',
      'P namespace declaration',
      'enum keyword',
      'K enum declaration',
      'A enumMember declaration',
      'A enumMember',
      '// end comment',
      'record keyword',
      'R type declaration',
      'K enum',
      'k property declaration',
      'null keyword',
      'int type',
      'a property declaration',
      '1 number',
      'b property declaration',
    ],
  );
});

test('a BOM and CRLF move nothing', () => {
  const text = `\ufeff${order.replaceAll('\n', '\r\n')}`;
  assert.deepEqual(define({ ...files, 'order.avsc': text.replace('"null", "Order"', '"null", "Or¦der"') }), [
    'order.avsc:2 "Order"',
  ]);
  assert.ok(tokens('order.avsc', text).includes('Order type declaration'));
});

test('at every place of every beginning of every file something answers, in bounds and in order', () => {
  for (const cursor of everywhere(files)) {
    const { tree: now, path } = cursor;
    const content = now.get(path);
    if (content === undefined) continue;
    const { length } = content.text;
    const places = [...language.definition(cursor), ...language.references(cursor, true)];
    for (const place of places) assert.ok(place.span.end <= (now.get(place.path)?.text.length ?? -1));
    language.hover(cursor, { before: [{ name: 'main', tree: treeOf(files) }], after: now });
    language.renameable(cursor);
    language.rename(cursor, 'other');
    for (const { replace } of language.complete(cursor))
      assert.ok(replace.start <= cursor.offset && cursor.offset <= replace.end && replace.end <= length);
    let end = 0;
    for (const { span } of language.tokens(content)) {
      assert.ok(span.start >= end && span.end > span.start && span.end <= length);
      end = span.end;
    }
    for (const { span, nameSpan } of language.symbols(now, path))
      assert.ok(span.start <= nameSpan.start && nameSpan.end <= span.end && span.end <= length);
  }
});
