/** A version as Flyway compares it: whole numbers, zeros at the end removed (MigrationVersion.java). */
export interface FlywayVersion {
  readonly parts: readonly bigint[];
  /** Leading zeros kept, `_` turned into `.`: what the history table stores. */
  readonly display: string;
}

/** `undefined` where Flyway says "Version may only contain 0..9 and . (dot)". */
export function parseVersion(text: string): FlywayVersion | undefined {
  const display = text.replaceAll('_', '.');
  const parts = display.split(/\.(?=\p{Nd})/u);
  const numbers: bigint[] = [];
  for (const part of parts) {
    if (!/^[+-]?\p{Nd}+$/u.test(part)) return undefined;
    numbers.push(toNumber(part));
  }
  while (numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop();
  return { parts: numbers, display };
}

/** Java's BigInteger also reads the digits of other scripts. */
function toNumber(part: string): bigint {
  const sign = part.startsWith('-') ? -1n : 1n;
  const digits = part.replace(/^[+-]/, '').replace(/[^0-9]/gu, (digit) => String(digitValue(digit)));
  return sign * BigInt(digits);
}

/** Decimal digits of a script stand in rows of ten that start at a code point whose predecessor is no digit. */
function digitValue(digit: string): number {
  let code = digit.codePointAt(0) ?? 48;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) {
    code -= 1;
    value += 1;
  }
  return value;
}

export function compareVersions(a: FlywayVersion, b: FlywayVersion): number {
  const length = Math.max(a.parts.length, b.parts.length);
  for (let i = 0; i < length; i += 1) {
    const left = a.parts[i] ?? 0n;
    const right = b.parts[i] ?? 0n;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
