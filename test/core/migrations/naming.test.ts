import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flyway } from '#core/migrations/tools/flyway/index.ts';
import { schemeOf } from '#core/migrations/tools/flyway/naming.ts';
import { implausible } from '#core/migrations/tools/flyway/plausible.ts';
import { isDate, stampAfter, weekAfter } from '#core/migrations/tools/flyway/stamps.ts';
import { versionOf } from '#core/migrations/tools/flyway/timeline.ts';
import { compareVersions } from '#core/migrations/tools/flyway/version.ts';
import type { FileContent } from '#core/model/text.ts';
import { generator } from '../../../scripts/bench-project.ts';
import { applied, engine, folder, snapshot } from '../support/engine.ts';

const now = '2026-11-24T12:00:00Z';

function projectOf(names: readonly string[], conf = '') {
  const files = new Map<string, FileContent>();
  const put = (path: string, text: string) => files.set(path, { path, text });
  for (const name of names) put(`/p/sql/${name}`, `-- ${name}\n`);
  put('/p/flyway.conf', `flyway.locations=filesystem:sql\n${conf}`);
  const project = flyway.configure({ root: '/p', locations: ['sql'] }, files);
  return { project, timeline: flyway.timeline(project, files), files };
}

/** Names that are there, scheme, the next new file, the one after it. */
const schemes: readonly (readonly [readonly string[], string, string, string])[] = [
  [[], 'integer', 'V1__new.sql', 'V2__new.sql'],
  [['V1__a.sql', 'V2__b.sql'], 'integer', 'V3__new.sql', 'V4__new.sql'],
  [['V9__a.sql', 'V10__b.sql', 'R__v.sql'], 'integer', 'V11__new.sql', 'V12__new.sql'],
  [['V001__a.sql', 'V002__b.sql'], 'padded-integer', 'V003__new.sql', 'V004__new.sql'],
  [['V0098__a.sql', 'V0099__b.sql'], 'padded-integer', 'V0100__new.sql', 'V0101__new.sql'],
  [['V20260101__a.sql', 'V20260215__b.sql'], 'date', 'V20261124__new.sql', 'V20261125__new.sql'],
  [['V20261123__a.sql', 'V20261130__b.sql'], 'date', 'V20261201__new.sql', 'V20261202__new.sql'],
  [
    ['V20260101120000__a.sql', 'V20260215120000__b.sql'],
    'timestamp',
    'V20261124120000__new.sql',
    'V20261124120001__new.sql',
  ],
  [
    ['V20261231235958__a.sql', 'V20261231235959__b.sql'],
    'timestamp',
    'V20270101000000__new.sql',
    'V20270101000001__new.sql',
  ],
  [['V202601011200__a.sql', 'V202602151200__b.sql'], 'timestamp', 'V202611241200__new.sql', 'V202611241201__new.sql'],
  [['V1.0__a.sql', 'V1.1__b.sql', 'V1.2__c.sql'], 'dotted', 'V1.3__new.sql', 'V1.4__new.sql'],
  [['V1_0__a.sql', 'V1_1__b.sql', 'V1_9__c.sql'], 'dotted', 'V1_10__new.sql', 'V1_11__new.sql'],
  [['V2.0.08__a.sql', 'V2.0.09__b.sql'], 'dotted', 'V2.0.10__new.sql', 'V2.0.11__new.sql'],
  [
    ['V20260101120000__a.sql', 'V20260215120000__b.sql', 'V2026021512000001__c.sql'],
    'timestamp',
    'V20261124120000__new.sql',
    'V20261124120001__new.sql',
  ],
];

for (const [names, scheme, next, afterNext] of schemes) {
  test(`${names.join(' ') || 'no file'}: the next are ${next} and ${afterNext}`, () => {
    const { project, timeline } = projectOf(names);
    assert.equal(schemeOf(project, timeline).scheme, scheme);
    const made = (nth: number) => flyway.newFile(project, timeline, { description: 'New!', nth }, now, []);
    assert.deepEqual([made(0), made(1)], [`/p/sql/${next}`, `/p/sql/${afterNext}`]);
    assert.equal(flyway.newFile(project, timeline, { description: 'new', nth: 0 }, now, [made(0)]), made(1));
  });
}

/** Scheme by two released names; a third one that took the version of the second, with its pair. */
const duplicates: readonly (readonly [first: string, second: string, own: string, expected: string])[] = [
  ['V1', 'V2', 'V2', 'V3'],
  ['V001', 'V002', 'V002', 'V003'],
  ['V001', 'V002', 'V2', 'V003'],
  ['V20260101', 'V20260215', 'V20260215', 'V20261124'],
  ['V20260101120000', 'V20260215120000', 'V20260215120000', 'V20261124120000'],
  ['V1.0', 'V1.1', 'V1.1', 'V1.2'],
  ['V1_0', 'V1_1', 'V1_1', 'V1_2'],
];

for (const [first, second, own, expected] of duplicates) {
  test(`a duplicate ${own} beside ${first} and ${second} becomes ${expected}, with its undo and configuration files`, () => {
    const undo = own.replace('V', 'U');
    const made = snapshot({
      released: { [`${first}__a.sql`]: 'SELECT 1;', [`${second}__b.sql`]: 'SELECT 2;', [`${second}__b.sql.conf`]: '' },
      pending: {
        [`${own}__größe_neu.sql`]: 'SELECT 3;',
        [`${own}__größe_neu.sql.conf`]: 'executeInTransaction=false\n',
        [`${undo}__größe_neu.sql`]: 'SELECT 4;',
        [`${undo}__größe_neu.sql.conf`]: 'executeInTransaction=false\n',
      },
    });
    const path = `${folder}/${own}__größe_neu.sql`;
    const offer = engine()
      .actions(made, path, { start: 0, end: 0 })
      .find(({ kind }) => kind === 'fix');
    assert.ok(offer !== undefined);
    const after = [...applied(engine().resolveAction(made, offer.data), made).keys()].map((each) =>
      each.slice(folder.length + 1),
    );
    const other = expected.replace('V', 'U');
    assert.deepEqual(
      after.sort(),
      [
        `${first}__a.sql`,
        `${second}__b.sql`,
        `${second}__b.sql.conf`,
        `${expected}__größe_neu.sql`,
        `${expected}__größe_neu.sql.conf`,
        `${other}__größe_neu.sql`,
        `${other}__größe_neu.sql.conf`,
      ].sort(),
    );
  });
}

test('a duplicate on a frozen file is renamed nowhere', () => {
  const made = snapshot({ released: { 'V1__a.sql': 'SELECT 1;' }, pending: { 'V1.0__b.sql': 'SELECT 2;' } });
  const offer = engine()
    .actions(made, `${folder}/V1__a.sql`, { start: 0, end: 0 })
    .find(({ kind }) => kind === 'fix');
  if (offer === undefined) return;
  assert.equal(engine().resolveAction(made, offer.data).kind, 'refusal');
});

test('prefix, separator and suffix of the project are kept', () => {
  const conf = 'flyway.sqlMigrationPrefix=m\nflyway.sqlMigrationSeparator=-\nflyway.sqlMigrationSuffixes=.pgsql';
  const { project, timeline } = projectOf(['m1-a.pgsql', 'm2-b.pgsql'], conf);
  assert.equal(flyway.newFile(project, timeline, { description: 'x y', nth: 0 }, now, []), '/p/sql/m3-x_y.pgsql');
  const [second] = timeline.migrations.slice(-1);
  assert.ok(second !== undefined);
  assert.deepEqual(flyway.renamed(project, timeline, second, now), [
    { from: '/p/sql/m2-b.pgsql', to: '/p/sql/m2-b.pgsql' },
  ]);
});

test('the next version is above all others, of their form, and plausible, whatever the day', () => {
  const random = generator(11);
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const day = () =>
    `${2020 + Math.floor(random() * 6)}${String(1 + Math.floor(random() * 12)).padStart(2, '0')}${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`;
  const time = () => [24, 60, 60].map((limit) => String(Math.floor(random() * limit)).padStart(2, '0')).join('');
  const forms: readonly (() => string)[] = [
    () => String(1 + Math.floor(random() * 500)),
    () => `0${digits(3)}`,
    day,
    () => day() + time(),
    () => day() + time().slice(0, 4),
    () => `${1 + Math.floor(random() * 3)}.${Math.floor(random() * 30)}`,
  ];
  for (let round = 0; round < 600; round += 1) {
    const form = forms[round % forms.length] as () => string;
    const names = Array.from({ length: 2 + Math.floor(random() * 6) }, () => `V${form()}__x.sql`);
    const { project, timeline } = projectOf([...new Set(names)]);
    const date = day();
    const at = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time().replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
    const version = flyway
      .newFile(project, timeline, { description: 'x', nth: 0 }, at, [])
      .replace(/^.*V|__x\.sql$/g, '');
    const parsed = versionOf(version.replaceAll('_', '.'));
    assert.ok(parsed !== undefined, version);
    for (const { version: other } of timeline.migrations) {
      const known = versionOf(other);
      assert.ok(known !== undefined && compareVersions(parsed, known) > 0, `${version} after ${other}`);
    }
    const reason = implausible(version, timeline.migrations, schemeOf(project, timeline), '2099-01-01')?.reason;
    assert.equal(reason, undefined, `${version} after ${names.join(' ')}`);
  }
});

test('stamps go on over the ends of minutes, days, months and years', () => {
  assert.equal(stampAfter('20240228'), '20240229');
  assert.equal(stampAfter('20230228'), '20230301');
  assert.equal(stampAfter('20261231'), '20270101');
  assert.equal(stampAfter('202612312359'), '202701010000');
  assert.equal(stampAfter('20261231235959999'), '20270101000000000');
  assert.equal(stampAfter('20260231'), undefined);
  assert.equal(weekAfter('20261228'), '20270104');
  assert.ok(isDate('20240229') && !isDate('20230229') && !isDate('20261301') && !isDate('20260101250000'));
});
