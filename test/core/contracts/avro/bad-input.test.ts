import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, type Files } from './compare.ts';

const samples: Files = {
  'order.avsc': `{
  // the order
  "type": "record", "name": "Order", "namespace": "shop", "aliases": ["Purchase"],
  "fields": [
    {"name": "id", "type": {"type": "fixed", "name": "Id", "size": 16}},
    {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "PAID"], "default": "NEW"}},
    {"name": "lines", "type": {"type": "array", "items": ["null", "Order", {"type": "map", "values": "é\\u0041"}]}, "default": []},
    {"name": "total", "type": ["null", "long"], "default": null, "doc": "Deprecated: 2030-01-01"}
  ]
}`,
  'shop.avpr': `{"protocol": "Shop", "namespace": "shop", "types": [{"type": "error", "name": "E", "fields": []}],
 "messages": {"get": {"request": [{"name": "id", "type": "long", "default": 1}], "response": "shop.Order", "errors": ["E"]}}}`,
  'shop.avdl': `/** doc */ @namespace("shop") protocol Shop {
  import schema "order.avsc";
  record Line { int a = 1, @aliases(["c"]) b; shop.Order? order; union { null, string } s = null; map<array<decimal(4, 2)>> m = {"a": []}; }
  enum Kind { A, B } = A; fixed Hash(16); error Failure { string why; }
  Line get(int id, string x = "q") throws Failure; void ping() oneway;
}`,
};

test('any beginning of any file is read', () => {
  for (const [path, text] of Object.entries(samples))
    for (let end = 0; end <= text.length; end += 1) {
      compare(samples, { ...samples, [path]: text.slice(0, end) }, 'avro:FULL', true);
      compare({ ...samples, [path]: text.slice(0, end) }, samples, 'avro:FULL', true);
    }
});

test('any file with pieces missing is read, and says so', () => {
  let state = 7;
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
  for (const [path, text] of Object.entries(samples))
    for (let count = 0; count < 300; count += 1) {
      const start = random(text.length);
      const cut = text.slice(0, start) + text.slice(start + random(30));
      for (const { place } of compare(samples, { ...samples, [path]: cut }, 'avro:FULL', true).notices)
        if (place?.side === 'after')
          assert.ok(
            place.span.start <= place.span.end &&
              place.span.end <= (place.path === path ? cut : (samples[place.path] ?? '')).length,
          );
    }
});

test('a whole that is half typed keeps what it says of the rest', () => {
  const before = {
    'a.avsc': '{"type":"record","name":"A","fields":[{"name":"x","type":"int"},{"name":"y","type":"int"}]}',
  };
  const after = { 'a.avsc': '{"type":"record","name":"A","fields":[{"name":"x","type":"string"},{"name":"y", "ty' };
  const { findings, notices } = compare(before, after);
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['avro/type-mismatch'],
  );
  assert.ok(notices.length > 0);
});

test('nothing that is missing from a text that breaks off counts as removed', () => {
  const before = {
    'a.avsc': '{"type":"record","name":"A","fields":[{"name":"x","type":"int"},{"name":"y","type":"int"}]}',
  };
  const after = { 'a.avsc': '{"type":"record","name":"A","fields":[{"name":"x","type":"int"},' };
  assert.deepEqual(compare(before, after, 'avro:FULL').findings, []);
});

test('nesting of any depth is refused with words', () => {
  const deep = (text: string, end: string): string => text.repeat(5000) + end;
  for (const [path, text] of [
    ['a.avsc', deep('{"type":"array","items":', '"int"')],
    ['a.avsc', deep('[', '')],
    ['a.avdl', `record A { ${deep('array<', 'int')} x; }`],
    ['a.avdl', `record A { int x = ${deep('[', '')}; }`],
  ] as const) {
    const { notices } = compare({}, { [path]: text });
    assert.ok(
      notices.some(({ message }) => /Nested deeper/.test(message)),
      path,
    );
    assert.ok(notices.length < 5, `${path}: ${notices.length} notices`);
  }
});

test('thousands of records in a row, each in the next', () => {
  const chain = (type: string): string => {
    const records = Array.from(
      { length: 5000 },
      (_, at) => `record R${at} { ${at === 4999 ? type : `R${at + 1}`} x; }`,
    );
    return `schema R0;\n${records.join('\n')}`;
  };
  const { findings } = compare({ 'a.avdl': chain('int') }, { 'a.avdl': chain('string') });
  assert.deepEqual(
    findings.map(({ peerRule }) => peerRule),
    ['TYPE_MISMATCH'],
  );
});

test('BOM, CRLF and comments are no problem, a key that stands twice is told', () => {
  const text = '\uFEFF{\r\n// c\r\n"type": "enum", /* d */ "name": "E", "symbols": ["B"], "symbols": ["A"]}';
  const { notices, findings } = compare({ 'a.avsc': text.replace('"A"', '"A", "C"') }, { 'a.avsc': text });
  assert.deepEqual(
    notices.map(({ id }) => id),
    ['avro/doubtful-schema'],
  );
  assert.equal(findings[0]?.args.message, '[C]');
});

test('names that nothing defines, and types that lead back to themselves', () => {
  const files = (type: string): Files => ({
    'a.avsc': `{"type":"record","name":"A","fields":[{"name":"b","type":"B"},{"name":"gone","type":"n.Gone"}]}`,
    'b.avsc': `{"type":"record","name":"B","fields":[{"name":"a","type":["null","A"]},{"name":"x","type":"${type}"}]}`,
  });
  const { findings, notices } = compare(files('int'), files('boolean'));
  assert.deepEqual(
    findings.map(({ rule, place }) => `${rule} ${place.path}`),
    ['avro/type-mismatch b.avsc'],
  );
  assert.deepEqual(
    notices.map(({ message }) => message),
    ['Undefined schema: n.Gone'],
  );
});

test('files in one long ring are judged once', () => {
  const count = 1500;
  const file = (nth: number, type: string) =>
    `{"type":"record","name":"F${nth}","fields":[{"name":"x","type":"${type}"},{"name":"next","type":["null","F${(nth + 1) % count}"],"default":null}]}`;
  const ring = (type: string): Files =>
    Object.fromEntries(
      Array.from({ length: count }, (_, nth) => [`f${nth}.avsc`, file(nth, nth % 2 === 0 ? type : 'int')]),
    );
  const started = performance.now();
  const { findings, contracts } = compare(ring('int'), ring('long'));
  // Judged from each file anew it took minutes.
  assert.ok(performance.now() - started < 20_000);
  assert.deepEqual(findings, []);
  assert.equal(contracts.length, count);
});

test('of two files with one name the nearer one is meant', () => {
  const files = (type: string): Files => ({
    'v1/common.avsc': '{"type":"record","name":"n.Common","fields":[{"name":"x","type":"int"}]}',
    'v2/common.avsc': `{"type":"record","name":"n.Common","fields":[{"name":"x","type":"${type}"}]}`,
    'v2/order.avsc': '{"type":"record","name":"n.Order","fields":[{"name":"c","type":"n.Common"}]}',
  });
  const { findings, contracts } = compare(files('int'), files('string'), 'avro:BACKWARD', true);
  assert.deepEqual(
    findings.map(({ place }) => place.path),
    ['v2/common.avsc'],
  );
  assert.deepEqual(
    contracts.map(({ breaking }) => breaking),
    [0, 1, 1],
  );
});

test('a baseline that does not parse is told once, and compared with nothing', () => {
  const good = '{"type":"record","name":"A","fields":[{"name":"x","type":"int"}]}';
  const { findings, notices } = compare({ 'a.avsc': good.slice(0, -3) }, { 'a.avsc': good });
  assert.deepEqual(findings, []);
  assert.deepEqual(
    notices.map(({ id, place }) => [id, place?.side]),
    [['avro/unreadable-baseline', 'before']],
  );
});
