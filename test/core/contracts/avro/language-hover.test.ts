import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Files, treeOf } from './compare.ts';
import { language, opened } from './cursor.ts';

const hover = (before: Files | undefined, after: Files, profile = 'avro:BACKWARD') => {
  const { cursor } = opened(after);
  const versions = before === undefined ? [] : [{ name: 'main', tree: treeOf(before, '/old') }];
  const request = { before: versions, after: cursor.tree, profile, beyond: true };
  const { markdown = '', verdict = '' } = language.hover(cursor, request) ?? {};
  return `${markdown}\n\n${verdict}`.trim();
};

const record = (...fields: readonly string[]): string =>
  `{"type": "record", "name": "Order", "namespace": "shop", "fields": [${fields.join(', ')}]}`;
const id = '{"name": "id", "type": "long"}';
const of = (...fields: readonly string[]): Files => ({ 'order.avsc': record(...fields) });

test('an element in full', () => {
  assert.equal(
    hover(
      undefined,
      of(
        '{"name": "to¦tal", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}], "default": null, "order": "descending", "aliases": ["sum"], "doc": "What is **paid**."}',
      ),
    ),
    [
      '```\nfield shop.Order.total: bytes (decimal 9, 2) or null\n```',
      'default `null` · order descending · alias `sum`',
      'What is **paid**.',
    ].join('\n\n'),
  );
});

test('the words of the finding at the element', () => {
  assert.match(
    hover(of(id), of(id, '{"name": "no¦te", "type": "string"}')),
    /no default\n\nData written before has no field note/,
  );
  assert.match(
    hover(of(id), of(id.replace('"long"', '"str¦ing"'))),
    /Data written before holds long here, which cannot be read as string/,
  );
  const { 'order.avsc': text = '' } = of(id, '{"name": "note", "type": "string"}');
  assert.match(
    hover(of(id), { 'order.avsc': text.replace('"Order"', '"¦Order"') }),
    /Data written before has no field note/,
  );
});

test('unchanged, new, renamed and changed elements', () => {
  const said = (before: string, after: string) => hover(of(before), of(after)).split('\n\n').at(-1);
  assert.equal(said(id, id.replace('id', '¦id')), 'Unchanged since main.');
  assert.equal(
    hover(of(id), of(id, '{"name": "¦note", "type": "string", "default": ""}')).split('\n\n').at(-1),
    'New since main, with a default: data written before reads as `""`. Readers that still use the old schema skip it.',
  );
  assert.equal(
    said(id, '{"name": "¦number", "type": "long", "aliases": ["id"]}'),
    'Called `id` in main: by the alias the new schema reads data written before. Readers that still use the old schema do not find `id` in new data and fail.',
  );
  assert.equal(
    said('{"name": "n", "type": "int"}', '{"name": "n¦", "type": "long"}'),
    'Was int in main. The new schema reads data written before; readers that still use the old schema cannot read all new data.',
  );
  assert.match(
    said(id, id.replace('"name"', '"doc": "Number", "name"').replace('id', '¦id')) ?? '',
    /^Only what is said about it/,
  );
  assert.match(hover(undefined, of(id.replace('id', '¦id'))), /no default$/);
});

test('a type: what came and went', () => {
  const note = '{"name": "note", "type": "string", "default": ""}';
  const { 'order.avsc': text = '' } = of(id, note);
  assert.equal(
    hover(of(id), { 'order.avsc': text.replace('"Order"', '"¦Order"') }),
    '```\nrecord shop.Order\n```\n\n2 fields\n\nSince main `note` is new. The new schema reads data written before, and readers that still use the old schema read new data.',
  );
  const { 'order.avsc': same = '' } = of(id);
  assert.match(hover(of(id), { 'order.avsc': same.replace('"Order"', '"¦Order"') }), /Unchanged since main\.$/);
  assert.match(hover({}, { 'order.avsc': same.replace('"Order"', '"¦Order"') }), /New since main\.$/);
});

test('a symbol: what old readers make of it', () => {
  const state = (symbols: string, more = '') => ({
    'state.avsc': `{"type": "enum", "name": "State", "symbols": [${symbols}]${more}}`,
  });
  assert.match(
    hover(state('"A"', ', "default": "A"'), state('"A", "B¦"', ', "default": "A"')),
    /^```\nsymbol State\.B\n```\n\nNew since main: readers that still use the old schema take their default `A` for it\.$/,
  );
  assert.match(hover(state('"A"'), state('"A", "B¦"')), /they fail on the first value that holds it/);
  assert.match(hover(state('"A"'), state('"A¦", "B"')), /Unchanged since main\.$/);
});

test('a reference tells of the type, wherever that stands; one that leads nowhere says so', () => {
  const line = { 'line.avsc': '{"type": "record", "name": "shop.Line", "doc": "One line.", "fields": []}' };
  const use = record('{"name": "line", "type": "Li¦ne"}');
  assert.match(hover(undefined, { ...line, 'order.avsc': use }), /record shop\.Line[\s\S]*One line\./);
  assert.match(hover(undefined, { 'order.avsc': use }), /shop\.Line: not defined/);
});

test('IDL, its messages and parameters', () => {
  const idl = 'protocol P { /** Gets one. */ string ge¦t(int id = 1); }';
  assert.equal(hover(undefined, { 'p.avdl': idl }), '```\nmessage P.get\n```\n\nGets one.');
  const parameter = 'protocol P { string get(int i¦d = 1); }';
  assert.match(hover({ 'p.avdl': 'protocol P { }' }, { 'p.avdl': parameter }), /parameter P\.get\.id: int/);
});

test('half typed: what can be read is told', () => {
  const half = `{"type": "record", "name": "Order", "namespace": "shop", "fields": [{"name": "i¦d", "type": "long"}, {"na`;
  assert.match(hover(of(id), { 'order.avsc': half }), /field shop\.Order\.id: long[\s\S]*Unchanged since main/);
});
