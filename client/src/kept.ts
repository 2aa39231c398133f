import { type Event, EventEmitter, type ExtensionContext } from 'vscode';
import type { Method } from '../../server/src/protocol/method.ts';
import type { Client } from './client.ts';

/** What the server last said. It stays until the next answer is complete, so that views never flicker. */
export interface Kept<Answer> {
  readonly answer: Answer | undefined;
  readonly onChanged: Event<void>;
  refresh(): Promise<void>;
}

/** Bursts of notifications become one request. */
const gather = 60;

/** @param said is through before anybody hears of the answer: contexts that views hang on */
export function keepAnswer<Answer extends { readonly ready: boolean }>(
  context: ExtensionContext,
  client: Client,
  method: Method<null, Answer>,
  said: (answer: Answer) => Promise<void>,
): Kept<Answer> {
  const emitter = new EventEmitter<void>();
  let kept: Answer | undefined;
  let last = '';
  let timer: NodeJS.Timeout | undefined;
  const refresh = async () => {
    const answer = await client.ask(method, null);
    if (answer === undefined || !answer.ready) return;
    const text = JSON.stringify(answer);
    if (text === last) return;
    last = text;
    kept = answer;
    await said(answer);
    emitter.fire();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh().catch(() => undefined), gather);
  };
  context.subscriptions.push(emitter, client.onChanged(soon), { dispose: () => clearTimeout(timer) });
  void client.ready.then(soon);
  return {
    get answer() {
      return kept;
    },
    onChanged: emitter.event,
    refresh,
  };
}
