import type { ContractFix } from '../../../fix.ts';
import { pairOf } from './pair.ts';
import { editsIn } from './site.ts';

/** A request or a response as it was: its type and whether it streams. */
export const keepRpcType: ContractFix = {
  id: 'proto-keep-rpc-type',
  title: ({ side, before }) => `Make its ${side} ${before} again`,
  propose(finding, request) {
    const pair = pairOf(finding, request, 'method');
    if ('refused' in pair) return pair;
    const { site, before, after } = pair;
    const side = /REQUEST|CLIENT/.test(finding.peerRule ?? '') ? 'input' : 'output';
    const onlyStream = /STREAMING/.test(finding.peerRule ?? '');
    const [old, now] = [before.placed.node[side], after.placed.node[side]];
    if (old === undefined || now === undefined) return { refused: 'The method is not complete.' };
    const open = after.text.lastIndexOf('(', now.start) + 1;
    const type = old.text === now.text && !onlyStream ? `.${before.element[side]}` : onlyStream ? now.text : old.text;
    const stream = onlyStream ? old.stream : now.stream;
    const edits = [{ span: { start: open, end: now.end }, newText: `${stream ? 'stream ' : ''}${type}` }];
    return editsIn(site, edits);
  },
};
