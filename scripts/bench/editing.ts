import { benchMigrations } from '../bench-project.ts';
import { type Figure, percentile, spread } from './figures.ts';
import { commit } from './repository.ts';
import { type BenchServer, startServer, uriOf } from './server.ts';

interface Diagnostic {
  readonly range: object;
  readonly code?: string;
}

interface Action {
  readonly kind?: string;
}

/** One document of some size over a released history, that of the main branch: keystrokes, the lightbulb, a plan, and what memory that takes. */
export async function measureEditing(project: string): Promise<readonly Figure[]> {
  commit(project);
  return [...(await keystrokes(project, 50)), ...(await keystrokes(project, 500)), ...(await large(project))];
}

const targets = { 50: [4, 12], 500: [8, 20], 2000: [20, 60] } as const;

async function keystrokes(project: string, size: 50 | 500): Promise<readonly Figure[]> {
  const server = await startServer(project);
  const uri = uriOf(project, 'V900001__edited.sql');
  server.open(uri, document(size));
  await problemsOf(server, uri);
  const first = server.sinceStart();
  const times = await typed(server, uri, size, 60);
  await server.stop();
  return [
    ...(size === 50
      ? [{ what: 'start to first problems, 50 statements', value: first, unit: 'ms', target: 500 } as const]
      : []),
    ...spread(`keystroke to problems, ${size} statements`, times, targets[size]),
  ];
}

async function large(project: string): Promise<readonly Figure[]> {
  const server = await startServer(project);
  const uri = uriOf(project, 'V900001__edited.sql');
  server.open(uri, document(2000));
  const found = await problemsOf(server, uri);
  const times = await typed(server, uri, 2000, 60);
  const opened = server.megabytes('now');
  const menus: number[] = [];
  for (const { range } of found.filter((_, index) => index % 20 === 0).slice(0, 60)) {
    const before = performance.now();
    await actionsAt(server, uri, range);
    menus.push(performance.now() - before);
  }
  await typed(server, uri, 2000, 1000);
  const before = server.megabytes('now');
  await typed(server, uri, 2000, 3000);
  const grown = server.megabytes('now') - before;
  await server.stop();
  const plans = await plansIn(project);
  return [
    ...spread('keystroke to problems, 2,000 statements', times, targets[2000]),
    { what: 'code action list, 2,000 statements, p95', value: percentile(menus, 0.95), unit: 'ms', target: 8 },
    { what: 'plan built when it is chosen, p95', value: percentile(plans, 0.95), unit: 'ms', target: 40 },
    { what: 'memory with 2,000 statements open', value: opened, unit: 'MB', target: 150 },
    { what: 'growth over 3,000 more edits', value: Math.max(grown, 0), unit: 'MB', target: 10 },
  ];
}

/** A rename of a key that earlier migrations made, planned for table after table. */
async function plansIn(project: string): Promise<readonly number[]> {
  const server = await startServer(project);
  const uri = uriOf(project, 'V900002__planned.sql');
  const tables = [...benchMigrations(200)].flatMap(({ text }) => [...text.matchAll(/CREATE TABLE (t\d+)/g)]);
  server.open(
    uri,
    tables
      .slice(0, 40)
      .map(([, table]) => `ALTER TABLE ${table} RENAME COLUMN id TO key;`)
      .join('\n'),
  );
  const times: number[] = [];
  for (const { range } of await problemsOf(server, uri)) {
    const plan = (await actionsAt(server, uri, range)).find(({ kind }) => kind === 'quickfix.plan');
    if (plan === undefined) continue;
    const chosen = performance.now();
    await server.request('codeAction/resolve', plan);
    times.push(performance.now() - chosen);
  }
  await server.stop();
  if (times.length === 0) throw new Error('no plan was offered');
  return times;
}

function actionsAt(server: BenchServer, uri: string, range: object): Promise<readonly Action[]> {
  return server.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } });
}

function problemsOf(server: BenchServer, uri: string): Promise<readonly Diagnostic[]> {
  return server
    .request<{ readonly items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })
    .then(({ items }) => items);
}

/** Letters typed into the middle of the document, at the end of a line, one by one. */
async function typed(server: BenchServer, uri: string, size: number, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  const line = Math.floor(size / 2);
  for (let i = 0; i < count; i += 1) {
    const at = { line, character: 6 };
    const isTyped = i % 2 === 0;
    const range = { start: at, end: isTyped ? at : { ...at, character: 7 } };
    times.push(await server.edit(uri, { range, text: isTyped ? 'x' : '' }));
  }
  return times;
}

/** One statement a line. */
export function document(size: number): string {
  const lines: string[] = [];
  for (const { text } of benchMigrations(size)) {
    for (const each of text.replace(/^--.*\n/, '').split(/;\n+/)) {
      const statement = each.replaceAll(/\s+/g, ' ').trim();
      if (statement !== '') lines.push(`${statement.replaceAll(/\bt(\d+)\b/g, 'n$1')};`);
    }
    if (lines.length >= size) break;
  }
  return `${lines.slice(0, size).join('\n')}\n`;
}
