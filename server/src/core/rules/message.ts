import type { MessageArgs } from '../model/finding.ts';
import { withoutMarks } from '../text/stand-in.ts';

/** `{name}` becomes the argument; an argument that is missing stays visible, so that a test finds it. */
export function renderMessage(template: string, args: MessageArgs): string {
  return piecesOf(template)
    .map((piece, index) => (index % 2 === 0 ? piece : argument(piece, args[piece])))
    .join('');
}

function argument(name: string, value: string | number | undefined): string {
  return value === undefined ? `{${name}}` : withoutMarks(String(value));
}

/** Templates are the rules' own, and few: each is taken apart once for its thousands of findings. */
const known = new Map<string, readonly string[]>();

/** Words and names of arguments by turns. */
function piecesOf(template: string): readonly string[] {
  const pieces = known.get(template) ?? template.split(/\{([a-zA-Z0-9]+)\}/);
  known.set(template, pieces);
  return pieces;
}
