import type { DataType } from '../../../schema/types.ts';

/**
 * Below zero: the first literal is the smaller value of the type. Undefined: nobody can tell without the server, as the
 * order of texts is its collation's.
 */
export function compareLiterals({ schema, name, args, array }: DataType, a: string, b: string): number | undefined {
  if (schema !== undefined || array > 0) return undefined;
  switch (name) {
    case 'int2':
    case 'int4':
    case 'int8':
      return compared(integer(a), integer(b));
    case 'numeric':
      // A scale rounds what has more digits.
      return args.length > 0 ? compared(integer(a), integer(b)) : numbers(a, b);
    case 'date':
      return compared(dateTime(a)?.slice(0, DATE), dateTime(b)?.slice(0, DATE));
    case 'timestamp':
    case 'timestamptz':
      return compared(dateTime(a), dateTime(b));
    case 'text':
    case 'varchar':
    case 'uuid':
    case 'bool':
      return a === b ? 0 : undefined;
    default:
      return undefined;
  }
}

function compared<T extends bigint | string>(a: T | undefined, b: T | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a < b ? -1 : a > b ? 1 : 0;
}

function integer(text: string): bigint | undefined {
  return /^\s*[+-]?\d+\s*$/.test(text) ? BigInt(text.trim().replace('+', '')) : undefined;
}

/** Both by as many digits behind the point. */
function numbers(a: string, b: string): number | undefined {
  const digits = Math.max(fraction(a).length, fraction(b).length);
  const scaled = (text: string) => integer(text.replace(/\.\d*/, '') + fraction(text).padEnd(digits, '0'));
  return compared(scaled(a), scaled(b));
}

function fraction(text: string): string {
  return /^[^.]*\.(\d+)$/.exec(text)?.[1] ?? '';
}

const DATE = 'YYYY-MM-DD'.length;

/** ISO 8601 without a zone and parts of seconds, which order as texts do. */
function dateTime(text: string): string | undefined {
  const [, day, time = '00:00', seconds = ':00'] =
    /^(\d{4}-\d\d-\d\d)(?:[ T]((?:[01]\d|2[0-3]):\d\d)(:\d\d)?)?$/.exec(text) ?? [];
  return day && `${day} ${time}${seconds}`;
}
