import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { grammarSamples } from '../core/support/grammar.ts';
import { type PgServer, startServer } from './impact/server.ts';

/** The statements that `npm test` reads are PostgreSQL's: each of them runs on 18, one after the other. */
let server: Promise<PgServer> | undefined;
after(async () => {
  await (await server)?.stop();
});

test('every sample of the grammar runs', async () => {
  server ??= startServer(18);
  const { client } = await server;
  const refused: string[] = [];
  let ran = 0;
  for (const { sql, notRun } of grammarSamples()) {
    if (notRun !== undefined) continue;
    await client.query(sql).then(
      () => ran++,
      (error: Error) => refused.push(`${sql}: ${error.message}`),
    );
  }
  assert.deepEqual(refused, []);
  assert.ok(ran > 400);
});
