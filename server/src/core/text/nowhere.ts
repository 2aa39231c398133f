import type { Span } from '../model/text.ts';

/** Of what was found out or made up, and stands in no text. */
export const nowhere: Span = { start: 0, end: 0 };
