import { type Call, type CallPair, errorsOf, requestOf } from '../messages.ts';
import type { Direction } from '../profiles.ts';
import type { Schema } from '../schema.ts';

/** What one side of a call writes and the other one reads. */
export interface Exchange {
  readonly part: 'request' | 'response' | 'errors';
  /** As it is now. */
  readonly call: Call;
  /** Who reads: the new side in BACKWARD. */
  readonly direction: Direction;
  readonly reader: Schema;
  readonly writer: Schema;
}

/**
 * Clients write requests and servers read them; what is answered goes the other way. BACKWARD asks whether servers of now serve clients
 * of before, FORWARD whether clients of now are served by servers of before. One that waits for an answer and one that does not refuse
 * each other, whatever they say.
 */
export function exchangesOf(pairs: readonly CallPair[], asked: Direction): readonly Exchange[] {
  const back = opposite(asked);
  return pairs
    .filter(({ before, after }) => before.message.oneWay === after.message.oneWay)
    .flatMap(({ before, after }): readonly Exchange[] => {
      const request = { before: requestOf(before), after: requestOf(after) };
      const response = { before: before.message.response, after: after.message.response };
      const errors = { before: errorsOf(before), after: errorsOf(after) };
      return [
        { part: 'request', call: after, direction: asked, ...readBy(asked, request) },
        { part: 'response', call: after, direction: back, ...readBy(back, response) },
        { part: 'errors', call: after, direction: back, ...readBy(back, errors) },
      ];
    });
}

export function opposite(direction: Direction): Direction {
  return direction === 'BACKWARD' ? 'FORWARD' : 'BACKWARD';
}

export function readBy(
  direction: Direction,
  { before, after }: { readonly before: Schema; readonly after: Schema },
): { readonly reader: Schema; readonly writer: Schema } {
  return direction === 'BACKWARD' ? { reader: after, writer: before } : { reader: before, writer: after };
}
