/** Bytes of the text in UTF-8. */
export function bytes(text: string): number {
  let count = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return count;
}

/** The longest beginning of so many bytes of UTF-8 that ends with a whole character. */
export function clip(text: string, most: number): string {
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 <= most) return text;
  let length = 0;
  let end = 0;
  for (const char of text) {
    length += bytes(char);
    if (length > most) return text.slice(0, end);
    end += char.length;
  }
  return text;
}
