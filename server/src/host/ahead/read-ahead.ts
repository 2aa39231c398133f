import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { StatementReader, StatementReading } from '#core/sql/dialect.ts';
import { awaitSlice, mostSlices, newProgress, type Progress, take } from './progress.ts';
import { type Slice, sliced } from './slices.ts';
import type { Readings } from './thread.ts';

/** The other thread as this one sees it. */
export interface ReadingThread {
  /** Takes slices, answers each with its readings as JSON; `undefined` ends the thread. */
  readonly port: MessagePort;
  stop(): void;
}

/** Undefined where there is none to be had. */
export type Launch = (progress: Progress) => ReadingThread | undefined;

/** A thread costs a tenth of a second: with fewer slices to come, none is started. */
const worthwhile = 8;

/** Slices that are under way at once. They are what the memory of both threads holds. */
const depth = 16;

/** Milliseconds without a sign of life after which the other thread counts as dead. */
const patience = 1000;

/**
 * A reader whose statements a second thread reads before they are asked for, so that two processors work on a long
 * history. What that thread has not begun, could not examine or does not give is read here: it changes when something
 * is read, never what is read.
 */
export function readAhead(reader: StatementReader, launch: Launch): StatementReader {
  let ahead: Ahead | undefined;
  return {
    read: (statement) => ahead?.readingOf(statement) ?? reader.read(statement),
    prefetch(statements) {
      ahead?.stop();
      ahead = aheadOf(statements, launch);
    },
  };
}

interface Ahead {
  readingOf(statement: string): StatementReading | undefined;
  stop(): void;
}

/** Whoever asks follows the order of the slices. */
interface Opened {
  readonly places: ReadonlyMap<string, number>;
  /** Undefined: the slice is read here. */
  readonly readings: Readings | undefined;
}

function aheadOf(statements: Iterable<string>, launch: Launch): Ahead | undefined {
  const slices = sliced(statements);
  const first = firstOf(slices, worthwhile);
  if (first.length < worthwhile) return undefined;
  const progress = newProgress();
  const thread = launch(progress);
  if (thread === undefined) return undefined;
  const sent: { readonly nth: number; readonly places: ReadonlyMap<string, number> }[] = [];
  let count = 0;
  let opened: Opened | undefined;
  const send = (slice: Slice | undefined) => {
    thread.port.postMessage(slice);
    if (slice === undefined) return;
    sent.push({ nth: count, places: new Map(slice.map((statement, place) => [statement, place])) });
    count += 1;
  };
  const receive = (nth: number): Readings | undefined => {
    if (take(progress, nth)) return undefined;
    const message = awaitSlice(progress, nth, patience) ? receiveMessageOnPort(thread.port) : undefined;
    if (message !== undefined) return JSON.parse(message.message) as Readings;
    sent.length = 0;
    thread.stop();
    return undefined;
  };
  for (const slice of first) send(slice);
  for (const slice of firstOf(slices, depth - worthwhile)) send(slice);
  return {
    readingOf(statement) {
      const next = sent[0];
      if (opened?.places.has(statement) !== true) {
        if (next?.places.has(statement) !== true) return undefined;
        sent.shift();
        if (count < mostSlices) send(slices.next().value ?? undefined);
        opened = { places: next.places, readings: receive(next.nth) };
      }
      return opened.readings?.[opened.places.get(statement) ?? -1] ?? undefined;
    },
    stop: thread.stop,
  };
}

function firstOf(slices: Iterator<Slice>, most: number): readonly Slice[] {
  const first: Slice[] = [];
  for (let next = slices.next(); next.done !== true; next = slices.next()) {
    first.push(next.value);
    if (first.length === most) break;
  }
  return first;
}
