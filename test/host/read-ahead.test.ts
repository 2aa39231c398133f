import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { createEngine } from '#core/engine.ts';
import type { StatementReader } from '#core/sql/dialect.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { postgresqlReader } from '#core/sql/dialects/postgresql/read.ts';
import { launcher } from '#host/ahead/launch.ts';
import { take } from '#host/ahead/progress.ts';
import { type Launch, type ReadingThread, readAhead } from '#host/ahead/read-ahead.ts';
import { compilePostgresqlParser, postgresqlParser } from '#host/parsers/postgresql.ts';
import { createWorkspace } from '#host/workspace.ts';
import { benchMigrations } from '../../scripts/bench-project.ts';
import { folder } from '../support/workspace.ts';

const parser = await compilePostgresqlParser();
const main = join(import.meta.dirname, '../../server/src/entry/main.ts');
const launch = launcher(main, parser);

/** A reader that counts what is read in this thread. */
function counting(): StatementReader & { here: number } {
  const inner = postgresqlReader(postgresqlParser(parser));
  const reader = {
    here: 0,
    read(statement: string) {
      reader.here += 1;
      return inner.read(statement);
    },
  };
  return reader;
}

const plain = postgresqlReader(postgresqlParser(parser));
const statements = Array.from({ length: 4000 }, (_, i) =>
  i % 10 === 0 ? 'COMMIT' : `ALTER TABLE "tä${i % 7}" ADD COLUMN c${i} int DEFAULT ${i}`,
);

/** Gives the other thread the time that a replay takes. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

function assertSame(reader: StatementReader, asked = statements, onEach: (nth: number) => void = () => undefined) {
  for (const [nth, statement] of asked.entries()) {
    onEach(nth);
    assert.deepEqual(reader.read(statement), plain.read(statement));
  }
}

test('another thread reads what will be asked for', () => {
  const here = counting();
  let slices: Int32Array<ArrayBufferLike> = new Int32Array();
  const reader = readAhead(here, (progress) => {
    slices = progress.slices;
    return launch(progress);
  });
  reader.prefetch?.(statements);
  const end = performance.now() + 60_000;
  while (slices[15] !== 2 && performance.now() < end) pause();
  assertSame(reader, statements.slice(0, 16 * 128));
  assert.equal(here.here, 0);
  assertSame(reader, statements.slice(16 * 128));
});

test('what is asked for in another order, or was not announced, is read all the same', () => {
  const reader = readAhead(counting(), launch);
  reader.prefetch?.(statements);
  assertSame(reader, [...statements.slice(500, 900), 'SELECT 1', ...statements.slice(0, 1200), ...statements]);
  reader.prefetch?.(statements.toReversed());
  assertSame(reader, statements.toReversed());
});

test('few statements are worth no thread', () => {
  const reader = readAhead(counting(), () => assert.fail('started'));
  reader.prefetch?.(statements.slice(0, 800));
  assertSame(reader, statements.slice(0, 800));
});

test('where no thread is to be had everything is read here', () => {
  const here = counting();
  const reader = readAhead(here, () => undefined);
  reader.prefetch?.(statements);
  assertSame(reader);
  assert.equal(here.here, statements.length);
});

test('a thread that takes a slice and dies is waited for once', () => {
  let stops = 0;
  const here = counting();
  const reader = readAhead(here, (progress) => {
    take(progress, 2);
    const { port1 } = new MessageChannel();
    return { port: port1, stop: () => (stops += 1) };
  });
  reader.prefetch?.(statements);
  const started = performance.now();
  assertSame(reader);
  assert.equal(here.here, statements.length);
  assert.equal(stops, 1);
  assert.ok(performance.now() - started < 10_000);
});

test('a thread that cannot start, runs out of memory or has no parser is none', () => {
  const reader = (file: string, module = parser) => readAhead(counting(), launcher(file, module));
  for (const each of [reader('/nowhere/main.js'), reader(main, {} as WebAssembly.Module)]) {
    each.prefetch?.(statements);
    assertSame(each);
  }
});

test('what is nested too deeply for one thread is not for the other', () => {
  const deep = [2000, 4000, 8000, 16_000].map((depth) => `SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}`);
  const reader = readAhead(counting(), launch);
  const all = [...statements, ...deep];
  reader.prefetch?.(all);
  assertSame(reader, all, (nth) => {
    if (nth % 20 === 0) pause();
  });
});

/** A project with whatever a reader stumbles over, among enough to be worth a thread. */
function project(): Readonly<Record<string, string | Uint8Array>> {
  const seed = `INSERT INTO seed (id, name) VALUES ${Array.from({ length: 20_000 }, (_, i) => `(${i}, 'name ${i}')`).join(', ')};\n`;
  const files: Record<string, string | Uint8Array> = {
    'flyway.conf': 'flyway.locations=filesystem:sql\n',
    'sql/V2000__unparsable.sql': 'ALTER TABLE t1 ADD COLUM x int;\nCREATE TABLE (;\n$$',
    'sql/V2001__latin1.sql': Buffer.from("COMMENT ON TABLE t1 IS 'é';\nALTER TABLE t1 ADD COLUMN é int;", 'latin1'),
    'sql/V2002__nul.sql': 'SELECT 1;\0\nALTER TABLE t1 ADD COLUMN z int;',
    'sql/V2003__seed.sql': `CREATE TABLE seed (id int, name text);\n${seed.repeat(50)}`,
    'sql/V2004__more_seed.sql': "INSERT INTO seed VALUES (1, 'x');\n".repeat(4000),
    'sql/V2005__data.sql': 'COPY seed FROM stdin;\n1\tx\n\\.\nALTER TABLE seed ADD COLUMN n int NOT NULL;\n',
    'sql/V2006__function.sql':
      'CREATE FUNCTION f() RETURNS int AS $$ BEGIN ALTER TABLE t1 DROP COLUMN id; END $$ LANGUAGE plpgsql;',
  };
  for (const { name, text } of benchMigrations(400)) files[`sql/${name}`] = text;
  return files;
}

test('a history is judged alike, also where the thread is killed in the middle', async (context) => {
  const { path } = folder(context, project());
  const report = async (wrap: (reader: StatementReader) => StatementReader) => {
    const dialects = new Map(createDialects({ postgresql: postgresqlParser(parser) }));
    const postgresql = dialects.get('postgresql');
    assert.ok(postgresql?.reader);
    const service = createEngine({
      dialects: dialects.set('postgresql', { ...postgresql, reader: wrap(postgresql.reader) }),
    });
    const options = {
      roots: [path],
      trusted: false,
      overrides: {},
      env: {},
      now: () => '2026-11-24T12:00:00Z',
      all: true,
    };
    const workspace = createWorkspace(service, options);
    await workspace.load();
    const steps = service.check(workspace.snapshot);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return JSON.stringify(step.value);
    }
  };
  const alone = await report((reader) => reader);
  assert.ok((await report((reader) => readAhead(reader, launch))) === alone);
  let thread: ReadingThread | undefined;
  const watched: Launch = (progress) => {
    thread = launch(progress);
    return thread;
  };
  let asked = 0;
  const killed = (reader: StatementReader): StatementReader => {
    const ahead = readAhead(reader, watched);
    return {
      ...ahead,
      read(statement) {
        asked += 1;
        if (asked === 700) thread?.stop();
        return ahead.read(statement);
      },
    };
  };
  assert.ok((await report(killed)) === alone);
});
