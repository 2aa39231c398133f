import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TargetSnapshot } from '#core/model/migration.ts';
import type { PlanRequest } from '#core/plans/recipe.ts';
import type { EvolutionStatus, Snapshot } from '#core/service.ts';
import { applied, engine, folder, type Made, snapshot } from '../support/engine.ts';

const given =
  'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age int);\nCREATE INDEX by_mail ON users (email);\n';
const rename: PlanRequest = { operation: 'rename-column', table: 'users', column: 'email', newName: 'mail' };
const require: PlanRequest = { operation: 'set-not-null', table: 'users', column: 'age' };

/** Name below the root -> text, after a scaffold. */
function planned(request: PlanRequest, config = ''): ReadonlyMap<string, string> {
  const made = snapshot({
    released: { 'V1__given.sql': given },
    other: { 'schemaward.yaml': `version: 1\n${config}` },
  });
  return applied(engine().scaffold(made, undefined, request), made);
}

/** A workspace in which these migrations have shipped. */
function workspace(
  texts: ReadonlyMap<string, string>,
  isReleased: (name: string) => boolean,
  over: Made = {},
): Snapshot {
  const migrations = [...texts].filter(([path]) => path.startsWith(`${folder}/`));
  const named = migrations.map(([path, text]) => [path.slice(folder.length + 1), text] as const);
  const other = [...texts].filter(([path]) => !path.startsWith(`${folder}/`));
  return snapshot({
    released: Object.fromEntries(named.filter(([name]) => isReleased(name))),
    pending: Object.fromEntries(named.filter(([name]) => !isReleased(name))),
    other: Object.fromEntries(other.map(([path, text]) => [path.slice('/repo/'.length), text])),
    ...over,
  });
}

function evolutionOf(made: Snapshot): EvolutionStatus {
  const [evolution] = engine().status(made).projects[0]?.evolutions ?? [];
  assert.ok(evolution !== undefined);
  return evolution;
}

function refused(made: Snapshot, id = evolutionOf(made).ref.id): { readonly reason: string; readonly nearest: string } {
  const result = engine().promote(made, id);
  assert.ok(result.kind === 'refusal', 'refused');
  return { reason: result.reason, nearest: result.nearest ?? '' };
}

const all = () => true;

test('before expand and backfill are on the base branch, promote names what is missing', () => {
  const texts = planned(rename);
  const none = workspace(texts, (name) => name.startsWith('V1_'));
  assert.match(
    refused(none).reason,
    /V2__email_expand\.sql, V3__email_backfill\.sql, V4__index_mail\.sql are not on main/,
  );
  assert.equal(evolutionOf(none).phase, 'expand');
  const some = workspace(texts, (name) => /^V[123]_/.test(name));
  assert.match(refused(some).reason, /V4__index_mail\.sql is not on main/);
  assert.equal(evolutionOf(some).phase, 'verify');
});

test('when they are, the draft takes the next version, its text untouched, and the draft goes', () => {
  const made = workspace(planned(rename), all);
  const { ref, files } = evolutionOf(made);
  const draft = files.find(({ role }) => role === 'draft')?.path ?? '';
  const result = engine().promote(made, ref.id);
  assert.ok(result.kind === 'proposal');
  assert.deepEqual(
    result.creates.map(({ path, text }) => [path, text]),
    [[`${folder}/V5__email_contract.sql`, made.files.get(draft)?.text]],
  );
  assert.deepEqual(result.deletes, [draft]);
  assert.match(result.notes.join(' '), /guard/);
  const later = workspace(applied(result, made), (name) => !name.startsWith('V5'));
  assert.equal(evolutionOf(later).phase, 'contract');
  assert.match(refused(later).reason, /no contract draft left/);
  const done = workspace(applied(result, made), all);
  assert.equal(evolutionOf(done).phase, 'done');
  assert.match(refused(done).reason, /has run/);
});

test('several drafts keep their order', () => {
  const made = workspace(planned(require), all);
  const result = engine().promote(made, evolutionOf(made).ref.id);
  assert.ok(result.kind === 'proposal');
  assert.deepEqual(
    result.creates.map(({ path, text }) => [
      path.slice(folder.length + 1),
      /NOT VALID|VALIDATE|SET NOT NULL/.exec(text)?.[0],
    ]),
    [
      ['V2__age_contract_1.sql', 'NOT VALID'],
      ['V3__age_contract_2.sql', 'VALIDATE'],
      ['V4__age_contract_3.sql', 'SET NOT NULL'],
    ],
  );
});

test('a database is better evidence than the branch: what it has not run is not due', () => {
  const texts = planned(rename);
  const row = (rank: number, version: string, description: string) => ({
    rank,
    version,
    description,
    type: 'SQL',
    script: `V${version}__${description.replaceAll(' ', '_')}.sql`,
    installedBy: 'me',
    installedOn: '2026-11-01T00:00:00Z',
    executionTime: 1,
    success: true,
  });
  const rows = [row(1, '1', 'given'), row(2, '2', 'email expand'), row(3, '3', 'email backfill')];
  const target = (count: typeof rows): TargetSnapshot => ({
    name: 'production',
    kind: 'database',
    asOf: '2026-11-24T00:00:00Z',
    result: { kind: 'rows', rows: count },
  });
  const behind = workspace(texts, all, { targets: [target(rows)] });
  assert.match(refused(behind).reason, /V4__index_mail\.sql is not applied in production/);
  const there = workspace(texts, all, { targets: [target([...rows, row(4, '4', 'index mail')])] });
  assert.equal(engine().promote(there, evolutionOf(there).ref.id).kind, 'proposal');
  const failed = rows.map((each) => (each.rank === 3 ? { ...each, success: false } : each));
  assert.match(refused(workspace(texts, all, { targets: [target(failed)] })).reason, /V3__email_backfill\.sql/);
});

for (const [left, words] of [
  ['V2__email_expand.sql', /the expand migration was not created: still owed/],
  ['V3__email_backfill.sql', /the backfill migration was not created: still owed/],
  ['V4__index_mail.sql', /the verify migration was not created: still owed/],
] as const) {
  test(`what was left unticked is said and stays owed: ${left}`, () => {
    const texts = new Map(planned(rename));
    texts.delete(`${folder}/${left}`);
    const made = workspace(texts, all);
    assert.match(evolutionOf(made).next, words);
    assert.equal(evolutionOf(made).due, false);
    assert.match(refused(made).reason, words);
  });
}

test('one of several files of a phase, or a script, that was left out is missed as well', () => {
  const type: PlanRequest = { operation: 'change-column-type', table: 'users', column: 'email', type: 'varchar(90)' };
  const texts = new Map(planned(type));
  const [validate = ''] = [...texts.keys()].filter((path) => path.includes('validate'));
  texts.delete(validate);
  assert.match(evolutionOf(workspace(texts, all)).next, /1 of 3 verify migrations was not created: still owed/);
  const script = new Map(planned(rename, 'evolutions: { backfill: { as: script } }\n'));
  script.delete([...script.keys()].find((path) => path.endsWith('/backfill.sql')) ?? '');
  assert.match(evolutionOf(workspace(script, all)).next, /the backfill script was not created: still owed/);
  const drafts = new Map(planned(require));
  drafts.delete([...drafts.keys()].find((path) => path.endsWith('contract-2.sql')) ?? '');
  assert.match(refused(workspace(drafts, all)).reason, /1 of 3 contract drafts was not created/);
});

test('minReleases is said where the next step is said', () => {
  const made = workspace(planned(rename, 'evolutions: { minReleases: 3 }\n'), all);
  assert.match(evolutionOf(made).next, /release the new code and 2 more, then promote/);
  const result = engine().promote(made, evolutionOf(made).ref.id);
  assert.ok(result.kind === 'proposal' && result.notes.some((note) => note.includes('3 releases')));
});

test('a pair that was written by hand is adopted by its plan file', () => {
  const id = 'rename-email-hand';
  const made = workspace(
    new Map([
      [`${folder}/V1__given.sql`, given],
      [`${folder}/V2__by_hand.sql`, 'ALTER TABLE users ADD COLUMN mail text;'],
      [
        `/repo/evolutions/${id}/evolution.yaml`,
        `operation: rename-column\ntable: "users"\nadopt:\n  - expand V2__by_hand.sql`,
      ],
      [
        `/repo/evolutions/${id}/contract-1.sql`,
        `-- schemaward:evolution v=1 id=${id} op=rename-column phase=contract\nALTER TABLE users DROP COLUMN email;\n`,
      ],
    ]),
    all,
  );
  const evolution = evolutionOf(made);
  assert.deepEqual(
    evolution.files.map(({ phase, role, applied: ran }) => [phase, role, ran]),
    [
      ['expand', 'migration', true],
      ['contract', 'draft', false],
    ],
  );
  assert.equal(engine().promote(made, id).kind, 'proposal');
});

test('an unknown id is refused with the one that was meant', () => {
  const made = workspace(planned(rename), all);
  const { id } = evolutionOf(made).ref;
  assert.deepEqual(refused(made, `${id}x`), { reason: `There is no evolution ${id}x.`, nearest: id });
  assert.match(refused(snapshot({ released: { 'V1__given.sql': given } }), 'x').nearest, /scaffold/);
});

test('a plan whose contract was promoted can be made once more when its folder is deleted', () => {
  const made = workspace(planned(rename), all);
  const later = applied(engine().promote(made, evolutionOf(made).ref.id), made);
  const left = [...later]
    .filter(([path]) => path.includes('/evolutions/'))
    .map(([path, text]) => [path.slice(6), text]);
  const again = (other: Readonly<Record<string, string>>) =>
    engine().scaffold(snapshot({ released: { 'V1__given.sql': given }, other }), undefined, rename);
  const result = again(Object.fromEntries(left));
  assert.ok(result.kind === 'refusal' && result.nearest?.startsWith('Its contract is promoted: delete evolutions/'));
  assert.equal(again({}).kind, 'proposal');
});

test('what exists already is not scaffolded again', () => {
  const made = workspace(planned(rename), (name) => name.startsWith('V1_'));
  const result = engine().scaffold(
    snapshot({
      released: { 'V1__given.sql': given },
      other: Object.fromEntries(
        [...made.files]
          .filter(([path]) => path.includes('/evolutions/'))
          .map(([path, { text }]) => [path.slice(6), text]),
      ),
    }),
    undefined,
    rename,
  );
  assert.ok(result.kind === 'refusal');
  assert.match(`${result.reason} ${result.nearest}`, /exists already.* promote rename-email-/);
});
