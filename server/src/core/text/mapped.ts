import type { Span } from '../model/text.ts';

/** A stretch of the running text that stands for other words of the written text (a substituted placeholder). */
export interface Substitution {
  /** In the text that runs. */
  readonly runs: Span;
  /** In the text that was written. */
  readonly written: Span;
}

/**
 * The text that runs, and how its offsets map to the text that was written. Readers read `text`; only edits and
 * squiggles ask where it stands. With no substitutions both texts are equal.
 */
export interface MappedText {
  readonly text: string;
  /** Ordered, not overlapping. */
  readonly substitutions: readonly Substitution[];
}

export function unmapped(text: string): MappedText {
  return { text, substitutions: [] };
}

/** Offset in the written text. Inside a substitution it is the placeholder's start (or end, for `side` 'end'). */
export function toWritten(mapped: MappedText, offset: number, side: 'start' | 'end' = 'start'): number {
  let shift = 0;
  for (const { runs, written } of mapped.substitutions) {
    if (offset < runs.start || (offset === runs.start && side === 'end')) break;
    if (offset < runs.end || (offset === runs.end && side === 'end'))
      return side === 'start' ? written.start : written.end;
    shift = written.end - runs.end;
  }
  return offset + shift;
}

/** Offset in the running text; inside a placeholder it is the substitution's start. */
export function toRunning(mapped: MappedText, offset: number): number {
  let shift = 0;
  for (const { runs, written } of mapped.substitutions) {
    if (offset < written.start) break;
    if (offset < written.end) return runs.start;
    shift = runs.end - written.end;
  }
  return offset + shift;
}

export function spanToWritten(mapped: MappedText, span: Span): Span {
  const start = toWritten(mapped, span.start, 'start');
  return { start, end: Math.max(start, toWritten(mapped, span.end, 'end')) };
}

/** Does the span meet a substitution? Then no fix may edit there. */
export function touchesSubstitution(mapped: MappedText, span: Span): boolean {
  return mapped.substitutions.some(({ runs }) => runs.start < span.end && span.start < runs.end);
}
