/**
 * The same text on its own. What engines cut out of a long string is a view that keeps all of it: a statement that outlives
 * an edit would hold the file as it was before, and each statement another one.
 */
export function ownText(text: string): string {
  return ` ${text}`.slice(1);
}
