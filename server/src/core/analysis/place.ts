import type { Anchor, Span, StatementId } from '../model/text.ts';
import { spanToWritten } from '../text/mapped.ts';
import type { Outline } from './slot.ts';

/** Turns anchors into offsets of the text as it is written now. The only place where that happens. */
export function placeIn(outline: Outline, anchor: Anchor): Span {
  if (anchor.statement === undefined) return visible(anchor.span, outline.content.text);
  const start = statementStart(outline, anchor.statement);
  if (start === undefined) return visible({ start: 0, end: 0 }, outline.content.text);
  const running = { start: start + anchor.span.start, end: start + anchor.span.end };
  return visible(spanToWritten(outline.mapped, running), outline.content.text);
}

/** A place in a file that was not read as a migration. */
export function placeInText(text: string, anchor: Anchor): Span {
  return visible(anchor.span, text);
}

function statementStart(outline: Outline, id: StatementId): number | undefined {
  let known = starts.get(outline);
  if (known === undefined) {
    known = startsOf(outline);
    starts.set(outline, known);
  }
  return known.get(id.text)?.[id.nth];
}

/** Statement -> where it starts, each time that it stands in the file. */
type Starts = ReadonlyMap<string, readonly number[]>;

const starts = new WeakMap<Outline, Starts>();

function startsOf({ statements }: Outline): Starts {
  const found = new Map<string, number[]>();
  for (const { id, span } of statements) {
    const known = found.get(id.text);
    if (known === undefined) found.set(id.text, [span.start]);
    else known.push(span.start);
  }
  return found;
}

/** An empty span is widened to the first words there, so that an editor has something to underline. */
function visible(span: Span, text: string): Span {
  const start = Math.min(span.start, text.length);
  const end = Math.min(Math.max(span.end, start), text.length);
  if (end > start) return { start, end };
  const rest = /^\s*[^\r\n]*/.exec(text.slice(start, start + 1000))?.[0] ?? '';
  const lead = rest.length - rest.trimStart().length;
  const from = Math.min(start + lead, text.length);
  return { start: from, end: Math.max(from, start + rest.trimEnd().length) };
}
