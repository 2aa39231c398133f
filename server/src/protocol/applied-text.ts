import type { Method } from './method.ts';

/** Client -> server: the text of a migration as it was applied (the git blob whose checksum equals the history's). */
export const appliedText: Method<
  { readonly uri: string; readonly project: string; readonly target: string },
  | { readonly kind: 'found'; readonly text: string; readonly from: string }
  | { readonly kind: 'not-found'; readonly reason: string }
> = { method: 'schemaward/appliedText' };
