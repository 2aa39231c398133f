import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Impact } from '#core/model/impact.ts';
import { impactOf, lock } from '#core/sql/dialects/postgresql/impact/build.ts';
import { impactWords } from '#core/sql/dialects/postgresql/impact/words.ts';

const onOrders = (mode: 'ACCESS EXCLUSIVE' | 'SHARE' | 'SHARE UPDATE EXCLUSIVE') => lock('orders', 'target', mode);

const REWRITE = impactOf('column-type-rewrite', {
  locks: [onOrders('ACCESS EXCLUSIVE'), lock('orders_pkey', 'index', 'ACCESS EXCLUSIVE')],
  work: [{ relation: 'orders', kind: 'rewrite' }],
});
const BRIEF = impactOf('rename-column', { locks: [onOrders('ACCESS EXCLUSIVE')] });
const BUILD = impactOf('create-index', {
  locks: [onOrders('SHARE')],
  work: [{ relation: 'orders', kind: 'index-build' }],
});
const FOREIGN_KEY = impactOf('add-foreign-key', {
  locks: [lock('orders', 'target', 'SHARE ROW EXCLUSIVE'), lock('customers', 'referenced', 'SHARE ROW EXCLUSIVE')],
  work: [
    { relation: 'orders', kind: 'scan' },
    { relation: 'customers', kind: 'scan' },
  ],
});
const UNCERTAIN = impactOf('column-type-rewrite', {
  locks: [onOrders('ACCESS EXCLUSIVE')],
  work: [{ relation: 'orders', kind: 'rewrite' }],
  certain: false,
});

const shorts: readonly (readonly [Impact, string])[] = [
  [REWRITE, 'ACCESS EXCLUSIVE, rewrites orders'],
  [BRIEF, 'ACCESS EXCLUSIVE'],
  [BUILD, 'SHARE, builds an index on orders'],
  [FOREIGN_KEY, 'SHARE ROW EXCLUSIVE, scans orders and customers'],
  [UNCERTAIN, 'ACCESS EXCLUSIVE, may rewrite orders'],
  [impactOf('create-table'), 'no table lock'],
  [impactOf('opaque', { certain: false }), 'locks not known'],
  [
    impactOf('create-table-references', { locks: [lock('p', 'referenced', 'SHARE ROW EXCLUSIVE')] }),
    'SHARE ROW EXCLUSIVE on p',
  ],
];

test('short words', () => {
  assert.deepEqual(
    shorts.map(([impact]) => impactWords(impact).short),
    shorts.map(([, words]) => words),
  );
});

test('a lock that lasts as long as the work says so', () => {
  const [first] = impactWords(REWRITE).long;
  assert.equal(
    first,
    'Takes ACCESS EXCLUSIVE on orders: every read and write waits until it ends, which grows with the table.',
  );
});

test('a lock for a moment warns of the queue', () => {
  const [first] = impactWords(BRIEF).long;
  assert.match(first ?? '', /waits behind every running query, and everything queues behind it/);
});

test('indexes have no sentence of their own', () => {
  assert.ok(impactWords(REWRITE).long.every((sentence) => !sentence.includes('orders_pkey')));
});

test('relations that wait alike share a sentence', () => {
  assert.match(
    impactWords(FOREIGN_KEY).long[0] ?? '',
    /^Takes SHARE ROW EXCLUSIVE on orders and customers: reads go on, every write waits/,
  );
});

test('what a transaction refuses, compatibility and rollback are said', () => {
  const words = impactWords(
    impactOf('drop-index-concurrently', { locks: [onOrders('SHARE UPDATE EXCLUSIVE')] }),
  ).long.join('\n');
  assert.match(words, /cannot run inside a transaction block/);
  assert.match(words, /Rollback: costly/);
  assert.match(
    impactWords(impactOf('drop-table', {})).long.join('\n'),
    /Compatibility: destructive[\s\S]*Rollback: impossible/,
  );
});

test('many relations are counted, not listed', () => {
  const locks = ['a', 'b', 'c', 'd', 'e'].map((name) => lock(name, 'target', 'ACCESS EXCLUSIVE'));
  assert.match(impactWords(impactOf('truncate', { locks })).long[0] ?? '', /on a, b and 3 more:/);
});

test('a relation that two parts of a statement lock is said once, with the stronger lock', () => {
  const locks = [onOrders('ACCESS EXCLUSIVE'), lock('orders', 'target', 'SHARE UPDATE EXCLUSIVE')];
  const sentences = impactWords({ ...BRIEF, locks }).long.filter((sentence) => sentence.startsWith('Takes'));
  assert.deepEqual(sentences.length, 1);
});
