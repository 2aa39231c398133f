import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editedTree } from '#core/contracts/edited-tree.ts';
import { avro } from '#core/contracts/formats/avro/index.ts';
import { treeOf } from '../evolve.ts';

/** What resolution passes without a word, in the changes that people make. */
type Json = string | number | null | readonly Json[] | { readonly [key: string]: Json };

const record = (...fields: readonly Json[]): Json => ({
  type: 'record',
  name: 'shop.Order',
  fields: [{ name: 'id', type: 'long' }, ...fields],
});
const field = (type: Json, ...defaults: readonly Json[]): Json => ({
  name: 'x',
  type,
  ...Object.fromEntries(defaults.map((value) => ['default', value])),
});
const logical = (type: string, logicalType: string, more = {}): Json => ({ type, logicalType, ...more });
const decimal = (precision: number, scale: number): Json => logical('bytes', 'decimal', { precision, scale });
const state = (symbols: readonly string[], ...defaults: readonly string[]): Json => ({
  type: 'enum',
  name: 'State',
  symbols,
  ...Object.fromEntries(defaults.map((value) => ['default', value])),
});
const connect = (type: string, name: string): Json => ({ type, 'connect.version': 1, 'connect.name': name });
/** A change event as Debezium writes it. */
const envelope = (type: Json): Json => ({
  type: 'record',
  name: 'db.public.orders.Envelope',
  fields: [
    {
      name: 'before',
      type: ['null', { type: 'record', name: 'Value', fields: [{ name: 'n', type }] }],
      default: null,
    },
    { name: 'after', type: ['null', 'Value'], default: null },
    { name: 'source', type: { type: 'record', name: 'Source', fields: [{ name: 'lsn', type: 'long' }] } },
    { name: 'op', type: 'string' },
  ],
});
const [millis, micros] = [logical('long', 'timestamp-millis'), logical('long', 'timestamp-micros')];

const cases: readonly (readonly [title: string, before: Json, after: Json, told: readonly string[]])[] = [
  ['milliseconds become microseconds', record(field(millis)), record(field(micros)), ['logical-type-changed changed']],
  [
    'so do those in a list',
    record(field({ type: 'array', items: millis })),
    record(field({ type: 'array', items: micros })),
    ['logical-type-changed changed'],
  ],
  [
    'an instant becomes a local time',
    record(field(millis)),
    record(field(logical('long', 'local-timestamp-millis'))),
    ['logical-type-changed changed'],
  ],
  [
    'a time gets finer and wider',
    record(field(logical('int', 'time-millis'))),
    record(field(logical('long', 'time-micros'))),
    ['logical-type-changed changed'],
  ],
  [
    'a date that may be null becomes a time',
    record(field(['null', logical('int', 'date')], null)),
    record(field(['null', millis], null)),
    ['logical-type-changed changed'],
  ],
  [
    'a date becomes a time that may be null',
    record(field(logical('int', 'date'))),
    record(field(['null', millis], null)),
    ['logical-type-changed changed'],
  ],
  ['a time may be null now', record(field(millis)), record(field(['null', millis], null)), []],
  ['a time that could be null has to be there', record(field(['null', millis])), record(field(millis)), []],
  ['a branch more', record(field(['null', millis])), record(field(['null', millis, 'string'])), []],
  [
    'a slip of the pen in a logical type',
    record(field(millis)),
    record(field(logical('long', 'timestamp-milis'))),
    ['logical-type-changed removed'],
  ],
  ['a plain number is a time now', record(field('long')), record(field(millis)), ['logical-type-changed added']],
  ['another scale', record(field(decimal(9, 2))), record(field(decimal(9, 4))), ['logical-type-changed changed']],
  ['more digits', record(field(decimal(9, 2))), record(field(decimal(12, 2))), ['logical-type-changed precision']],
  ['fewer digits', record(field(decimal(9, 2))), record(field(decimal(7, 2))), ['logical-type-changed shorter']],
  [
    'a column of microseconds becomes one of milliseconds',
    envelope(connect('long', 'io.debezium.time.MicroTimestamp')),
    envelope(connect('long', 'io.debezium.time.Timestamp')),
    ['logical-type-changed changed'],
  ],
  [
    'a column loses what Connect says of it',
    envelope(connect('int', 'io.debezium.time.Date')),
    envelope('int'),
    ['logical-type-changed removed'],
  ],
  [
    'a column says in the words of Avro what it said in those of Connect',
    envelope(connect('long', 'io.debezium.time.Timestamp')),
    envelope(millis),
    [],
  ],
  ['a column may be null now', envelope(millis), envelope(['null', millis]), []],
  [
    'a symbol more, and no default',
    record(field(state(['A', 'B']))),
    record(field(state(['A', 'B', 'C']))),
    ['enum-symbol-added added'],
  ],
  [
    'a symbol more, and a default for those who do not know it',
    record(field(state(['A', 'B'], 'A'))),
    record(field(state(['A', 'B', 'C'], 'A'))),
    [],
  ],
  [
    'a default only from now on',
    record(field(state(['A', 'B']))),
    record(field(state(['A', 'B', 'C'], 'A'))),
    ['enum-symbol-added added'],
  ],
  [
    'a symbol less, which the default hides',
    record(field(state(['A', 'B', 'C'], 'A'))),
    record(field(state(['A', 'B'], 'A'))),
    ['reads-as-default removed'],
  ],
  ['symbols in another order', record(field(state(['A', 'B'], 'A'))), record(field(state(['B', 'A'], 'A'))), []],
  ['a field goes whose default old readers see', record(field('string', 'AT')), record(), ['reads-as-default field']],
  ['a field goes that could be null', record(field(['null', 'string'], null)), record(), []],
  ['a field goes that nobody can do without', record(field('string')), record(), []],
  [
    'a field is renamed',
    record(field('string', 'AT')),
    record({ name: 'y', type: 'string', default: 'AT' }),
    ['renamed-without-alias renamed'],
  ],
  [
    'a field is renamed, and says so',
    record(field('string', 'AT')),
    record({ name: 'y', type: 'string', default: 'AT', aliases: ['x'] }),
    [],
  ],
  ['another default', record(field('int', 1)), record(field('int', 2)), ['default-changed edited']],
  [
    'null is no default any more',
    record(field(['null', 'string'], null)),
    record(field(['string', 'null'], 'AT')),
    ['default-changed edited'],
  ],
  ['a new field', record(), record(field('string', 'AT')), []],
];

const request = (before: Json, after: Json) => {
  const tree = (json: Json) => treeOf({ 'a.avsc': JSON.stringify(json) });
  return { before: [{ name: 'main', tree: tree(before) }], after: tree(after), profile: 'avro:BACKWARD', beyond: true };
};

for (const [title, before, after, told] of cases)
  test(title, () => {
    const asked = request(before, after);
    const own = avro.compare(asked).findings.filter(({ peerRule }) => peerRule === undefined);
    assert.deepEqual(
      own.map(({ rule, messageId }) => `${rule.replace('avro/', '')} ${messageId}`),
      told,
    );
    for (const finding of own) {
      const { rule, messageId, args, fixes } = finding;
      const words = avro.rules.find(({ id }) => id === rule)?.messages[messageId] ?? '{}';
      for (const { id, args: given } of fixes) {
        const edits = avro.fixes?.find((fix) => fix.id === id)?.propose(finding, asked, given) ?? [];
        assert.ok('length' in edits, JSON.stringify(edits));
        const { findings } = avro.compare({ ...asked, after: editedTree(asked.after, edits) });
        assert.ok(findings.length < own.length, `${id} does not help`);
      }
      for (const [, name = ''] of words.matchAll(/\{(\w*)\}/g)) assert.ok(name in args, `${rule} lacks ${name}`);
    }
  });
