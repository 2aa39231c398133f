import { github } from './github.ts';
import { json } from './json.ts';
import type { Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** Every form of `check`'s output. A new one is a file and a line here. */
export const reporters: readonly Reporter[] = [text, json, sarif, github];
