import type { Span } from '../../../../model/text.ts';

export interface Property {
  readonly key: string;
  readonly value: string;
  readonly valueSpan: Span;
}

/** Java properties: comments, three separators, escapes, lines that go on behind a backslash. */
export function readProperties(text: string): readonly Property[] {
  const found: Property[] = [];
  let at = 0;
  while (at < text.length) {
    const { logical, end, start } = logicalLine(text, at);
    at = end;
    if (logical === '' || logical.startsWith('#') || logical.startsWith('!')) continue;
    const match = /^((?:\\.|[^\\\s=:])*)[ \t\f]*[=:]?[ \t\f]*([\s\S]*)$/.exec(logical);
    if (match === null) continue;
    const [, key = '', value = ''] = match;
    const from = start + Math.max(0, logical.length - value.length);
    found.push({
      key: unescaped(key),
      value: unescaped(value).trimEnd(),
      valueSpan: { start: from, end: from + value.length },
    });
  }
  return found;
}

function logicalLine(
  text: string,
  at: number,
): { readonly logical: string; readonly start: number; readonly end: number } {
  let logical = '';
  let start = -1;
  let end = at;
  for (;;) {
    const eol = nextEol(text, end);
    const line = text.slice(end, eol);
    const lead = line.length - line.trimStart().length;
    if (start === -1) start = end + lead;
    end = eol + (text.startsWith('\r\n', eol) ? 2 : eol < text.length ? 1 : 0);
    const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/.test(line) && !/^[#!]/.test(line.trimStart());
    logical += goesOn ? line.trimStart().slice(0, -1) : line.trimStart();
    if (!goesOn || end >= text.length) return { logical, start, end };
  }
}

function nextEol(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  const end = newline === -1 ? text.length : newline;
  const carriage = text.indexOf('\r', at);
  return carriage !== -1 && carriage < end ? carriage : end;
}

function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return ({ n: '\n', t: '\t', r: '\r', f: '\f' } as Readonly<Record<string, string>>)[code] ?? code;
  });
}
