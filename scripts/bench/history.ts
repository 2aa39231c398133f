import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, percentile } from './figures.ts';
import { startServer, uriOf } from './server.ts';

/** The server on the long history: start, edits at the end and in the middle, what follows from them, memory. */
export async function measureHistory(project: string, migrations: number): Promise<readonly Figure[]> {
  const name = (version: number) => `V${version}__step_${version}.sql`;
  const uri = (version: number) => uriOf(project, name(version));
  const text = (version: number) => readFileSync(join(project, 'db', 'migration', name(version)), 'utf8');
  const server = await startServer(project);
  const problems = (version: number) =>
    server.request('textDocument/diagnostic', { textDocument: { uri: uri(version) } });
  server.open(uri(1), text(1));
  await problems(1);
  const firstProblems = server.sinceStart();
  await server.request('workspace/diagnostic', { previousResultIds: [] });
  const edits = async (version: number, count: number) => {
    server.open(uri(version), text(version));
    const times: number[] = [];
    for (let i = 0; i < count; i += 1)
      times.push(
        await server.edit(uri(version), { text: `${text(version)}\nALTER TABLE t1 ADD COLUMN b${i % 3} int;` }),
      );
    return times;
  };
  const last = await edits(migrations, 100);
  const half = Math.floor(migrations / 2);
  const middle = await edits(half, 40);
  const consequences: number[] = [];
  server.open(uri(half + 1), text(half + 1));
  for (let i = 0; i < 10; i += 1) {
    const before = performance.now();
    await server.edit(uri(half + 1), { text: `${text(half + 1)}\nALTER TABLE t1 ADD COLUMN more_${i} int;` });
    await problems(migrations);
    consequences.push(performance.now() - before);
  }
  const peak = server.megabytes('peak');
  await server.stop();
  const p95 = (values: readonly number[]) => percentile(values, 0.95);
  return [
    { what: 'initialize answered', value: server.initialized, unit: 'ms', target: 220 },
    { what: 'first problems after the start', value: firstProblems, unit: 'ms', target: 500 },
    { what: 'keystroke to problems, last migration, p95', value: p95(last), unit: 'ms', target: 30 },
    { what: 'edit in the middle, its own file, p95', value: p95(middle), unit: 'ms', target: 30 },
    { what: 'its consequences at the end, p95', value: p95(consequences), unit: 'ms', target: 500 },
    { what: 'peak memory', value: peak, unit: 'MB', target: 300 },
  ];
}

/** A workspace of 1,000 versions: how long until all is checked, and how long the server was away meanwhile. */
export async function measureWorkspace(project: string): Promise<readonly Figure[]> {
  const server = await startServer(project);
  let isDone = false;
  const whole = server.request('workspace/diagnostic', { previousResultIds: [] }).then(() => {
    isDone = true;
    return server.sinceStart();
  });
  let away = 0;
  while (!isDone) {
    const before = performance.now();
    await server.request('schemaward/bench-ping', {}).catch(() => undefined);
    away = Math.max(away, performance.now() - before);
    await new Promise((resume) => setTimeout(resume, 5));
  }
  const seconds = (await whole) / 1000;
  server.messages();
  const before = server.processorTime();
  await new Promise((resume) => setTimeout(resume, 5000));
  const idle = server.messages();
  const busy = server.processorTime() - before;
  await server.stop();
  return [
    { what: 'workspace of 1,000 versions, all problems', value: seconds, unit: 's', target: 3 },
    { what: 'longest wait for an answer meanwhile', value: away, unit: 'ms', target: 50 },
    { what: 'messages sent in 5 idle seconds', value: idle, unit: '', target: 0 },
    { what: 'processor time in 5 idle seconds', value: busy * 1000, unit: 'ms', target: 50 },
  ];
}
