import type { Method } from './method.ts';

/** Client -> server: judge frozen migrations too, until it is turned off again. */
export const checkHistory: Method<{ readonly on: boolean }, { readonly findings: number; readonly files: number }> = {
  method: 'schemaward/checkHistory',
};
