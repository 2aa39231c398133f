import type { Files } from '#core/migrations/tool.ts';
import type { FilePath, Span } from '#core/model/text.ts';
import { type LineIndex, lineIndex } from '#core/text/positions.ts';

export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Offsets to lines and UTF-16 columns, both from 0 as in LSP; each file is indexed once. */
export interface Places {
  range(path: FilePath, span: Span): Range;
  line(path: FilePath, number: number): string;
}

export function placesOf(files: Files): Places {
  const known = new Map<FilePath, LineIndex>();
  const indexOf = (path: FilePath) => {
    const index = known.get(path) ?? lineIndex(files.get(path)?.text ?? '');
    known.set(path, index);
    return index;
  };
  return {
    range: (path, span) => ({ start: indexOf(path).position(span.start), end: indexOf(path).position(span.end) }),
    line: (path, number) => {
      const text = files.get(path)?.text ?? '';
      const index = indexOf(path);
      return text
        .slice(index.offset({ line: number, character: 0 }), index.offset({ line: number + 1, character: 0 }))
        .replace(/[\r\n]+$/, '');
    },
  };
}
