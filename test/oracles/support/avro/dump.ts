import { printJson } from '#core/contracts/formats/avro/json/value.ts';
import { type AvroSet, follow } from '#core/contracts/formats/avro/link.ts';
import { type Field, isNamed, type Prop, type Schema } from '#core/contracts/formats/avro/schema.ts';

/** All that a schema says, however it was written: named types by name where they were told before. */
export function dump(written: Schema, set: Pick<AvroSet, 'find'>, told = new Set<string>()): unknown {
  const schema = follow(set, written);
  const props = propsOf(schema);
  switch (schema.kind) {
    case 'array':
      return { array: dump(schema.items, set, told), props };
    case 'map':
      return { map: dump(schema.values, set, told), props };
    case 'union':
      return schema.branches.map((branch) => dump(branch, set, told));
    case 'reference':
      return schema.name;
    case 'record':
    case 'enum':
    case 'fixed':
      break;
    default:
      return { primitive: schema.kind, props };
  }
  if (told.has(schema.name.full)) return schema.name.full;
  told.add(schema.name.full);
  const { kind, name, doc } = schema;
  const head = { kind, name: name.full, doc, aliases: schema.aliases.map((alias) => alias.name), props };
  switch (schema.kind) {
    case 'record':
      return { ...head, isError: schema.isError, fields: schema.fields.map((field) => dumpField(field, set, told)) };
    case 'enum':
      return { ...head, symbols: schema.symbols.map((symbol) => symbol.name), default: schema.default?.name };
    case 'fixed':
      return { ...head, size: schema.size };
  }
}

export function dumpField(field: Field, set: Pick<AvroSet, 'find'>, told = new Set<string>()): unknown {
  return {
    name: field.name,
    type: dump(field.type, set, told),
    default: field.default === undefined ? undefined : number(printJson(field.default)),
    order: field.order,
    doc: field.doc,
    aliases: field.aliases.map(({ name }) => name),
    props: entries(field.props),
  };
}

/** A decimal without scale has the scale 0, which Java writes. */
function propsOf(schema: Schema): Readonly<Record<string, string>> {
  const props = entries(schema.props);
  const isDecimal =
    props.logicalType === '"decimal"' && (schema.kind === 'bytes' || (isNamed(schema) && schema.kind === 'fixed'));
  return isDecimal ? { scale: '0', ...props } : props;
}

function entries(props: ReadonlyMap<string, Prop>): Record<string, string> {
  return Object.fromEntries([...props].map(([name, { value }]) => [name, number(printJson(value))]));
}

/** Java prints `1e3` as `1000.0`, and what JSON has no number for as a string. */
function number(text: string): string {
  if (/^-?[\d.]+(?:e[+-]?\d+)?$/i.test(text)) return String(Number(text));
  return text === 'NaN' || /^-?Infinity$/.test(text) ? JSON.stringify(text) : text;
}
