import type { EnumDescriptor } from '../../descriptor.ts';
import type { EnumNode } from '../../syntax/tree.ts';
import { report, type Unit } from '../unit.ts';
import { checkValueNames } from './json-names.ts';
import { checkReservedNames, checkValueNumbers, limits, ranged } from './numbers.ts';
import { checkStyle } from './style.ts';

export function checkEnum(unit: Unit, node: EnumNode, it: EnumDescriptor): void {
  checkStyle(unit, it, 'enum', it.features);
  const [first] = it.values;
  if (first === undefined && !it.incomplete)
    report(unit, it.nameSpan, `The enum \`${it.name}\` has no values; give it at least one.`);
  if (first !== undefined && first.number !== 0 && it.features.enumType === 'OPEN')
    report(unit, first.numberSpan, 'The first value of an open enum has to be 0: it is what an absent value means.');
  const [least, most] = limits.value;
  for (const value of it.values) {
    checkStyle(unit, value, 'value', value.features);
    if (value.number < least || value.number > most)
      report(unit, value.numberSpan, `Numbers go from ${least} to ${most}.`);
  }
  for (const element of node.body) if (element.kind === 'reserved') checkReservedNames(unit, element);
  const alias = it.options.get('allow_alias');
  const aliases = alias?.value.kind === 'identifier' && alias.value.value === 'true';
  if (aliases && !it.incomplete && new Set(it.values.map(({ number }) => number)).size === it.values.length)
    report(unit, alias.span, '`allow_alias` is set, but no two values have one number.');
  checkValueNumbers(unit, it, ranged(unit, node.body, 'value'), aliases);
  checkValueNames(unit, it);
}
