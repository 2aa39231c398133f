import { isIntegerWithin } from './json/value.ts';
import type { Schema } from './schema.ts';

/** What the bytes stand for. An unknown or misused logical type is none: Apache reads the plain type. */
export interface LogicalType {
  readonly name: string;
  readonly precision?: number;
  readonly scale?: number;
}

export function logicalTypeOf(schema: Schema): LogicalType | undefined {
  if (schema.props.size === 0) return undefined;
  const value = schema.props.get('logicalType')?.value;
  if (value?.kind !== 'string') return undefined;
  if (value.value === 'decimal') return decimalOf(schema);
  return carriers[value.value]?.(schema) === true ? { name: value.value } : undefined;
}

/** The types that each may stand on. */
const carriers: Readonly<Record<string, (schema: Schema) => boolean>> = {
  'big-decimal': ({ kind }) => kind === 'bytes',
  date: ({ kind }) => kind === 'int',
  duration: (schema) => schema.kind === 'fixed' && schema.size === 12,
  'local-timestamp-micros': ({ kind }) => kind === 'long',
  'local-timestamp-millis': ({ kind }) => kind === 'long',
  'local-timestamp-nanos': ({ kind }) => kind === 'long',
  'time-micros': ({ kind }) => kind === 'long',
  'time-millis': ({ kind }) => kind === 'int',
  'timestamp-micros': ({ kind }) => kind === 'long',
  'timestamp-millis': ({ kind }) => kind === 'long',
  'timestamp-nanos': ({ kind }) => kind === 'long',
  uuid: (schema) => schema.kind === 'string' || (schema.kind === 'fixed' && schema.size === 16),
};

function decimalOf(schema: Schema): LogicalType | undefined {
  const precision = intOf(schema, 'precision');
  const scale = schema.props.has('scale') ? intOf(schema, 'scale') : 0;
  if (precision === undefined || scale === undefined || decimalFault(precision, scale) !== undefined) return undefined;
  if (schema.kind === 'fixed' ? precision > mostDigits(schema.size) : schema.kind !== 'bytes') return undefined;
  return { name: 'decimal', precision, scale };
}

function intOf({ props }: Schema, name: string): number | undefined {
  const value = props.get(name)?.value;
  if (value?.kind !== 'number' || !isIntegerWithin(value, -(2n ** 31n), 2n ** 31n - 1n)) return undefined;
  return Number(value.text);
}

/** Digits that so many bytes hold with a sign. */
export function mostDigits(bytes: number): number {
  return Math.floor(Math.log10(2) * (8 * bytes - 1));
}

export function decimalFault(precision: number, scale: number): string | undefined {
  if (precision <= 0) return `Invalid decimal precision: ${precision} (must be positive)`;
  if (scale < 0) return `Invalid decimal scale: ${scale} (must be positive)`;
  return scale > precision ? `Invalid decimal scale: ${scale} (greater than precision: ${precision})` : undefined;
}
