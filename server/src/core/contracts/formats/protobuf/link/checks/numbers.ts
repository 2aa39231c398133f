import type { Span } from '../../../../../model/text.ts';
import type { EnumDescriptor, MessageDescriptor } from '../../descriptor.ts';
import type { ExtensionsNode, ReservedNode } from '../../syntax/tree.ts';
import { boundsOf } from '../messages.ts';
import { report, type Unit } from '../unit.ts';

/** Numbers of fields, of extensions of message sets, of enum values. */
export type NumberKind = 'field' | 'set' | 'value';

export const limits: Readonly<Record<NumberKind, readonly [first: number, last: number]>> = {
  field: [1, 536_870_911],
  set: [1, 2_147_483_646],
  value: [-2_147_483_648, 2_147_483_647],
};

export interface Taken {
  readonly start: number;
  readonly end: number;
  readonly kind: 'reserved' | 'extensions';
  readonly span: Span;
}

type Ranged = ReservedNode | ExtensionsNode | { readonly kind: 'option' | string };

const none: readonly Taken[] = [];

/** All ranges of a body, in their order; says which are none and which overlap. */
export function ranged(unit: Unit, body: readonly Ranged[], kind: NumberKind): readonly Taken[] {
  let taken: Taken[] | undefined;
  for (const node of body) {
    if (!('ranges' in node)) continue;
    const [first, last] = limits[node.kind === 'reserved' && kind === 'set' ? 'field' : kind];
    for (const range of node.ranges) {
      const { start, end } = boundsOf(range, last);
      if (start > end) report(unit, range, 'This range ends before it begins.');
      else if (start < first || end > last) report(unit, range, `Numbers go from ${first} to ${last}.`);
      else {
        taken ??= [];
        taken.push({ start, end, kind: node.kind, span: range });
      }
    }
  }
  if (taken === undefined) return none;
  checkOverlaps(unit, taken);
  return taken;
}

function checkOverlaps(unit: Unit, taken: readonly Taken[]): void {
  if (taken.length < 2) return;
  const sorted = taken.toSorted((a, b) => a.start - b.start || a.span.start - b.span.start);
  let widest = sorted[0];
  for (const range of sorted.slice(1)) {
    if (widest !== undefined && range.start <= widest.end) {
      const [later, earlier] = range.span.start > widest.span.start ? [range, widest] : [widest, range];
      report(unit, later.span, `These numbers overlap those of ${described(earlier)}.`);
    }
    if (widest === undefined || range.end > widest.end) widest = range;
  }
}

function described({ kind, start, end }: Taken): string {
  const numbers = start === end ? `${start}` : `${start} to ${end}`;
  return `${kind === 'reserved' ? 'reserved' : 'extensions'} ${numbers}`;
}

export function checkReservedNames(unit: Unit, node: ReservedNode): void {
  const editions = unit.edition !== 'proto2' && unit.edition !== 'proto3';
  for (const name of node.names) {
    if (name.quoted && editions) report(unit, name, 'In editions reserved names stand without quotes.');
    else if (!name.quoted && !editions)
      report(unit, name, 'Reserved names stand between quotes; without them only in editions.');
    else if (!/^[A-Za-z_]\w*$/.test(name.text)) report(unit, name, `\`${name.text}\` is no name.`);
  }
}

/** Numbers and names of fields against each other, ranges and reserved names. */
export function checkFieldNumbers(unit: Unit, message: MessageDescriptor, taken: readonly Taken[]): void {
  checkNamesTwice(unit, message.reservedNames);
  if (taken.length === 0 && message.reservedNames.length === 0 && areApart(message.fields)) return;
  const first = new Map<number, string>();
  const reserved =
    message.reservedNames.length === 0 ? undefined : new Set(message.reservedNames.map(({ name }) => name));
  for (const { name, nameSpan, number, numberSpan } of message.fields) {
    const other = first.get(number);
    if (other !== undefined) report(unit, numberSpan, `Number ${number} is taken by \`${other}\`.`);
    else first.set(number, name);
    const range = taken.find(({ start, end }) => number >= start && number <= end);
    if (range?.kind === 'reserved') report(unit, numberSpan, `Number ${number} is reserved.`);
    else if (range !== undefined) report(unit, numberSpan, `Number ${number} is in a range for extensions.`);
    if (reserved?.has(name)) report(unit, nameSpan, `The name \`${name}\` is reserved.`);
  }
}

function areApart(fields: readonly { readonly number: number }[]): boolean {
  let last = 0;
  for (const { number } of fields) {
    if (number <= last) return fields.length < 2 || new Set(fields.map((it) => it.number)).size === fields.length;
    last = number;
  }
  return true;
}

export function checkValueNumbers(unit: Unit, it: EnumDescriptor, taken: readonly Taken[], aliases: boolean): void {
  checkNamesTwice(unit, it.reservedNames);
  const first = new Map<number, string>();
  const reserved = new Set(it.reservedNames.map(({ name }) => name));
  for (const { name, nameSpan, number, numberSpan } of it.values) {
    const other = first.get(number);
    if (other === undefined) first.set(number, name);
    else if (!aliases)
      report(
        unit,
        numberSpan,
        `Number ${number} is taken by \`${other}\`. Two names for one number need \`option allow_alias = true;\`.`,
      );
    if (taken.some(({ start, end }) => number >= start && number <= end))
      report(unit, numberSpan, `Number ${number} is reserved.`);
    if (reserved.has(name)) report(unit, nameSpan, `The name \`${name}\` is reserved.`);
  }
}

function checkNamesTwice(unit: Unit, names: MessageDescriptor['reservedNames']): void {
  if (names.length < 2) return;
  const seen = new Set<string>();
  for (const { name, span } of names) {
    if (seen.has(name)) report(unit, span, `The name \`${name}\` is reserved already.`);
    seen.add(name);
  }
}
