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

/** What a literal with its quotes means. Escaped bytes that are UTF-8 become what they mean, others the characters of their codes. */
export function stringOf(literal: string): string {
  const body = literal.slice(1, literal.length > 1 && literal.endsWith(literal.charAt(0)) ? -1 : undefined);
  if (!body.includes('\\')) return body;
  return body.replace(
    /((?:\\(?:[xX][0-9a-fA-F]{1,2}|[0-7]{1,3}))+)|\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (_, bytes?: string, u?: string, long?: string, other?: string) => {
      if (bytes !== undefined) return textOf(bytes.slice(1).split('\\').map(byte));
      const point = u ?? long;
      return point === undefined ? (simple[other ?? ''] ?? other ?? '') : character(Number.parseInt(point, 16));
    },
  );
}

function byte(code: string): number {
  return (/^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8)) % 256;
}

function textOf(bytes: readonly number[]): string {
  try {
    return decodeURIComponent(bytes.map((each) => `%${each.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return String.fromCharCode(...bytes);
  }
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
