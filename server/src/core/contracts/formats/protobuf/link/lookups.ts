import type { NumberRange } from '../descriptor.ts';
import { defaults, inherit, settings } from './features.ts';
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

/** Whether other files may not use it: `local`, or what its file says of those without a word (edition 2024). */
export function isLocal({ name, outline, node, kind }: Declared): boolean {
  if (outline.edition !== '2024' || (kind !== 'message' && kind !== 'enum')) return false;
  if (node.visibility !== undefined) return node.visibility.text === 'local';
  const isNested = name.slice(outline.package.length + 1).includes('.');
  switch (defaultVisibility(outline)) {
    case 'EXPORT_ALL':
      return false;
    case 'LOCAL_ALL':
    case 'STRICT':
      return true;
    default:
      return isNested;
  }
}

function defaultVisibility({ syntax }: Declared['outline']): string | undefined {
  for (const { parts, value } of optionNodes(syntax.body))
    if (parts[0]?.text === 'features' && value !== undefined)
      for (const [feature, set] of settings(parts.map(({ text }) => text).join('.'), value))
        if (feature === 'features.default_symbol_visibility') return set;
  return undefined;
}
