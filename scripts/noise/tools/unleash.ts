import { run } from '../../oracles/tools.ts';
import { nodeModules } from '../packages.ts';
import type { RecordedHistory } from '../recorded.ts';
import { limits } from './limits.ts';

export const unleash: RecordedHistory = {
  name: 'unleash',
  tool: 'db-migrate',
  from: 'unleash-server 7.5.1',
  historyTable: /"?migrations"?/,
  done: /^INSERT INTO "migrations" [^']*'([^']*)'/,
  async run({ port, database }) {
    const folder = await nodeModules('unleash-server@7.5.1');
    const db = { driver: 'pg', host: '127.0.0.1', port, user: 'postgres', database, ssl: false };
    const code = `const { migrateDb } = await import('./node_modules/unleash-server/dist/migrator.js');
await migrateDb({ db: ${JSON.stringify(db)} });
process.exit(0);`;
    await run('node', ['--input-type=module', '-e', code], { ...limits, cwd: folder });
  },
};
