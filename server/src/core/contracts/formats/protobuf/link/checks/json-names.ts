import type { EnumDescriptor, FieldDescriptor, MessageDescriptor } from '../../descriptor.ts';
import { jsonName } from '../names.ts';
import { report, type Unit } from '../unit.ts';

/**
 * Two fields must not have one name in JSON. Where the names are derived, older files may: their `json_format` leaves JSON
 * without a promise.
 */
export function checkJsonNames(unit: Unit, message: MessageDescriptor): void {
  if (areApart(message.fields)) return;
  const legacy = isOff(message, 'deprecated_legacy_json_field_conflicts');
  const derived = new Map<string, FieldDescriptor>();
  const written = new Map<string, FieldDescriptor>();
  for (const field of message.fields) {
    const { name, options } = field;
    const own = options.get('json_name');
    const other = written.get(field.jsonName);
    if (other === undefined) written.set(field.jsonName, field);
    else if (
      other.name !== name &&
      (isPromised(message, legacy) || own !== undefined || other.options.has('json_name'))
    )
      report(unit, spanOf(field), said(field.jsonName, other.name));
    const plain = jsonName(name);
    const before = derived.get(plain);
    if (before === undefined) derived.set(plain, field);
    else if (isPromised(message, legacy) && before.jsonName !== field.jsonName && before.name !== name)
      report(
        unit,
        field.nameSpan,
        `Without \`json_name\` it would be called as \`${before.name}\` in JSON: \`${plain}\`.`,
      );
  }
}

/** Without names of their own, and different even without `_` and capitals. */
function areApart(fields: readonly FieldDescriptor[]): boolean {
  const names = new Set<string>();
  for (const { name, options } of fields) {
    if (options.size > 0 && options.has('json_name')) return false;
    names.add(bare(name));
  }
  return names.size === fields.length;
}

function bare(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function spanOf({ options, nameSpan, file }: FieldDescriptor): FieldDescriptor['nameSpan'] {
  const own = options.get('json_name');
  if (own === undefined) return nameSpan;
  const text = file.content.text.slice(own.span.start, own.span.end);
  const quote = text.search(/["']/);
  return quote === -1 ? own.span : { start: own.span.start + quote, end: own.span.end };
}

function said(json: string, other: string): string {
  return `In JSON it has the name of \`${other}\`: \`${json}\`. Readers of JSON cannot tell them apart; give one a \`json_name\`.`;
}

function isPromised({ features }: MessageDescriptor | EnumDescriptor, legacy: boolean): boolean {
  return features.jsonFormat === 'ALLOW' && !legacy;
}

function isOff({ options }: MessageDescriptor | EnumDescriptor, name: string): boolean {
  const value = options.get(name)?.value;
  return value?.kind === 'identifier' && value.value === 'true';
}

/** Generators cut the enum's name off its values, so two must not be the same behind it. */
export function checkValueNames(unit: Unit, it: EnumDescriptor): void {
  if (!isPromised(it, isOff(it, 'deprecated_legacy_json_field_conflicts'))) return;
  if (valuesAreApart(it)) return;
  const seen = new Map<string, EnumDescriptor['values'][number]>();
  for (const value of it.values) {
    const short = pascalCase(withoutPrefix(value.name, it.name));
    const other = seen.get(short);
    if (other === undefined) seen.set(short, value);
    else if (other.number !== value.number && other.name !== value.name)
      report(unit, value.nameSpan, `Without the prefix of \`${it.name}\` it has the name of \`${other.name}\`.`);
  }
}

/** A cheap test that says no rather than yes. */
function valuesAreApart({ name, values }: EnumDescriptor): boolean {
  const prefix = bare(name);
  const names = new Set(values.map((value) => withoutStart(bare(value.name), prefix)));
  return names.size === values.length;
}

function withoutStart(name: string, prefix: string): string {
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
}

/** `FOO_BAR_BAZ` of the enum `FooBar` is `BAZ`. */
function withoutPrefix(name: string, of: string): string {
  const prefix = of.replaceAll('_', '').toLowerCase();
  let matched = 0;
  let at = 0;
  for (; at < name.length && matched < prefix.length; at++) {
    if (name[at] === '_') continue;
    if (name[at]?.toLowerCase() !== prefix[matched]) return name;
    matched++;
  }
  if (matched < prefix.length) return name;
  const rest = name.slice(at).replace(/^_+/, '');
  return rest === '' ? name : rest;
}

function pascalCase(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join('');
}
