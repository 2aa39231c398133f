import type { Span } from '../../../../model/text.ts';

/** Offset of a text inside a statement -> offset in the statement. */
export type OffsetMap = (offset: number) => number;

/** The same value with every span in it moved. */
export function mapSpans<Value>(value: Value, map: OffsetMap): Value {
  return replaced(value, ({ start, end }) => ({ start: map(start), end: Math.max(map(end), map(start)) })) as Value;
}

/** The same value with every span in it laid on one: for what stands nowhere in the statement as it is. */
export function allAt<Value>(value: Value, span: Span): Value {
  return replaced(value, () => span) as Value;
}

function replaced(value: unknown, move: (span: Span) => Span): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, move));
  if (typeof value !== 'object' || value === null) return value;
  if (isSpan(value)) return { ...value, ...move(value) };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, move)]));
}

function isSpan(value: object): value is Span {
  return 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
}

/** Maps offsets of what a literal stands for to where its characters are written. @param at the literal's own offset */
export function literalMap(literal: string, at: number): OffsetMap {
  const tag = /^\$[^$]*\$/.exec(literal)?.[0];
  if (tag !== undefined) return (offset) => at + tag.length + offset;
  const open = literal.indexOf("'") + 1;
  const inner = literal.slice(open, -1);
  const escapes = /^e'/i.test(literal) && inner.includes('\\');
  if (!inner.includes("''") && !escapes) return (offset) => at + open + offset;
  const places = escapedPlaces(inner, escapes);
  return (offset) => at + open + (places[offset] ?? inner.length);
}

/** For each character of the value, where it starts in the literal. */
function escapedPlaces(inner: string, escapes: boolean): readonly number[] {
  const places: number[] = [];
  for (let i = 0; i < inner.length; i++) {
    places.push(i);
    if (inner.startsWith("''", i) || (escapes && inner[i] === '\\')) i++;
  }
  return places;
}
