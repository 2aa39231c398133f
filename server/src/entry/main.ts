import { isMainThread } from 'node:worker_threads';

// One file for both threads, so that the package holds the reader once; each thread runs what it needs of it.
void (isMainThread ? import('./command-line.ts') : import('./reading-thread.ts'));
