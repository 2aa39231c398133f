import type { CancellationToken, HandlerResult } from 'vscode-languageserver';
import type { Method } from '#protocol/method.ts';
import { guarded } from './guard.ts';
import type { Session } from './session.ts';

/** Registers the handler of one of our own requests; the types come from its protocol file. */
export function onOwn<P, R>(
  session: Session,
  { method }: Method<P, R>,
  fallback: R,
  handler: (params: P) => R | Promise<R>,
): void {
  session.connection.onRequest(
    method,
    (params: P, token: CancellationToken) =>
      guarded<R>(session, method, token, fallback, () => handler(params)) as HandlerResult<R, void>,
  );
}
