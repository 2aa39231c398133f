import type { Anchor, Span, StatementId } from '../model/text.ts';
import { spanToWritten } from '../text/mapped.ts';
import type { Script } from './slot.ts';

/** Turns anchors into offsets of the text as it is written now. The only place where that happens. */
export function placeIn(script: Script, anchor: Anchor): Span {
  if (anchor.statement === undefined) return visible(anchor.span, script.content.text);
  const start = statementStart(script, anchor.statement);
  if (start === undefined) return visible({ start: 0, end: 0 }, script.content.text);
  const running = { start: start + anchor.span.start, end: start + anchor.span.end };
  return visible(spanToWritten(script.mapped, running), script.content.text);
}

/** A place in a file that was not read as a migration. */
export function placeInText(text: string, anchor: Anchor): Span {
  return visible(anchor.span, text);
}

function statementStart(script: Script, id: StatementId): number | undefined {
  return starts(script).get(keyOf(id));
}

const memo = new WeakMap<Script, ReadonlyMap<string, number>>();

function starts(script: Script): ReadonlyMap<string, number> {
  const known = memo.get(script);
  if (known !== undefined) return known;
  const map = new Map(script.statements.map(({ id, span }) => [keyOf(id), span.start] as const));
  memo.set(script, map);
  return map;
}

function keyOf(id: StatementId): string {
  return `${id.nth} ${id.text}`;
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
