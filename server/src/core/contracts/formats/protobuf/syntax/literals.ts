/** A number as protobuf writes it: decimal, `0x…`, octal with a leading zero; undefined where it is none. */
export function integerOf(text: string): number | bigint | undefined {
  if (/^0[0-7]*$/.test(text)) return small(BigInt(`0o${text}`));
  if (/^([1-9][0-9]*|0[xX][0-9a-fA-F]+)$/.test(text)) {
    return text.length < 16 && !text.startsWith('0') ? Number(text) : small(BigInt(text));
  }
  return undefined;
}

function small(value: bigint): number | bigint {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

export function floatOf(text: string): number | undefined {
  return /^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fF]?$/.test(text) ? Number.parseFloat(text) : undefined;
}

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What a literal with its quotes means. Escaped bytes become the characters of their codes. */
export function stringOf(literal: string): string {
  const body = literal.slice(1, literal.length > 1 && literal.endsWith(literal.charAt(0)) ? -1 : undefined);
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[xX]([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g,
    (_, u?: string, long?: string, hex?: string, octal?: string, other?: string) => {
      const point = u ?? long ?? hex;
      if (point !== undefined) return character(Number.parseInt(point, 16));
      if (octal !== undefined) return character(Number.parseInt(octal, 8));
      return simple[other ?? ''] ?? other ?? '';
    },
  );
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
