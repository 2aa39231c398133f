import type { FieldDescriptor, MethodDescriptor } from '../descriptor.ts';
import { jsonName } from '../link/names.ts';
import { cardinalityOf } from '../rules/fields/cardinality.ts';
import type { Entry } from './elements.ts';

/** An element in a line, its types by their full names. */
export function signature({ kind, element }: Entry): string {
  switch (kind) {
    case 'message':
    case 'enum':
    case 'service':
    case 'oneof':
      return `${kind} ${element.fullName}`;
    case 'field':
      return `${fieldSignature(element)};`;
    case 'value':
      return `${element.name} = ${element.number};`;
    case 'method':
      return methodSignature(element);
    default:
      return kind satisfies never;
  }
}

function fieldSignature(field: FieldDescriptor): string {
  const label = field.label === undefined || field.isMap ? '' : `${field.label} `;
  return `${label}${typeText(field)} ${field.name} = ${field.number}`;
}

function typeText(field: FieldDescriptor): string {
  if (!field.isMap) return field.typeName ?? field.kind;
  const { text } = field.file.content;
  return text.slice(field.typeSpan.start, field.typeSpan.end);
}

function methodSignature({ name, input, output, clientStreaming, serverStreaming }: MethodDescriptor): string {
  const type = (of: string, stream: boolean) => `(${stream ? 'stream ' : ''}${of})`;
  return `rpc ${name}${type(input, clientStreaming)} returns ${type(output, serverStreaming)};`;
}

/** What the line does not say: where it is, and what features and edition make of it. */
export function describe(entry: Entry): string {
  const { kind, element } = entry;
  switch (kind) {
    case 'message':
      return counted(element.fields.length, 'field');
    case 'enum':
      return `${counted(element.values.length, 'value')}, ${element.features.enumType.toLowerCase()}`;
    case 'service':
      return counted(element.methods.length, 'method');
    case 'field':
      return fieldText(element);
    case 'value':
      return `Number ${element.number} of \`${element.parent.fullName}\``;
    case 'oneof':
    case 'method':
      return `In \`${element.parent.fullName}\``;
    default:
      return kind satisfies never;
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const presences = {
  explicit: 'explicit presence',
  implicit: 'implicit presence: its zero is not written',
  required: 'required',
  map: 'a map',
} as const;

function fieldText(field: FieldDescriptor): string {
  const { number, extendee, parent, features } = field;
  const home = extendee === undefined ? `\`${parent?.fullName}\`` : `\`${extendee}\`, an extension`;
  const cardinality = cardinalityOf(field);
  const facts = [
    cardinality === 'repeated' ? repetition(field) : presences[cardinality],
    field.kind === 'group' ? 'delimited' : '',
    field.kind === 'string' && features.utf8Validation === 'NONE' ? 'UTF-8 is not checked' : '',
    field.jsonName === jsonName(field.name) ? '' : `\`${field.jsonName}\` in JSON`,
    field.oneof === undefined ? '' : `in oneof \`${field.oneof.name}\``,
  ];
  return [`Field ${number} of ${home}`, ...facts.filter((fact) => fact !== '')].join(', ');
}

function repetition({ kind, features }: FieldDescriptor): string {
  const isPackable = !['string', 'bytes', 'message', 'group'].includes(kind);
  return isPackable ? features.repeatedFieldEncoding.toLowerCase() : 'repeated';
}
