import { workerData } from 'node:worker_threads';
import { postgresqlReader } from '#core/sql/dialects/postgresql/read.ts';
import type { ReadingThreadData } from '#host/ahead/launch.ts';
import { serveReadings } from '#host/ahead/thread.ts';
import { postgresqlParser } from '#host/parsers/postgresql.ts';

export function runReadingThread(): void {
  const { parser, port, progress } = workerData as ReadingThreadData;
  serveReadings(postgresqlReader(postgresqlParser(parser)), port, progress);
}
