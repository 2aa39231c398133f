import pg from 'pg';
import { COLUMN_CASES } from './cases/columns.ts';
import { CONSTRAINT_CASES } from './cases/constraints.ts';
import { INDEX_CASES } from './cases/indexes.ts';
import { OTHER_CASES } from './cases/others.ts'; import { GENERATED_CASES } from './cases/generated.ts'; import { TYPE_CASES } from './cases/types.ts';
import { TABLE_CASES } from './cases/tables.ts';
import { measureInside, measureOutside, prepare } from './measure.ts';

const all = process.argv[3] === 'types' ? TYPE_CASES : process.argv[3] === 'types' ? TYPE_CASES : process.argv[3] === 'gen' ? GENERATED_CASES : [...COLUMN_CASES, ...CONSTRAINT_CASES, ...INDEX_CASES, ...TABLE_CASES, ...OTHER_CASES];
const short: Record<string, string> = {
  'ACCESS SHARE': 'AS',
  'ROW SHARE': 'RS',
  'ROW EXCLUSIVE': 'RE',
  'SHARE UPDATE EXCLUSIVE': 'SUE',
  SHARE: 'S',
  'SHARE ROW EXCLUSIVE': 'SRE',
  EXCLUSIVE: 'E',
  'ACCESS EXCLUSIVE': 'AE',
};
const out = new Map<string, Map<number, string>>();
for (const major of (process.argv[2] ?? '12,15,18').split(',').map(Number)) {
  const client = new pg.Client({ host: '127.0.0.1', port: 15400 + major, user: 'postgres', database: 'postgres' });
  const blocker = new pg.Client({ host: '127.0.0.1', port: 15400 + major, user: 'postgres', database: 'postgres' });
  await client.connect();
  await blocker.connect();
  for (const c of all) {
    if (major < (c.from ?? 0)) continue;
    let text: string;
    try {
      let m;
      if (c.outside) m = await measureOutside(client, blocker, c.setup, c.sql);
      else {
        await prepare(client, c.setup);
        m = await measureInside(client, c.sql);
      }
      text =
        [...m.locks]
          .map(([r, k]) => `${r}:${short[k]}`)
          .sort()
          .join(' ') +
        ' | W ' +
        [...m.rewritten].join(',') +
        ' | I ' +
        [...m.rebuilt].join(',') +
        ' | S ' +
        [...m.scanned].join(',') +
        ' | B ' +
        [...m.built].join(',');
    } catch (e) {
      text = 'ERR ' + (e as Error).message;
      try {
        await client.query('ROLLBACK');
        await blocker.query('ROLLBACK');
      } catch {}
    }
    const key = `${c.row} || ${c.sql} ## ${c.setup.replace(/\s+/g, ' ').slice(-200)}`;
    if (!out.has(key)) out.set(key, new Map());
    out.get(key)!.set(major, text);
  }
  await client.end();
  await blocker.end();
}
for (const [k, m] of out) { if (new Set([...m.values()].map((t) => t.split(" | ")[0]!.split(" ").filter((x) => !x.endsWith(":AS")).join(" "))).size < 2 && !process.argv[3]) continue;
  console.log(k);
  const by = new Map<string, number[]>();
  for (const [v, t] of m) by.set(t, [...(by.get(t) ?? []), v]);
  for (const [t, v] of by) console.log(`   [${v.join(',')}] ${t}`);
}
