/** Ends an identifier that stands for a placeholder whose value nobody told us. It has no width, and no name that people write has it. */
const MARK = '\u2060';

/** Any identifier serves to read a statement; what the name means, only the tool's settings know. */
export function standIn(placeholder: string): string {
  return placeholder.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(\d)/, '_$1') + MARK;
}

export function hasStandIn(name: string | undefined): boolean {
  return name?.includes(MARK) === true;
}

/** For people and for files. */
export function withoutMarks(text: string): string {
  return text.includes(MARK) ? text.replaceAll(MARK, '') : text;
}
