import type { ContractFinding } from '../../../finding.ts';
import type { ContractFix } from '../../../fix.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused } from '../../../language.ts';
import type { EnumDescriptor, MessageDescriptor } from '../descriptor.ts';
import { entriesOf, innermost } from '../language/elements.ts';
import { rangesText, uncovered } from '../rules/ranges.ts';
import type { EnumNode, MessageNode } from '../syntax/tree.ts';
import { type Block, blockOf, type Edit, insertAfter } from './block.ts';
import { bodyOf, nodeAt } from './nodes.ts';
import { freeNumber } from './numbers.ts';
import { type Range, reserve } from './reserved.ts';
import { editsIn, type Site, siteOf } from './site.ts';
import { spanOf } from './text.ts';

/** A message or an enum on both sides. */
interface Home {
  readonly site: Site;
  readonly before: MessageDescriptor | EnumDescriptor;
  readonly after: MessageDescriptor | EnumDescriptor;
  readonly node: MessageNode | EnumNode;
  readonly block: Block;
}

function homeOf(finding: ContractFinding, request: CompareRequest): Home | Refused {
  const site = siteOf(finding, request);
  if ('refused' in site) return site;
  const kind = finding.rule.includes('enum') ? 'enum' : 'message';
  const after = innermost(site.after.file, finding.place.span, kind);
  const before = after && entriesOf(site.before.file).byName.get(after.element.fullName);
  const node = after && nodeAt(site.after.syntax, after.element.span, kind)?.node;
  const block = node?.kind === 'message' || node?.kind === 'enum' ? blockOf(site.after.syntax, node) : undefined;
  const isHome = node?.kind === 'message' || node?.kind === 'enum';
  if (before?.kind !== kind || after === undefined || block === undefined || !isHome)
    return { refused: 'The place has changed since: ask again.' };
  return { site, before: before.element, after: after.element, node, block };
}

/** Of what was deleted the number and all its names. */
export const reserveDeleted: ContractFix = {
  id: 'proto-reserve',
  title: ({ reserved }) => `Reserve ${reserved}`,
  propose(finding, request, { number }) {
    const home = homeOf(finding, request);
    if ('refused' in home) return home;
    const { site, before, after, node, block } = home;
    const members = 'fields' in before ? before.fields : before.values;
    const names = members.filter((each) => each.number === Number(number)).map(({ name }) => name);
    const current = 'fields' in after ? after.fields : after.values;
    const used = names.find((name) => current.some((each) => each.name === name));
    if (used !== undefined) return { refused: `\`${used}\` is in use under another number.` };
    const range: Range = { start: Number(number), end: Number(number) };
    return editsIn(site, reserve(site.after, block, node, [range], names));
  },
};

/** What was reserved is reserved again; what is new and has taken a number of it gets another one. */
export const reserveAgain: ContractFix = {
  id: 'proto-reserve-again',
  title: ({ reserved }) => `Reserve ${reserved} again`,
  propose(finding, request, { name }) {
    const home = homeOf(finding, request);
    if ('refused' in home) return home;
    const { site, before, after, node, block } = home;
    const members = 'fields' in after ? after.fields : after.values;
    if (typeof name === 'string') {
      const taken = members.some((each) => each.name === name);
      return taken
        ? { refused: `\`${name}\` is in use: give it another name first.` }
        : editsIn(site, reserve(site.after, block, node, [], [name]));
    }
    const span = finding.related.find(({ place }) => place.side === 'before')?.place.span;
    const range = before.reservedRanges.find((each) => each.span.start === span?.start);
    if (range === undefined) return { refused: 'The place has changed since: ask again.' };
    const isIn = (number: number) => range.start <= number && number <= range.end;
    const moved: Edit[] = [];
    const numbers = new Set(('fields' in before ? before.fields : before.values).map(({ number }) => number));
    for (const member of members.filter((each) => isIn(each.number))) {
      const free = freeNumber(after, [range], numbers);
      if (free === undefined) return { refused: 'There is no free number for what uses them.' };
      numbers.add(free);
      moved.push({ span: spanOf(member.numberSpan), newText: `${free}` });
    }
    const missing = uncovered(range, after.reservedRanges).map(asRange);
    return editsIn(site, [...moved, ...reserve(site.after, block, node, missing, [])]);
  },
};

/** Extension ranges that are not open any more are opened again. */
export const openAgain: ContractFix = {
  id: 'proto-extensions-again',
  title: ({ reserved }) => `Open ${reserved} to extensions again`,
  propose(finding, request) {
    const home = homeOf(finding, request);
    if ('refused' in home) return home;
    const { site, before, after, node, block } = home;
    const span = finding.related.find(({ place }) => place.side === 'before')?.place.span;
    if (!('extensionRanges' in before) || !('extensionRanges' in after))
      return { refused: 'Only messages have extensions.' };
    const range = before.extensionRanges.find((each) => each.span.start === span?.start);
    if (range === undefined) return { refused: 'The place has changed since: ask again.' };
    const missing = uncovered(range, after.extensionRanges);
    const used = after.fields.find(({ number }) => missing.some(({ start, end }) => start <= number && number <= end));
    if (used !== undefined) return { refused: `\`${used.name}\` has the number ${used.number} now.` };
    const taken = after.reservedRanges.some((each) =>
      missing.some(({ start, end }) => start <= each.end && each.start <= end),
    );
    if (taken) return { refused: 'Some of the numbers are reserved now.' };
    const place = bodyOf(node).findLast(({ kind }) => kind === 'extensions') ?? bodyOf(node).at(-1);
    return editsIn(site, [insertAfter(block, place, `extensions ${rangesText(missing)};`)]);
  },
};

/** Ranges to the last number of their kind were written so. */
function asRange({ start, end }: { readonly start: number; readonly end: number }): Range {
  return { start, end: end === 536_870_911 || end === 2_147_483_647 ? 'max' : end };
}
