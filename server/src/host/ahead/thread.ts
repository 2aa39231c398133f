import type { MessagePort } from 'node:worker_threads';
import type { StatementReader, StatementReading } from '#core/sql/dialect.ts';
import { announce, countStatement, type Progress, take } from './progress.ts';
import type { Slice } from './slices.ts';

/** Of each statement of a slice. Null: to be read by whoever asked. */
export type Readings = readonly (StatementReading | null)[];

/** The other thread: reads slices as they come, those that it is the first to take. */
export function serveReadings(reader: StatementReader, port: MessagePort, progress: Progress): void {
  let count = 0;
  const read = (statement: string): StatementReading | null => {
    countStatement(progress);
    return portable(reader.read(statement));
  };
  port.on('message', (slice: Slice | undefined) => {
    if (slice === undefined) return port.close();
    const nth = count;
    count += 1;
    if (!take(progress, nth)) return;
    port.postMessage(JSON.stringify(slice.map(read)));
    announce(progress, nth);
  });
}

/** How deep a statement may be nested depends on the thread's stack: what was too deep here may not be elsewhere. */
function portable(reading: StatementReading): StatementReading | null {
  return reading.problem?.kind === 'not-examined' ? null : reading;
}
