import type { EnumDescriptor, EnumValueDescriptor } from '../descriptor.ts';
import { trimmed } from '../syntax/cursor.ts';
import type { EnumNode } from '../syntax/tree.ts';
import { checkEnum } from './checks/enums.ts';
import { checkOptions } from './checks/options.ts';
import { isWholeValue, LinkedValue } from './compact.ts';
import { inherit } from './features.ts';
import { type Growing, type Home, rangesOf, reservedNames } from './messages.ts';
import { optionNodes, optionsOf } from './options.ts';
import { qualified } from './outline.ts';
import type { Unit } from './unit.ts';

const lastValue = 2_147_483_647;

export function buildEnum(
  unit: Unit,
  to: EnumDescriptor[],
  node: EnumNode,
  { parent, scope, features: inherited }: Home,
): void {
  if (node.name === undefined) return;
  const optionList = optionNodes(node.body);
  const values: EnumValueDescriptor[] = [];
  const name = node.name.text;
  const descriptor: Growing<EnumDescriptor> = {
    name,
    fullName: qualified(scope, name),
    file: unit.file,
    span: node,
    nameSpan: node.name,
    options: optionsOf(optionList, unit.text),
    features: inherit(inherited, optionList),
    comments: node.comments,
    incomplete: node.broken || node.gaps || node.body.some(({ broken }) => broken),
    parent,
    nestedName: parent === undefined ? name : `${parent.nestedName}.${name}`,
    values: [],
    reservedRanges: rangesOf(node.body, 'reserved', lastValue),
    reservedNames: reservedNames(node.body),
  };
  for (const value of node.body) {
    if (value.kind !== 'value' || !isWholeValue(value)) continue;
    const features = inherit(descriptor.features, value.options);
    values.push(new LinkedValue(value, descriptor, optionsOf(value.options, unit.text), features));
  }
  descriptor.values = trimmed(values);
  checkEnum(unit, node, descriptor);
  checkOptions(unit, optionList, 'EnumOptions', descriptor.fullName);
  for (const value of node.body)
    if (value.kind === 'value') checkOptions(unit, value.options, 'EnumValueOptions', descriptor.fullName);
  to.push(descriptor);
  unit.enums.push(descriptor);
}
