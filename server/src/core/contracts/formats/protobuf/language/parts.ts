import type { Span } from '../../../../model/text.ts';
import type { Use } from './uses.ts';

/** One word of a qualified name, and what the name means up to it: `v1` of `shop.v1.Order` is `shop.v1`. */
export interface Part extends Span {
  readonly target: string;
}

/** The words of a use; the last one is what it means. */
export function partsOf({ start, end, target }: Use, text: string): readonly Part[] {
  const words = [...text.slice(start, end).matchAll(/\w+/g)];
  const names = target.split('.');
  return words.flatMap((word, index): Part[] => {
    const count = names.length - (words.length - 1 - index);
    const from = start + word.index;
    return names[count - 1]?.toLowerCase() === word[0].toLowerCase()
      ? [{ start: from, end: from + word[0].length, target: names.slice(0, count).join('.') }]
      : [];
  });
}
