import type { Method } from './method.ts';

/** Server -> client: what has become stale. The client asks again for what it shows. */
export const changed: Method<{ readonly scopes: readonly ('status' | 'file-info')[] }, never> = {
  method: 'schemaward/changed',
};
