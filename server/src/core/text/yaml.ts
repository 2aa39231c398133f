/** No configuration is nested deeper; YAML's library runs out of stack with more, and before that out of time. */
export const deepestYaml = 100;

export const tooDeep = `nested deeper than ${deepestYaml} levels`;

/** Where a YAML text becomes nested deeper than that; by its indents, indicators and brackets alone, without reading it. */
export function tooDeepAt(text: string): number | undefined {
  const blocks: number[] = [];
  let brackets = 0;
  for (let at = 0; at < text.length; at += 1) {
    const line = at;
    if (brackets === 0) at = openBlocks(text, line, blocks);
    const tooDeepBlock = blocks[deepestYaml];
    if (tooDeepBlock !== undefined) return line + tooDeepBlock;
    for (; at < text.length && text[at] !== '\n'; at += 1) {
      const char = text[at];
      if (char === '[' || char === '{') brackets += 1;
      else if (char === ']' || char === '}') brackets = Math.max(0, brackets - 1);
      else if ((char === '"' || char === "'") && beginsHere(text, at)) at = quoteEnd(text, at, char);
      else if (char === '#' && beginsHere(text, at)) at = lineEnd(text, at) - 1;
      if (blocks.length + brackets > deepestYaml) return at;
    }
  }
  return undefined;
}

/** Takes the indent of a line and the indicators behind it, as in `- - ? a`; answers where the rest begins. */
function openBlocks(text: string, line: number, blocks: number[]): number {
  let at = line;
  while (text[at] === ' ') at += 1;
  if (at >= text.length || text[at] === '\n' || text[at] === '\r' || text[at] === '#') return at;
  while (blocks.length > 0 && (blocks.at(-1) ?? 0) >= at - line) blocks.pop();
  while ((text[at] === '-' || text[at] === '?' || text[at] === ':') && isBlank(text[at + 1])) {
    blocks.push(at - line);
    at += 1;
    while (text[at] === ' ' || text[at] === '\t') at += 1;
  }
  if (at < text.length && text[at] !== '\n') blocks.push(at - line);
  return at;
}

function isBlank(char: string | undefined): boolean {
  return char === undefined || /\s/.test(char);
}

/** A quote or `#` within a word is none. */
function beginsHere(text: string, at: number): boolean {
  const before = text[at - 1];
  return isBlank(before) || '[{,:'.includes(before ?? '');
}

function quoteEnd(text: string, start: number, quote: string): number {
  let at = start + 1;
  for (; at < text.length && text[at] !== quote; at += 1) if (text[at] === '\\' && quote === '"') at += 1;
  return at;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
