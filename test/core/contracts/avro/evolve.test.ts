import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avro } from '#core/contracts/formats/avro/index.ts';
import { evolving, type Texts } from '../evolve.ts';

const { expanded, refused, expand, standing, contracted, told } = evolving(avro);

const path = 'order.avsc';
const file = (...fields: readonly string[]): Texts => ({
  [path]: `{
  "type": "record",
  "name": "Order",
  "namespace": "shop",
  "fields": [
    ${fields.join(',\n    ')}
  ]
}
`,
});
const id = '{"name": "id", "type": "string"}';
const long = '{"name": "total", "type": "long"}';
const total = { path, element: 'shop.Order.total' };
const use = (name: string) => `"doc": "Deprecated: use ${name}. Remove after 2027-02-26."`;

test('a field as it is gets one of the same type beside it, null where nobody sets it', () => {
  const given = file(id, long);
  const { step, files } = expanded(given, given, { path, offset: (given[path] ?? '').indexOf('"long"') });
  assert.deepEqual(
    files,
    file(
      id,
      `{"name": "total", ${use('total_v2')}, "type": "long"}`,
      '{"name": "total_v2", "type": ["null", "long"], "default": null}',
    ),
  );
  assert.deepEqual(step.evolution, { ...total, replacement: 'total_v2' });
  assert.deepEqual([step.changed, step.added], [false, 'long']);
  assert.deepEqual(told(given, files, 'avro:FULL'), []);
});

test('a changed type becomes a field of its own beside the old one', () => {
  const before = file(long, id);
  const { step, files } = expanded(before, file('{"name": "total", "type": ["string", "null"]}', id), total);
  assert.deepEqual(
    files,
    file(
      `{"name": "total", ${use('total_v2')}, "type": "long"}`,
      '{"name": "total_v2", "type": ["null", "string"], "default": null}',
      id,
    ),
  );
  assert.equal(step.changed, true);
  assert.deepEqual(told(before, files, 'avro:FULL'), []);
});

test('a renamed field keeps its new name and loses the alias while both stand', () => {
  const before = file(id, long);
  const after = file(id, '{"name": "amount", "type": "long", "aliases": ["total"]}');
  const wanted = file(
    id,
    `{"name": "total", ${use('amount')}, "type": "long"}`,
    '{"name": "amount", "type": ["null", "long"], "default": null}',
  );
  assert.deepEqual(expanded(before, after, total).files, wanted);
  assert.deepEqual(expanded(before, after, { path, element: 'shop.Order.amount' }).files, wanted);
  assert.deepEqual(told(before, wanted, 'avro:FULL'), []);
  const others = file(id, '{"name": "amount", "aliases": ["total", "sum"], "type": "long", "default": 0}');
  assert.match(
    expanded(before, others, total).files[path] ?? '',
    /"aliases": \["sum"\], "type": "long", "default": 0\}/,
  );
});

test('one field gone and one come are the same only where name or alias say so', () => {
  const replacement = (old: string, field: string) => {
    const element = `shop.Order.${JSON.parse(old).name}`;
    const { step, files } = expanded(file(id, old), file(id, field), { path, element });
    assert.deepEqual(told(file(id, old), files, 'avro:FULL'), []);
    return step.evolution.replacement;
  };
  assert.equal(replacement(long, '{"name": "totalCents", "type": "int", "default": 0}'), 'totalCents');
  assert.equal(replacement(long, '{"name": "sum", "aliases": ["total"], "type": "long"}'), 'sum');
  assert.equal(replacement(long, '{"name": "sum", "type": "long", "default": 0}'), undefined);
  assert.equal(replacement(long, '{"name": "photo", "type": "bytes", "default": ""}'), undefined);
});

test('a removed field stands again where it stood', () => {
  const paid = '{"name": "paid", "type": "boolean"}';
  const before = file(id, long, paid);
  const { step, files } = expanded(before, file(id, paid), total);
  const doc = '"doc": "Deprecated: remove after 2027-02-26."';
  assert.deepEqual(files, file(id, `{"name": "total", ${doc}, "type": "long"}`, paid));
  assert.equal(step.evolution.replacement, undefined);
  assert.deepEqual(told(before, files, 'avro:FULL'), []);
});

test('documentation is kept, and lines are laid out as the field has them', () => {
  const given = file(`{
      "name": "total",
      "doc": "In cents.",
      "type": "long",
      "default": 0
    }`);
  const { files } = expanded(given, given, total);
  assert.deepEqual(
    files,
    file(
      `{
      "name": "total",
      "doc": "In cents. Deprecated: use total_v2. Remove after 2027-02-26.",
      "type": "long",
      "default": 0
    }`,
      `{
      "name": "total_v2",
      "doc": "In cents.",
      "type": "long",
      "default": 0
    }`,
    ),
  );
});

const money = '{"type": "record", "name": "Money", "fields": [{"name": "units", "type": "long"}]}';

test('a type that a field defines is defined once, before and after', () => {
  const given = file(`{"name": "total", "type": ${money}}`);
  const { step, files } = expanded(given, given, total);
  assert.match(files[path] ?? '', /"total_v2", "type": \["null", "shop\.Money"\], "default": null/);
  assert.deepEqual(told(given, files, 'avro:FULL'), []);
  const done = contracted(files, step.evolution);
  assert.deepEqual(done, file(`{"name": "total_v2", "type": ["null", ${money}], "default": null}`));
  assert.deepEqual(told(files, done, 'avro:BACKWARD'), []);

  const nullable = file(`{"name": "total", "type": ["null", ${money}]}`);
  const changed = expanded(given, nullable, total).files;
  assert.deepEqual(told(given, changed, 'avro:FULL'), []);
  assert.match(changed[path] ?? '', /"total_v2"/);
  const gone = expanded(given, file('{"name": "total", "type": "string"}'), total).files;
  assert.deepEqual(told(given, gone, 'avro:FULL'), []);
});

test('fields of nested records, line ends and comments stay as they are', () => {
  const line = '{"type": "record", "name": "Line", "fields": [{"name": "price", "type": "long"} /* cents */]}';
  const given = { [path]: (file(`{"name": "line", "type": ${line}}`)[path] ?? '').replaceAll('\n', '\r\n') };
  const { files } = expanded(given, given, { path, element: 'shop.Line.price' });
  assert.match(files[path] ?? '', /"price", "doc": [^}]*\}, \{"name": "price_v2"[^}]*\} \/\* cents \*\//);
  assert.doesNotMatch(files[path] ?? '', /(^|[^\r])\n/);
  assert.deepEqual(told(given, files, 'avro:FULL'), []);
});

test('what cannot be evolved says why', () => {
  const given = file(id, long);
  assert.equal(expand(given, given, { path, offset: 2 }), undefined);
  assert.match(refused(file(id), given, total), /Nobody uses total yet/);
  const deprecated = file(id, '{"name": "total", "doc": "Deprecated.", "type": "long"}');
  assert.match(refused(given, deprecated, total), /deprecated already/);
  const typed = file('{"name": "m", "type": ["null", "shop.Money"]}', `{"name": "total", "type": "shop.Money"}`);
  const elsewhere = { ...typed, 'money.avsc': money.replace('"name": "Money"', '"name": "shop.Money"') };
  assert.match(
    refused(elsewhere, file('{"name": "total", "type": "long"}'), total),
    /would not be read any more: Undefined schema: shop\.Money/,
  );
});

test('the removal breaks only old readers, where the field has no default', () => {
  const before = file(id, long);
  const { step, files } = expanded(before, before, total);
  assert.equal(standing(files, step.evolution).kind, 'both');
  const done = contracted(files, step.evolution);
  assert.deepEqual(done, file(id, '{"name": "total_v2", "type": ["null", "long"], "default": null}'));
  assert.deepEqual(standing(done, step.evolution), { kind: 'gone' });
  assert.deepEqual(told(files, done, 'avro:BACKWARD'), []);
  assert.deepEqual(told(files, done, 'avro:FULL'), ['avro/reader-field-missing-default-value']);
  const last = contracted(file(id, long), total);
  assert.deepEqual(last, file(id));
  assert.equal(standing(file(id, long), { ...total, replacement: 'amount' }).kind, 'broken');
  assert.equal(standing({}, total).kind, 'broken');
});

const idl = (...lines: readonly string[]): Texts => ({
  'order.avdl': `@namespace("shop")\nprotocol Orders {\n  record Order {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n}\n`,
});
const inIdl = { path: 'order.avdl', element: 'shop.Order.total' };

test('IDL is evolved in its own words', () => {
  const before = idl('string id;', '/** In cents. */', 'long total;');
  const { step, files } = expanded(before, idl('string id;', '/** In cents. */', 'string total;'), inIdl);
  assert.deepEqual(
    files,
    idl(
      'string id;',
      '/** In cents. Deprecated: use total_v2. Remove after 2027-02-26. */',
      'long total;',
      '/** In cents. */',
      'string? total_v2 = null;',
    ),
  );
  assert.deepEqual(told(before, files, 'avro:FULL'), []);
  const done = contracted(files, step.evolution);
  assert.deepEqual(done, idl('string id;', '/** In cents. */', 'string? total_v2 = null;'));
  const plain = idl('string id;', 'long @order("ignore") total = 0;');
  const { files: both } = expanded(plain, plain, inIdl);
  assert.deepEqual(
    both,
    idl(
      'string id;',
      '/** Deprecated: use total_v2. Remove after 2027-02-26. */',
      'long @order("ignore") total = 0;',
      'long @order("ignore") total_v2 = 0;',
    ),
  );
  const removed = expanded(plain, idl('string id;'), inIdl).files;
  assert.deepEqual(told(plain, removed, 'avro:FULL'), []);
  const shared = idl('long total, other;');
  assert.match(refused(shared, shared, inIdl), /write them apart/);
});
