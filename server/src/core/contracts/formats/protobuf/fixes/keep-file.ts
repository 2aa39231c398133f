import type { ContractFix } from '../../../fix.ts';
import { blockOf, insertAfter, remove } from './block.ts';
import { editsIn, siteOf } from './site.ts';

/** The statement `package`, `syntax` or `edition` as it was. */
export const keepHeading: ContractFix = {
  id: 'proto-keep-heading',
  title: ({ what, before }) => `Set the ${what} back to ${before}`,
  propose(finding, request) {
    const site = siteOf(finding, request);
    if ('refused' in site) return site;
    const kinds: ReadonlySet<string> =
      finding.rule === 'proto/file-same-package' ? new Set(['package']) : new Set(['syntax', 'edition']);
    const [old, now] = [site.before, site.after].map(({ syntax }) => syntax.body.find(({ kind }) => kinds.has(kind)));
    const block = blockOf(site.after.syntax, undefined);
    if (block === undefined) return { refused: 'The file cannot be read.' };
    if (old === undefined) return now === undefined ? [] : editsIn(site, [remove(block, now)]);
    const text = site.before.file.content.text.slice(old.start, old.end);
    if (now !== undefined) return editsIn(site, [{ span: { start: now.start, end: now.end }, newText: text }]);
    const place = kinds.has('package')
      ? block.nodes.find(({ kind }) => kind === 'syntax' || kind === 'edition')
      : undefined;
    return editsIn(site, [insertAfter(block, place, text)]);
  },
};
