import type { DataType } from '../schema/types.ts';

/** For code that still thinks of the old type. */
export type TypeVerdict = 'same' | 'wider' | 'narrower' | 'other';

/** Families whose members a driver hands over alike, from narrow to wide. */
const families: readonly (readonly string[])[] = [
  ['int2', 'int4', 'int8'],
  ['int4', 'oid'],
  ['float4', 'float8'],
  ['bpchar', 'varchar', 'text'],
  ['bit', 'varbit'],
  ['cidr', 'inet'],
];

export function typeCompatibility(from: DataType, to: DataType): TypeVerdict {
  if (from.array !== to.array) return 'other';
  if (from.name === to.name && from.schema === to.schema) return byArguments(from, to);
  for (const family of families) {
    const a = family.indexOf(from.name);
    const b = family.indexOf(to.name);
    if (a === -1 || b === -1) continue;
    if (a < b) return byArguments(from, to) === 'narrower' ? 'narrower' : 'wider';
    return from.name === 'text' && to.name === 'varchar' && to.args.length === 0 ? 'wider' : 'narrower';
  }
  return 'other';
}

/** Lengths, precisions and scales. */
function byArguments(from: DataType, to: DataType): TypeVerdict {
  if (from.args.join() === to.args.join()) return 'same';
  if (to.args.length === 0) return 'wider';
  if (from.args.length === 0) return 'narrower';
  if (from.name === 'interval') return byFields(from, to);
  const [precision = 0, scale = 0] = from.args;
  const [newPrecision = 0, newScale = 0] = to.args;
  const whole = newPrecision - newScale >= precision - scale;
  return whole && newScale >= scale ? 'wider' : 'narrower';
}

/** `interval year to month`, `interval(3)`: which fields it keeps, and how many digits of a second. */
function byFields({ args: [fields, digits = SECOND_DIGITS] }: DataType, { args }: DataType): TypeVerdict {
  const [newFields, newDigits = SECOND_DIGITS] = args;
  return (newFields === fields || newFields === ALL_FIELDS) && newDigits >= digits ? 'wider' : 'narrower';
}

const ALL_FIELDS = 0x7fff;
const SECOND_DIGITS = 6;
