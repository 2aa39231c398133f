import pg from 'pg';
import { measurePairs } from './type-pairs.ts';
for (const major of [12, 18]) {
  const client = new pg.Client({ host: '127.0.0.1', port: 15400 + major, user: 'postgres', database: 'postgres' });
  await client.connect();
  const all = await measurePairs(client);
  console.log(major, all.length, all.filter((p) => p.rewritten !== undefined).length);
  console.log('free but index rebuilt', all.filter((p) => p.rewritten === false && p.rebuilt).map((p) => `${p.from}>${p.to}`).join('; '));
  console.log('rewritten but index not', all.filter((p) => p.rewritten === true && p.rebuilt === false).map((p) => `${p.from}>${p.to}`).join('; '));
  await client.end();
}
