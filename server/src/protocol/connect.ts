import type { Method } from './method.ts';

/** What the person can connect a project to, found in configuration; no secret is in it. */
export interface ConnectChoice {
  readonly project: string;
  readonly target: string;
  /** `postgresql://shop@localhost:5432/shop`, never with a password. */
  readonly display: string;
  readonly role?: string;
  readonly from: string;
}

/** Client -> server: list the choices. */
export const connectChoices: Method<null, readonly ConnectChoice[]> = { method: 'schemaward/connectChoices' };

/**
 * Client -> server, after the person consented: read the history. `password` only where the server asked for one;
 * the trace of this request is redacted.
 */
export const connect: Method<
  { readonly project: string; readonly target: string; readonly url?: string; readonly password?: string },
  | { readonly kind: 'connected' }
  | { readonly kind: 'needs-password'; readonly display: string; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }
> = { method: 'schemaward/connect' };

/** Client -> server: forget the connection of a target. */
export const disconnect: Method<{ readonly project: string; readonly target: string }, null> = {
  method: 'schemaward/disconnect',
};

/** Client -> server: read every connected history again. */
export const refresh: Method<null, null> = { method: 'schemaward/refresh' };
