import { readFileSync } from 'node:fs';
import type { FileContent, FilePath } from '#core/model/text.ts';
import { decode } from '../decode.ts';
import { toNative } from '../paths.ts';

/** Synchronous on purpose: 10,000 files take 70 ms this way and 700 ms through promises (facts/build.md). */
export function readContent(path: FilePath, encoding?: string): FileContent | undefined {
  try {
    return decode(path, readFileSync(toNative(path)), encoding);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT' || code === 'EISDIR') return undefined;
    return { path, text: '', problem: { kind: 'unreadable', reason: code } };
  }
}
