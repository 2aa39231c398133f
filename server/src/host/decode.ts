import { TextDecoder } from 'node:util';
import type { FileContent, FilePath } from '#core/model/text.ts';

/** Larger files are not read at all. */
const largest = 256 * 1024 * 1024;

/**
 * Bytes to text: a byte order mark decides, then the project's encoding, then UTF-8. What does not decode is replaced
 * and said; an unknown encoding's name counts as UTF-8.
 */
export function decode(path: FilePath, bytes: Uint8Array, encoding = 'utf-8'): FileContent {
  if (bytes.length > largest) return { path, text: '', problem: { kind: 'too-large', bytes: bytes.length } };
  const mark = markOf(bytes);
  if (mark === undefined && isLatin1(encoding)) return { path, text: latin1(bytes) };
  const name = mark ?? (encoding === 'utf-8' ? encoding : knownEncoding(encoding));
  const strict = tryDecode(bytes, name);
  if (strict !== undefined) return { path, text: strict };
  const text = new TextDecoder(name, { ignoreBOM: true }).decode(bytes);
  return { path, text, problem: { kind: 'not-decodable', encoding: name } };
}

/** The mark itself stays in the text as U+FEFF: offsets and checksums count it. */
function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return strictDecoder(encoding).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Making one costs more than most files do. */
const strictDecoders = new Map<string, TextDecoder>();

function strictDecoder(encoding: string): TextDecoder {
  const known = strictDecoders.get(encoding);
  if (known !== undefined) return known;
  const made = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  strictDecoders.set(encoding, made);
  return made;
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** The web's decoders take these names for windows-1252, which has letters where Latin 1 has control characters. */
function isLatin1(encoding: string): boolean {
  return /^(iso[-_]?8859[-_]1|latin[-_]?1)$/i.test(encoding);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Without a mark, UTF-16 is big endian in Java and by its standard; the web says little. */
function knownEncoding(name: string): string {
  if (/^utf[-_]?16$/i.test(name)) return 'utf-16be';
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return 'utf-8';
  }
}
