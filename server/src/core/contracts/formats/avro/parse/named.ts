import type { Span } from '../../../../model/text.ts';
import { nameFault, splitName } from '../names.ts';
import { type Alias, type Field, isPrimitive, type Symbol_, type TypeName } from '../schema.ts';
import type { Reading } from './reading.ts';

/** Of two fields of one name the second is told. */
export function checkFields(reading: Reading, fields: readonly Field[]): readonly Field[] {
  const names = new Set<string>();
  for (const field of fields) {
    const { name } = field;
    if (names.has(name)) reading.problem(field.nameSpan, `Duplicate field ${name}`);
    names.add(name);
  }
  return fields;
}

export function checkSymbols(reading: Reading, symbols: readonly Symbol_[]): void {
  const names = new Set<string>();
  for (const { name, span } of symbols) {
    const fault = nameFault(name) ?? (names.has(name) ? `Duplicate enum symbol: ${name}` : undefined);
    if (fault !== undefined) reading.problem(span, fault);
    names.add(name);
  }
}

export function checkEnumDefault(reading: Reading, symbols: readonly Symbol_[], preferred: Symbol_ | undefined): void {
  if (preferred === undefined || symbols.some(({ name }) => name === preferred.name)) return;
  const names = symbols.map(({ name }) => name).join(', ');
  reading.problem(preferred.span, `The Enum Default: ${preferred.name} is not in the enum symbol set: [${names}]`);
}

export function checkSize(reading: Reading, size: number, span: Span): void {
  if (size < 0) reading.problem(span, `Malformed data. Length is negative: ${size}`);
  else if (size > 2147483639) reading.problem(span, 'Cannot read arrays longer than 2147483639 bytes in Java library');
}

export function readTypeName(reading: Reading, written: string, span: Span, space: string): TypeName {
  const split = splitName(written, space);
  const fault = nameFault(split.simple);
  if (fault !== undefined) reading.problem(span, fault);
  else if (isPrimitive(split.full)) reading.problem(span, `Schemas may not be named after primitives: ${split.full}`);
  else return { ...split, span };
  return noName(span, split.space);
}

export function noName(span: Span, space: string): TypeName {
  return { full: '', simple: '', space, span };
}

export function qualified(reading: Reading, { name, span }: Alias, space: string): Alias {
  const split = splitName(name, space);
  const fault = nameFault(split.simple);
  if (fault !== undefined) reading.problem(span, fault);
  return { name: split.full, span };
}

export function distinctAliases(aliases: readonly Alias[]): readonly Alias[] {
  return [...new Map(aliases.map((one) => [one.name, one])).values()];
}

export const schemaReserved: ReadonlySet<string> = new Set([
  'doc',
  'fields',
  'items',
  'name',
  'namespace',
  'size',
  'symbols',
  'values',
  'type',
  'aliases',
]);
export const enumReserved: ReadonlySet<string> = new Set([...schemaReserved, 'default']);
export const fieldReserved: ReadonlySet<string> = new Set(['default', 'doc', 'name', 'order', 'type', 'aliases']);

export const protocolReserved: ReadonlySet<string> = new Set([
  'namespace',
  'protocol',
  'doc',
  'messages',
  'types',
  'errors',
]);
