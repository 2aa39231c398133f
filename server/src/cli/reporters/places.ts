import type { Files } from '#core/migrations/tool.ts';
import type { FilePath, Span } from '#core/model/text.ts';
import { type LineIndex, lineIndex } from '#core/text/positions.ts';

export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Offsets to lines and UTF-16 columns, both from 0 as in LSP; each file is indexed once. */
export interface Places {
  range(place: Placed): Range;
  line(place: Pick<Placed, 'path' | 'side'>, number: number): string;
}

interface Placed {
  readonly path: FilePath;
  readonly span: Span;
  readonly side?: 'before' | undefined;
}

/** @param baseline texts of the other side of a comparison of contracts */
export function placesOf(files: Files, baseline: Pick<Files, 'get'> = new Map()): Places {
  const known = new Map<string, LineIndex>();
  const textOf = ({ path, side }: Pick<Placed, 'path' | 'side'>) =>
    (side === 'before' ? baseline : files).get(path)?.text ?? '';
  const indexOf = (place: Pick<Placed, 'path' | 'side'>) => {
    const key = `${place.side ?? ''} ${place.path}`;
    const index = known.get(key) ?? lineIndex(textOf(place));
    known.set(key, index);
    return index;
  };
  return {
    range: (place) => {
      const index = indexOf(place);
      return { start: index.position(place.span.start), end: index.position(place.span.end) };
    },
    line: (place, number) => {
      const text = textOf(place);
      const index = indexOf(place);
      return text
        .slice(index.offset({ line: number, character: 0 }), index.offset({ line: number + 1, character: 0 }))
        .replace(/[\r\n]+$/, '');
    },
  };
}
