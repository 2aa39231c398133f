import type { ContractFinding } from '../../../finding.ts';
import type { ContractFix } from '../../../fix.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused } from '../../../language.ts';
import type { EnumDescriptor, MessageDescriptor } from '../descriptor.ts';
import { elementNamed, innermost } from '../language/elements.ts';
import { linkedSidesAround, type Opened, open } from '../language/opened.ts';
import { lookupIn } from '../link/link.ts';
import type { FieldNode } from '../syntax/tree.ts';
import { nodeAt } from './nodes.ts';
import { freeNumber } from './numbers.ts';
import { withBracketOption } from './options.ts';
import { editsIn } from './site.ts';

/** An element of the newer file that the older one need not have. */
interface Fresh {
  readonly opened: Opened;
  readonly path: string;
  readonly parent: MessageDescriptor | EnumDescriptor;
  readonly numberSpan: { readonly start: number; readonly end: number };
}

function freshOf({ place }: ContractFinding, { after }: CompareRequest): Fresh | Refused {
  const opened = open({ tree: after, path: place.path });
  const gone = { refused: 'The place has changed since: ask again.' };
  if (opened === undefined) return gone;
  const field = innermost(opened.file, place.span, 'field')?.element;
  const element = field ?? innermost(opened.file, place.span, 'value')?.element;
  if (element === undefined) return gone;
  if (field?.extendee !== undefined)
    return { refused: 'Numbers of extensions belong to the message that they extend.' };
  const { parent, numberSpan } = element;
  return parent === undefined ? gone : { opened, path: place.path, parent, numberSpan };
}

/** A number that nothing has or had, in any version that is known. */
export const nextNumber: ContractFix = {
  id: 'proto-next-number',
  title: ({ name }) => `Give ${name} the next free number`,
  propose(finding, request) {
    const fresh = freshOf(finding, request);
    if ('refused' in fresh) return fresh;
    const number = freeNumber(fresh.parent, [], numbersEver(fresh.parent, finding.place.path, request));
    if (number === undefined) return { refused: 'There is no free number.' };
    const { start, end } = fresh.numberSpan;
    return editsIn(fresh, [{ span: { start, end }, newText: `${number}` }]);
  },
};

/** The number that a name had: data of that time is read as it was written. */
export const numberOfName: ContractFix = {
  id: 'proto-old-number',
  title: ({ name, old }) => `Give ${name} its number ${old} back`,
  propose(finding, request, { old }) {
    const fresh = freshOf(finding, request);
    if ('refused' in fresh) return fresh;
    const { parent } = fresh;
    const members = 'fields' in parent ? parent.fields : parent.values;
    const number = Number(old);
    const user = members.find((member) => member.number === number);
    if (user !== undefined) return { refused: `\`${user.name}\` has the number ${number} now.` };
    if (parent.reservedRanges.some((range) => range.start <= number && number <= range.end))
      return { refused: `The number ${number} is reserved.` };
    const { start, end } = fresh.numberSpan;
    return editsIn(fresh, [{ span: { start, end }, newText: `${number}` }]);
  },
};

/** Of two fields with one name in JSON the new one gets a name of its own there: as it is written, if that is free. */
export const ownJsonName: ContractFix = {
  id: 'proto-own-json-name',
  title: ({ name }) => `Give ${name} a json_name of its own`,
  propose(finding, request) {
    const opened = open({ tree: request.after, path: finding.place.path });
    const entry = opened && innermost(opened.file, finding.place.span, 'field');
    const node = opened && entry && nodeAt(opened.syntax, entry.element.span, 'field')?.node;
    if (opened === undefined || entry === undefined || node?.kind !== 'field')
      return { refused: 'The place has changed since: ask again.' };
    const { name, parent } = entry.element;
    const taken = new Set(parent?.fields.map(({ jsonName }) => jsonName));
    const written = [name, ...Array.from(taken, (_, index) => `${name}${index + 2}`)].find((each) => !taken.has(each));
    const edits = withBracketOption(opened.syntax, node as FieldNode, 'json_name', JSON.stringify(written ?? name));
    return editsIn(finding.place, edits);
  },
};

function numbersEver(
  { fullName }: MessageDescriptor | EnumDescriptor,
  path: string,
  { before }: CompareRequest,
): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (const { tree } of before)
    for (const { set } of linkedSidesAround('before', tree, path)) {
      const entry = elementNamed(lookupIn(set), fullName);
      const members =
        entry?.kind === 'message' ? entry.element.fields : entry?.kind === 'enum' ? entry.element.values : [];
      for (const { number } of members) numbers.add(number);
    }
  return numbers;
}
