import type { ContractFix } from '../../../fix.ts';
import type { FieldNode } from '../syntax/tree.ts';
import { blockOf, remove } from './block.ts';
import { pairOf } from './pair.ts';
import { restored } from './restore.ts';
import { editsIn } from './site.ts';
import { statementStart, statementText } from './text.ts';

/** A field goes back into the oneof that it was in, or out of the one that it was not. */
export const keepOneof: ContractFix = {
  id: 'proto-keep-oneof',
  title: ({ before, field }) =>
    before === '' ? `Move "${field}" out of the oneof again` : `Move "${field}" back into oneof "${before}"`,
  propose(finding, request) {
    const pair = pairOf(finding, request, 'field');
    if ('refused' in pair) return pair;
    const { site, before, after } = pair;
    const holder = after.placed.holders.at(-1);
    const block = blockOf(site.after.syntax, holder);
    if (block === undefined) return { refused: 'The braces around it are not closed.' };
    if (holder?.kind === 'oneof' && holder.body.filter(({ kind }) => kind === 'field').length === 1)
      return { refused: 'Its oneof would be empty.' };
    const text = relabelled(after.text, after.placed.node, before.placed.node);
    const placed = { node: before.placed.node, holders: before.placed.holders };
    const inserted = restored(site, placed, () => text, after.placed.node);
    if ('refused' in inserted) return inserted;
    return editsIn(site, [remove(block, after.placed.node), ...inserted]);
  },
};

/** With the label that it had: fields of a oneof have none, and others need one in proto2. */
function relabelled(source: string, now: FieldNode, old: FieldNode): string {
  const text = statementText(source, now);
  if (now.label?.text === old.label?.text) return text;
  const at = statementStart(source, now);
  const label = old.label === undefined ? '' : `${old.label.text} `;
  const rest = text.slice(at + (now.label?.text.length ?? 0));
  return text.slice(0, at) + label + (now.label === undefined ? rest : rest.trimStart());
}
