import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CheckReport, Service, Snapshot } from '#core/service.ts';
import { benchMigrations } from '../../../scripts/bench-project.ts';
import { checkAll, engine, folder, type Made, snapshot } from '../support/engine.ts';

/** A check that begins from what another process remembers says what a fresh one says, and replays only the rest. */
const history = [...benchMigrations(260)].map(({ name, text }) => [name, text] as const);
const upTo = (count: number) => Object.fromEntries(history.slice(0, count));
const from = (count: number) => Object.fromEntries(history.slice(count));

type Memories = NonNullable<Snapshot['memories']>;

function remembered(made: Made): Memories {
  const service = engine();
  const world = snapshot(made);
  checkAll(service, world);
  // What a host writes and reads is text.
  return new Map([...service.memories(world)].map(([key, lines]) => [key, lines.join('\n').split('\n')]));
}

interface Answer {
  readonly report: CheckReport;
  /** `check` names a file when it was replayed, and when it is reported. */
  readonly named: ReadonlyMap<string, number>;
}

function answer(service: Service, world: Snapshot): Answer {
  const named = new Map<string, number>();
  const steps = service.check(world);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { report: step.value, named };
    const name = step.value.slice(folder.length + 1);
    named.set(name, (named.get(name) ?? 0) + 1);
  }
}

/** Asserts that both say the same, and answers how often each file was named with the memory. */
function compared(made: Made, memories: Memories): ReadonlyMap<string, number> {
  const world = snapshot(made);
  const { report, named } = answer(engine(), { ...world, memories });
  assert.deepEqual(report, answer(engine(), world).report);
  return named;
}

describe('a check that begins from a memory', () => {
  test('nothing changed, everything is judged: nothing is replayed', () => {
    const made = { pending: from(0), all: true };
    const memories = remembered(made);
    assert.equal(memories.size, 1);
    assert.ok([...compared(made, memories).values()].every((times) => times === 1));
  });

  test('the frozen beginning is not replayed, what is new is', () => {
    const memories = remembered({ released: upTo(250), pending: from(250) });
    const named = compared(
      { released: upTo(250), pending: { ...from(250), 'V999__x.sql': 'DROP TABLE t1;' } },
      memories,
    );
    assert.ok(history.slice(0, 250).every(([name]) => !named.has(name)));
    assert.equal(named.get('V999__x.sql'), 2);
  });

  test('one more migration at the end is judged over the remembered schema', () => {
    const memories = remembered({ pending: from(0), all: true });
    const more = 'ALTER TABLE t1 ADD COLUMN more int;\nALTER TABLE t1 DROP COLUMN id;\nDROP TABLE nowhere;';
    const named = compared({ pending: { ...from(0), 'V999__more.sql': more }, all: true }, memories);
    assert.equal(named.get('V999__more.sql'), 2);
    assert.equal(named.get(history[0]?.[0] ?? ''), 1);
  });

  test('anything else that changed makes it no memory', () => {
    const memories = remembered({ released: upTo(250), pending: from(250) });
    const [first = ['', '']] = history;
    const changed: readonly Made[] = [
      { released: { ...upTo(250), [first[0]]: `${first[1]}\nCREATE TABLE other (id int);` }, pending: from(250) },
      { released: upTo(250), pending: from(250), version: 12 },
      { released: upTo(249), pending: from(249) },
      { released: upTo(250), pending: from(250), all: true },
      {
        released: upTo(250),
        pending: from(250),
        other: { 'schemaward.yaml': 'version: 1\nrules: { preset: strict }\n' },
      },
    ];
    for (const made of changed) compared(made, memories);
  });

  test('another server version makes it no memory', () => {
    const judged = { pending: { ...from(0), 'V998__m.sql': 'ALTER TABLE t1 ADD COLUMN v int DEFAULT 5;' }, all: true };
    const memories = remembered({ ...judged, version: 18 });
    const named = compared({ ...judged, version: 10 }, memories);
    assert.equal(named.get('V998__m.sql'), 2);
  });

  test('what lies in the remembered part can still be hovered, and edited', () => {
    const made = { released: upTo(250), pending: from(250) };
    const service = engine();
    const world = { ...snapshot(made), memories: remembered(made) };
    checkAll(service, world);
    const path = `${folder}/${history[100]?.[0]}`;
    const text = world.files.get(path)?.text ?? '';
    const offset = text.indexOf('\n') + 5;
    assert.deepEqual(service.hover(world, path, offset), engine().hover(snapshot(made), path, offset));
    const edited = {
      ...world,
      files: new Map(world.files).set(path, { path, text: `${text}\nDROP TABLE t1 CASCADE;` }),
    };
    const { memories: _, ...fresh } = edited;
    assert.deepEqual(checkAll(service, edited), checkAll(engine(), fresh));
  });

  test('a short history is not worth it', () => {
    assert.equal(remembered({ pending: upTo(50), all: true }).size, 0);
  });
});
