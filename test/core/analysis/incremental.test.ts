import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileContent } from '#core/model/text.ts';
import type { Service, Snapshot } from '#core/service.ts';
import { generator } from '../../../scripts/bench-project.ts';
import { mutated, pieces, type Random, script } from '../../support/mutations.ts';
import { checkAll, engine, folder, snapshot } from '../support/engine.ts';

function findings(service: Service, made: Snapshot): string[] {
  return checkAll(service, made).findings.map(
    ({ path, span, rule, message, relatedPlaces }) =>
      `${path.slice(folder.length)} ${span.start}-${span.end} ${rule} ${message} ${relatedPlaces.map((each) => `${each.path}${each.span.start}`).join()}`,
  );
}

function withFile(made: Snapshot, name: string, text: string | undefined): Snapshot {
  const files = new Map<string, FileContent>(made.files);
  const path = `${folder}/${name}`;
  if (text === undefined) files.delete(path);
  else files.set(path, { path, text });
  return { ...made, files };
}

test('200 chaotic sessions end in what a fresh engine says', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = generator(seed);
    const count = 3 + Math.floor(random() * 8);
    const names = Array.from({ length: count }, (_, index) => `V${index + 1}__m.sql`);
    const released = Object.fromEntries(names.slice(0, Math.floor(count / 3)).map((name) => [name, script(random)]));
    const pending = Object.fromEntries(names.slice(Math.floor(count / 3)).map((name) => [name, script(random)]));
    const service = engine();
    let made = snapshot({ released, pending });
    for (let step = 0; step < 25; step += 1) {
      const name = names[Math.floor(random() * names.length)] ?? '';
      const text = made.files.get(`${folder}/${name}`)?.text;
      const roll = random();
      if (roll < 0.08 && text !== undefined) made = withFile(made, name, undefined);
      else made = withFile(made, name, text === undefined || roll < 0.3 ? script(random) : mutated(text, random));
      if (roll > 0.5) service.checkFile(made, `${folder}/${names[Math.floor(random() * names.length)]}`);
      if (roll > 0.9) service.check(made).next();
    }
    assert.deepEqual(findings(service, made), findings(engine(), made), `seed ${seed}`);
  }
});

test('a long file that is edited statement by statement says what a fresh engine says', () => {
  const piece = (random: Random) => pieces[Math.floor(random() * (pieces.length - 10))] ?? '';
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = generator(seed);
    const lines = Array.from({ length: 12 + Math.floor(random() * 30) }, () => piece(random));
    const service = engine();
    const path = `${folder}/V2__b.sql`;
    const released = { 'V1__a.sql': Array.from({ length: 6 }, () => piece(random)).join('\n') };
    let made = snapshot({ released, pending: { 'V2__b.sql': lines.join('\n'), 'V3__c.sql': 'DROP TABLE a;' } });
    for (let step = 0; step < 30; step += 1) {
      const at = Math.floor(random() * lines.length);
      const roll = random();
      if (roll < 0.3) lines.splice(at, 1);
      else if (roll < 0.6) lines.splice(at, 0, piece(random));
      else if (roll < 0.8) lines[at] = piece(random);
      else lines[at] = mutated(lines[at] ?? '', random);
      if (random() < 0.1) made = withFile(made, 'V1__a.sql', piece(random));
      made = withFile(made, 'V2__b.sql', lines.join('\n'));
      const found = service.checkFile(made, path);
      if (step % 3 === 0) assert.deepEqual(found, engine().checkFile(made, path), `seed ${seed}, step ${step}`);
    }
    assert.deepEqual(findings(service, made), findings(engine(), made), `seed ${seed}`);
  }
});

test('the end of a long history is edited, goes and comes back', () => {
  const makes = ['CREATE TABLE a (id int, added int);', 'CREATE TABLE b (id int);', 'CREATE TABLE a (id int);'];
  const uses = [
    'ALTER TABLE a DROP COLUMN added;',
    'CREATE INDEX i ON a (added);',
    'DROP TABLE b;',
    undefined,
    undefined,
  ];
  const fillers = ['CREATE TABLE filler (id int);', '-- nothing', 'SELECT 1;'];
  // Around a place where the replay keeps a schema.
  for (const count of [30, 31, 32, 33])
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = generator(seed * count);
      const one = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
      const filler = Object.fromEntries(Array.from({ length: count - 1 }, (_, n) => [`V${n + 1}__f.sql`, '']));
      const service = engine();
      let made = snapshot({ pending: { ...filler, [`V${count}__a.sql`]: makes[0] ?? '' } });
      for (let step = 0; step < 40; step += 1) {
        const roll = random();
        if (roll < 0.25) made = withFile(made, `V${1 + Math.floor(random() * 5)}__f.sql`, one(fillers));
        else if (roll < 0.5) made = withFile(made, `V${count}__a.sql`, one(makes));
        else made = withFile(made, `V${count + 1 + Math.floor(random() * 2)}__u.sql`, one(uses));
        assert.deepEqual(findings(service, made), findings(engine(), made), `${count}, seed ${seed}, step ${step}`);
      }
    }
});

test('a rule that looked back at other statements is asked again when those were edited, from both sides', () => {
  const service = engine();
  const path = `${folder}/V2__b.sql`;
  const first = {
    'V1__a.sql': 'CREATE TABLE a (id int);\nINSERT INTO a VALUES (1), (2);\nCREATE TABLE other (id int);',
  };
  const others = Array.from({ length: 6 }, (_, index) => `CREATE TABLE other_${index} (id int);`);
  const end = 'ALTER TABLE a ALTER COLUMN added SET NOT NULL;';
  const texts = ['-- ', '', '-- ', '', ' '].map((mark) =>
    [
      ...others,
      'ALTER TABLE a ADD COLUMN added int;',
      `${mark}ANALYZE other;`,
      'CREATE INDEX i ON other (id);',
      end,
    ].join('\n'),
  );
  let made = snapshot({ pending: { ...first, 'V2__b.sql': '' } });
  const fails = texts.map((text) => {
    made = withFile(made, 'V2__b.sql', text);
    const found = service.checkFile(made, path);
    return found.some(({ rule }) => rule === 'run/null-rows');
  });
  assert.deepEqual(fails, [true, false, true, false, false]);
});

test('10,000 mutated inputs: never an exception, every range inside its file', () => {
  const service = engine();
  const random = generator(4711);
  let text = script(random);
  for (let i = 0; i < 10_000; i += 1) {
    text = random() < 0.1 || text.length > 2000 ? script(random) : mutated(text, random);
    const made = snapshot({ released: { 'V1__a.sql': pieces[0] ?? '' }, pending: { 'V2__b.sql': text } });
    for (const { span } of service.checkFile(made, `${folder}/V2__b.sql`)) {
      assert.ok(span.start >= 0 && span.end <= text.length && span.start <= span.end, JSON.stringify({ text, span }));
    }
    if (i % 10 > 0) continue;
    const at = Math.floor(random() * (text.length + 1));
    service.hover(made, `${folder}/V2__b.sql`, at);
    service.definition(made, `${folder}/V2__b.sql`, at);
    service.symbols(made, `${folder}/V2__b.sql`);
    for (const offer of service.actions(made, `${folder}/V2__b.sql`, { start: at, end: at }))
      service.resolveAction(made, offer.data);
  }
});
