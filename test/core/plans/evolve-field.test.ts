import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysAfter } from '#core/plans/days.ts';
import { readFieldPlan } from '#core/plans/evolve-field.ts';
import type { ActionOffer, FieldEvolutionStatus, Snapshot } from '#core/service.ts';
import { applied, engine, root, snapshot } from '../support/engine.ts';

const proto = (body: string) => `syntax = "proto3";\npackage shop.v1;\nmessage Order {\n${body}}\n`;
const path = `${root}/proto/shop.proto`;
const old = proto('  int64 total = 4;\n');

/** A workspace whose contract was `old` on the base branch. */
function workspace(text: string, more: Readonly<Record<string, string>> = {}, now = '2026-11-24'): Snapshot {
  const made = snapshot({ other: { 'proto/shop.proto': text, ...more } });
  const version = { name: 'main', files: new Map([[path, { path, text: old }]]) };
  return { ...made, now: `${now}T12:00:00Z`, baselines: [{ root, versions: [version] }] };
}

function offersAt(made: Snapshot, words: string): readonly ActionOffer[] {
  const start = made.files.get(path)?.text.indexOf(words) ?? 0;
  return engine()
    .actions(made, path, { start, end: start })
    .filter(({ kind }) => kind === 'plan' || kind === 'evolve' || kind === 'promote');
}

function evolutionsOf(made: Snapshot): readonly FieldEvolutionStatus[] {
  return engine()
    .contracts(made)
    .flatMap(({ evolutions }) => evolutions);
}

/** The files below the root after the change of the type was planned. */
function planned(): Readonly<Record<string, string>> {
  const made = workspace(proto('  string total = 4;\n'));
  const [offer] = offersAt(made, 'string');
  assert.ok(offer !== undefined);
  const texts = applied(engine().resolveAction(made, offer.data), made);
  return Object.fromEntries([...texts].map(([name, text]) => [name.slice(root.length + 1), text]));
}

function later(texts: Readonly<Record<string, string>>, now?: string): Snapshot {
  const { 'proto/shop.proto': text = '', ...more } = texts;
  return workspace(text, more, now);
}

test('days are those of the calendar', () => {
  assert.equal(daysAfter('2026-11-24', 90), '2027-02-22');
  assert.equal(daysAfter('2024-02-28', 1), '2024-02-29');
  assert.equal(daysAfter('2100-02-28', 1), '2100-03-01');
  assert.equal(daysAfter('2026-12-31', 0), '2026-12-31');
  for (let days = 0; days < 4000; days += 37)
    assert.equal(daysAfter('2023-07-09', days), new Date(Date.UTC(2023, 6, 9 + days)).toISOString().slice(0, 10));
});

test('a changed type offers the plan at its finding; a field as it is offers it as a refactoring', () => {
  const [plan, ...rest] = offersAt(workspace(proto('  string total = 4;\n')), 'string');
  assert.equal(plan?.kind, 'plan');
  assert.equal(plan?.title, 'Evolve total: keep it, add total_v2 as string beside it');
  assert.deepEqual(rest, []);
  const [refactor] = offersAt(workspace(old), 'total');
  assert.equal(refactor?.kind, 'evolve');
  assert.equal(refactor?.title, 'Evolve total: keep it, add total_v2 as int64 beside it');
  assert.deepEqual(offersAt(workspace(old), 'package'), []);
  const [renamed] = offersAt(workspace(proto('  int64 amount = 4;\n')), 'amount');
  assert.equal(renamed?.title, 'Evolve total: keep it beside amount');
  const [removed] = offersAt(workspace(proto('')), 'Order');
  assert.equal(removed?.title, 'Evolve total: keep it, deprecated, until 2027-02-22');
});

test('the plan leaves nothing broken, and a file that tracks it', () => {
  const texts = planned();
  const made = later(texts);
  assert.deepEqual(
    engine()
      .checkFile(made, path)
      .map(({ rule }) => rule),
    [],
  );
  const [status, ...others] = evolutionsOf(made);
  assert.deepEqual(others, []);
  assert.ok(status !== undefined);
  assert.match(status.id, /^evolve-total-[a-z0-9]{4}$/);
  const file = `evolutions/${status.id}/evolution.yaml`;
  assert.match(texts[file] ?? '', /^operation: evolve-field$/m);
  assert.equal(status.file, `${root}/${file}`);
  assert.equal(status.removeAfter, '2027-02-22');
  assert.deepEqual([status.phase, status.replacement], ['both', 'total_v2']);
  assert.deepEqual(engine().status(made).projects, []);
});

test('days of deprecation come from the configuration', () => {
  const config = { 'schemaward.yaml': 'version: 1\ncontracts:\n  deprecationDays: 10\n' };
  const made = workspace(old, config);
  const [offer] = offersAt(made, 'total');
  assert.ok(offer !== undefined);
  assert.match(applied(engine().resolveAction(made, offer.data), made).get(path) ?? '', /Remove after 2026-12-04\./);
});

test('it goes from both to due to done, and is broken when the field is lost', () => {
  const texts = planned();
  assert.equal(evolutionsOf(later(texts, '2027-02-22'))[0]?.phase, 'both');
  const due = later(texts, '2027-02-23');
  assert.equal(evolutionsOf(due)[0]?.phase, 'due');
  const changed = (text: string) => evolutionsOf(later({ ...texts, 'proto/shop.proto': text }))[0];
  assert.equal(changed(proto('  string total_v2 = 5;\n'))?.phase, 'broken');
  assert.match(changed(proto('  string total_v2 = 5;\n'))?.next ?? '', /4 and "total" are not reserved/);
  const done = changed(proto('  reserved 4;\n  reserved "total";\n  string total_v2 = 5;\n'));
  assert.equal(done?.phase, 'done');
});

test('the removal is promoted by id or at the field, with what must be true first', () => {
  const texts = planned();
  const due = later(texts, '2027-03-01');
  const id = evolutionsOf(due)[0]?.id ?? '';
  const [offer] = offersAt(due, 'total =');
  assert.deepEqual(offer?.data, { kind: 'promote', id });
  const result = engine().promote(due, id);
  assert.ok(result.kind === 'proposal');
  assert.match(result.notes.join(' '), /Every reader and every writer must use total_v2 by now/);
  assert.doesNotMatch(result.notes.join(' '), /before its date/);
  const after = applied(result, due);
  assert.equal(after.get(path), proto('  reserved 4;\n  reserved "total";\n  string total_v2 = 5;\n'));
  assert.equal(after.has(`${root}/evolutions/${id}/evolution.yaml`), false);
  const early = engine().promote(later(texts), id);
  assert.ok(early.kind === 'proposal');
  assert.match(early.notes[0] ?? '', /before its date/);
  const lost = engine().promote(due, `${id}x`);
  assert.ok(lost.kind === 'refusal' && lost.nearest === id);
});

test('plans of SQL and of contracts share a folder and do not see each other', () => {
  const texts = planned();
  const made = snapshot({
    released: { 'V1__given.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n' },
    other: texts,
  });
  const sql = engine().scaffold(made, undefined, { operation: 'drop-column', table: 'users', column: 'email' });
  const both = applied(sql, made);
  const names = [...both].map(([name, text]) => [name.slice(root.length + 1), text] as const);
  const again = snapshot({ other: Object.fromEntries(names) });
  const found = engine()
    .status(again)
    .projects.flatMap(({ evolutions }) => evolutions.map(({ ref }) => ref.operation));
  assert.deepEqual(found, ['drop-column']);
  assert.deepEqual(
    evolutionsOf(again).map(({ element }) => element),
    ['shop.v1.Order.total'],
  );
});

test('from a line, as the command line asks', () => {
  const made = workspace(old);
  const request = { operation: 'evolve-field', table: '' };
  const result = engine().scaffold(made, undefined, request, { path, line: 4 });
  assert.ok(result.kind === 'proposal');
  assert.equal(result.evolution?.new, 'total_v2');
  assert.equal(engine().scaffold(made, undefined, request, { path, line: 1 }).kind, 'refusal');
  assert.equal(engine().scaffold(made, undefined, request).kind, 'refusal');
});

test('a plan file that people edited is read all the same', () => {
  const text = [
    'operation: evolve-field # ours',
    "element: 'shop.v1.Order.total'",
    'number: 4',
    'removeAfter: "2027-01-31"   # agreed with billing',
    'format: protobuf',
    "file: 'it''s.proto'",
    '',
  ].join('\r\n');
  assert.deepEqual(readFieldPlan(text), {
    format: 'protobuf',
    evolution: { path: "it's.proto", element: 'shop.v1.Order.total', number: 4 },
    removeAfter: '2027-01-31',
  });
  for (const broken of ['', 'operation: drop-column', 'operation: evolve-field', 'element: a.b'])
    assert.equal(readFieldPlan(broken), undefined);
});
