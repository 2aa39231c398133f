import { runTests } from './run-tests.ts';

/** Suites that need real tools: `npm run test:oracles`. They may take minutes. */
process.exit(runTests(process.argv.slice(2), { limit: 900_000 }).status);
