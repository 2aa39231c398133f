import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Progress } from './progress.ts';
import type { Launch } from './read-ahead.ts';

/** What a reading thread is started with. */
export interface ReadingThreadData {
  /** Compiled once for both threads. */
  readonly parser: WebAssembly.Module;
  readonly port: MessagePort;
  readonly progress: Progress;
}

/**
 * Little memory is enough for one slice after another. The stack is no larger than that of the first thread, which so can do
 * whatever this one can.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128, stackSizeMb: 1 };

/** Starts `file` as a thread, which ends with the slices or with the process. On one processor there is nothing to gain. */
export function launcher(file: string, parser: WebAssembly.Module): Launch {
  return (progress) => {
    if (availableParallelism() < 2) return undefined;
    const { port1, port2 } = new MessageChannel();
    const workerData: ReadingThreadData = { parser, port: port2, progress };
    const thread = new Worker(file, { workerData, transferList: [port2], resourceLimits });
    // Without it everything is read in the first thread.
    thread.on('error', () => undefined);
    thread.unref();
    return { port: port1, stop: () => void thread.terminate() };
  };
}
