/**
 * Do so many of these characters (UTF-16) stand in a row? A row cannot slip between every `length`th character, so only those are
 * looked at first, where a regular expression would begin at each.
 */
export function hasRun(text: string, length: number, isPart: (code: number) => boolean): boolean {
  for (let at = length - 1; at < text.length; at += length) {
    if (!isPart(text.charCodeAt(at))) continue;
    let start = at;
    while (start > 0 && at - start < length && isPart(text.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (end < text.length && end - start < length && isPart(text.charCodeAt(end))) end += 1;
    if (end - start >= length) return true;
  }
  return false;
}
