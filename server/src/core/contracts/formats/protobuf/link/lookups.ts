import type { NumberRange } from '../descriptor.ts';
import { defaults, inherit } from './features.ts';
import { isMessageSet, rangesOf } from './messages.ts';
import { optionNodes, optionsOf } from './options.ts';
import type { Declared } from './outline.ts';

/** What is asked of declarations in other files; `facetOf` in `changes.ts` has to know of it. */

/** Only files and enums set it, not the messages around. */
export function isClosed({ outline, node }: Declared & { readonly kind: 'enum' }): boolean {
  const file = inherit(defaults[outline.edition], optionNodes(outline.syntax.body));
  return inherit(file, optionNodes(node.body)).enumType === 'CLOSED';
}

export function hasValue({ node }: Declared & { readonly kind: 'enum' }, name: string): boolean {
  return node.body.some((value) => value.kind === 'value' && value.name?.text === name);
}

export function extensionRanges({ outline, node }: Declared & { readonly kind: 'message' }): {
  readonly ranges: readonly NumberRange[];
  readonly isSet: boolean;
} {
  const isSet = isMessageSet(optionsOf(optionNodes(node.body), outline.syntax.content.text));
  return { ranges: rangesOf(node.body, 'extensions', isSet ? 2_147_483_646 : 536_870_911), isSet };
}
