import type { ContractFix } from '../../../fix.ts';
import { innermost } from '../language/elements.ts';
import { nodeAt } from './nodes.ts';
import { withBracketOption } from './options.ts';
import { editsIn, siteOf } from './site.ts';

/** A field that is required from now on is optional again, as its proto2 or its edition writes that. */
export const notRequired: ContractFix = {
  id: 'proto-not-required',
  title: ({ field }) => `Make "${field}" optional`,
  propose(finding, request) {
    const site = siteOf(finding, request);
    if ('refused' in site) return site;
    const { file, syntax } = site.after;
    const entry = innermost(file, finding.place.span, 'field');
    const node = entry && nodeAt(syntax, entry.element.span, 'field')?.node;
    if (node?.kind !== 'field') return { refused: 'The place has changed since: ask again.' };
    if (node.label?.text === 'required') {
      const { start, end } = node.label;
      return editsIn(site, [{ span: { start, end }, newText: 'optional' }]);
    }
    const edits = withBracketOption(syntax, node, 'features.field_presence', 'EXPLICIT');
    return editsIn(site, edits);
  },
};
