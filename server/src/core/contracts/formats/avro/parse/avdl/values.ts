import type { Json, JsonMember } from '../../json/value.ts';
import { type Cursor, spanOf } from './cursor.ts';
import type { Token } from './tokens.ts';

/** A value of a default or an annotation. */
export function readJsonValue(cursor: Cursor): Json {
  if (cursor.isMark('{')) return readObject(cursor);
  if (cursor.isMark('[')) return readArray(cursor);
  const token = cursor.token;
  switch (token.kind) {
    case 'string':
      cursor.next();
      return { kind: 'string', span: token.span, value: token.text };
    case 'integer':
      cursor.next();
      return integerOf(token);
    case 'float':
      cursor.next();
      return { kind: 'number', span: token.span, text: floatText(token.text) };
    case 'word':
      if (token.quoted) break;
      if (token.text === 'null') return { kind: 'null', span: cursor.next().span };
      if (token.text === 'true' || token.text === 'false')
        return { kind: 'boolean', span: cursor.next().span, value: token.text === 'true' };
      break;
    default:
      break;
  }
  throw cursor.expected('a JSON value');
}

function readArray(cursor: Cursor): Json {
  return cursor.nested(() => {
    const start = cursor.mark('[');
    const items: Json[] = [];
    if (!cursor.isMark(']'))
      do items.push(readJsonValue(cursor));
      while (cursor.takes(','));
    return { kind: 'array', span: spanOf(start, cursor.mark(']')), items };
  });
}

function readObject(cursor: Cursor): Json {
  return cursor.nested(() => {
    const start = cursor.mark('{');
    const members: JsonMember[] = [];
    while (!cursor.isMark('}')) {
      if (members.length > 0) cursor.mark(',');
      const key = cursor.literal('string');
      cursor.mark(':');
      const value = readJsonValue(cursor);
      members.push({ key: key.text, keySpan: key.span, value });
    }
    return { kind: 'object', span: spanOf(start, cursor.mark('}')), members };
  });
}

export function integerOf({ text, span }: Token): Json {
  const negative = text.startsWith('-');
  const digits = text.replace(/^-/, '').replace(/[lL]$/, '');
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return { kind: 'number', span, text: String(negative ? -value : value) };
}

/** As `Integer.decode` of Java. */
export function decode(text: string): number {
  return Number((integerOf({ text } as Token) as { readonly text: string }).text);
}

/** A double, even where it looks like an integer. */
function floatText(text: string): string {
  const value = Number(text.replace(/[fFdD]$/, ''));
  if (Number.isNaN(value)) return 'NaN';
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}
