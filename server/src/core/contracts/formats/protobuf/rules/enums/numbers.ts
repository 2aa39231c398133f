import type { EnumDescriptor, EnumValueDescriptor } from '../../descriptor.ts';
import type { EnumNumber } from '../rule.ts';

/** Values by number: with `allow_alias` several may have one. */
export function numbersOf({ values }: EnumDescriptor): ReadonlyMap<number, EnumNumber> {
  const numbers = new Map<number, [EnumValueDescriptor, ...EnumValueDescriptor[]]>();
  for (const value of values) {
    const known = numbers.get(value.number);
    if (known === undefined) numbers.set(value.number, [value]);
    else known.push(value);
  }
  return numbers;
}
