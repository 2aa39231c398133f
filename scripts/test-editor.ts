import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runTests } from './run-tests.ts';

/** `npm run test:editor`: what is built now, in real VS Code. One suite after the other: each has a window and a browser. */
const root = join(import.meta.dirname, '..');
const { status } = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: 'inherit' });
process.exit(status === 0 ? runTests(['test/editor'], 900_000, 1) : 1);
