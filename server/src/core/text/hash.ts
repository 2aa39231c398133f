/** 64 bits as 16 hexadecimal digits: two independent 32-bit FNV-1a hashes. Names things; it protects nothing. */
export function hash64(text: string): string {
  return hex(fnv(text, 0x811c9dc5)) + hex(fnv(text, 0x9747b28c));
}

function fnv(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
