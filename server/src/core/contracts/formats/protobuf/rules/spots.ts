import type { Span } from '../../../../model/text.ts';
import type { Pair } from '../compare/pair.ts';
import type { Element, FileDescriptor } from '../descriptor.ts';
import type { Difference, Spot } from './rule.ts';

type Placed = Pick<Element, 'file' | 'span'>;

export function now({ file, span }: Placed, part: Span | undefined = span): Spot {
  return { side: 'after', file, span: part };
}

export function then({ file, span }: Placed, part: Span | undefined = span): Spot {
  return { side: 'before', file, span: part };
}

export function ofFile(side: Spot['side'], file: FileDescriptor, span?: Span): Spot {
  return { side, file, span };
}

/** At both elements, or at a part of each that may be missing. */
export function both<E extends Placed>(
  { before, after }: Pair<E>,
  part: (element: E) => Span | undefined = (element) => element.span,
): Pick<Difference, 'at' | 'was'> {
  return { at: now(after, part(after)), was: then(before, part(before)) };
}

/** Where an option is written on the element itself; undefined where it comes from elsewhere. */
export function optionSpan({ options }: Pick<Element, 'options'>, ...names: readonly string[]): Span | undefined {
  for (const name of names) {
    const option = options.get(name);
    if (option !== undefined) return option.span;
  }
  return undefined;
}
