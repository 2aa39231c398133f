import { join } from 'node:path';

export const drivers = join(import.meta.dirname, '..', 'drivers');

/** Of a tool that runs a whole history. */
export const limits = { timeout: 900_000, maxBuffer: 1 << 26 };
