import { isMainThread } from 'node:worker_threads';
import { runCommandLine } from './command-line.ts';
import { runReadingThread } from './reading-thread.ts';

// One file for both threads, so that the package holds the reader once. Neither is loaded by `import()`: then the bundler wraps each of
// its modules, which costs 15 KB of the package, and neither time nor memory was saved by what a thread leaves out.
if (isMainThread) runCommandLine();
else runReadingThread();
