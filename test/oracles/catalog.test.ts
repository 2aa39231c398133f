import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { newDraw } from './catalog/generate/draw.ts';
import { statement } from './catalog/generate/statement.ts';
import { type Disagreement, type Run, runHistory, shrink } from './catalog/history.ts';
import { type PgServer, startServer } from './impact/server.ts';

/**
 * The oracle of the replay: generated histories run on native PostgreSQL and through our own reader, rules and replay,
 * and the replayed catalog must equal `pg_catalog`, column by column. What the server refuses is left out of the replay,
 * and our rules must have said so where they claim to know. `HISTORIES=2000 MAJORS=12,13 SEED=7` runs others.
 */
const MAJORS = (process.env.MAJORS ?? '12,15,18').split(',').map(Number);
const HISTORIES = Number(process.env.HISTORIES ?? 100);
const SEED = Number(process.env.SEED ?? 1);
const LENGTH = 45;

for (const major of MAJORS)
  describe(`PostgreSQL ${major}`, () => {
    let server: PgServer | undefined;
    after(async () => server?.stop());

    test(`${HISTORIES} histories end in the server's catalog`, async () => {
      server = await startServer(major);
      const run: Run = { major, client: server.client, every: 10 };
      const found = new Map<string, Disagreement>();
      for (let nth = 0; nth < HISTORIES; nth += 1) {
        const wrong = await runHistory(run, generated(SEED + nth, major));
        if (wrong !== undefined && !found.has(wrong.sort)) found.set(wrong.sort, await shrink(run, wrong));
      }
      if (found.size > 0) assert.fail([...found.values()].map(report).join('\n'));
    });
  });

function generated(seed: number, major: number): Parameters<typeof runHistory>[1] {
  const draw = newDraw(seed);
  return (catalog, nth) => (nth < LENGTH ? statement({ draw, catalog, major }) : undefined);
}

function report({ sort, text, statements }: Disagreement): string {
  return `${sort}\n  ${statements.join(';\n  ')};\n    ${text}\n`;
}
