/** Brackets within each other, and characters, beyond which an object is no element that is worth remembering. */
export const mostNested = 32;
const longest = 4096;

const [quote, slash, backslash] = [34, 47, 92];
const [openArray, closeArray, open, close] = [91, 93, 123, 125];

/** Where the object ends that begins here. Undefined: later than it is worth a look, or not to be told without reading it. */
export function elementEnd(text: string, start: number): number | undefined {
  const most = Math.min(text.length, start + longest);
  let depth = 0;
  for (let at = start; at < most; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at += 1;
      for (let inside = text.charCodeAt(at); inside !== quote; inside = text.charCodeAt(at)) {
        if (at >= most) return undefined;
        at += inside === backslash ? 2 : 1;
      }
    } else if (code === slash) return undefined;
    else if (code === open || code === openArray) {
      depth += 1;
      if (depth > mostNested) return undefined;
    } else if (code === close || code === closeArray) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
