import type { EnumNode, MessageElement, MessageNode } from '../../syntax/tree.ts';
import { wellKnown } from '../well-known/index.ts';

export type OptionTarget =
  | 'FileOptions'
  | 'MessageOptions'
  | 'FieldOptions'
  | 'OneofOptions'
  | 'EnumOptions'
  | 'EnumValueOptions'
  | 'ServiceOptions'
  | 'MethodOptions'
  | 'ExtensionRangeOptions';

export const targetWords: Readonly<Record<OptionTarget, string>> = {
  FileOptions: 'a file',
  MessageOptions: 'a message',
  FieldOptions: 'a field',
  OneofOptions: 'a oneof',
  EnumOptions: 'an enum',
  EnumValueOptions: 'an enum value',
  ServiceOptions: 'a service',
  MethodOptions: 'a method',
  ExtensionRangeOptions: 'an extension range',
};

export interface OptionField {
  /** Scalar, or the simple name of a message or enum. */
  readonly type: string;
  readonly repeated: boolean;
  /** Of an enum. */
  readonly values: ReadonlySet<string> | undefined;
}

type OptionFields = ReadonlyMap<string, OptionField>;

let tables: ReadonlyMap<string, OptionFields> | undefined;

/** Fields of a message of descriptor.proto, by name. */
export function optionFields(message: OptionTarget | 'FeatureSet'): OptionFields {
  tables ??= readTables();
  return tables.get(message) ?? new Map();
}

function readTables(): ReadonlyMap<string, OptionFields> {
  const body = wellKnown().get('google/protobuf/descriptor.proto')?.body ?? [];
  return new Map(body.flatMap((node) => (node.kind === 'message' ? [[node.name?.text ?? '', fieldsOf(node)]] : [])));
}

function fieldsOf(message: MessageNode): OptionFields {
  const enums = new Map(enumsOf(message.body).map((it) => [it.name?.text ?? '', it]));
  const fields = new Map<string, OptionField>();
  for (const node of message.body) {
    if (node.kind !== 'field' || node.name === undefined) continue;
    const type = node.type?.text.replace(/.*\./, '') ?? '';
    const names = enums.get(type)?.body.flatMap((value) => (value.kind === 'value' ? (value.name?.text ?? []) : []));
    fields.set(node.name.text, { type, repeated: node.label?.text === 'repeated', values: names && new Set(names) });
  }
  return fields;
}

function enumsOf(body: readonly MessageElement[]): readonly EnumNode[] {
  return body.flatMap((node) => (node.kind === 'enum' ? [node] : node.kind === 'message' ? enumsOf(node.body) : []));
}

/** Options that editions from that one on do not have. */
export const removedFrom: Readonly<Record<string, '2023' | '2024'>> = {
  'FieldOptions.packed': '2023',
  'FieldOptions.ctype': '2024',
  'FileOptions.java_string_check_utf8': '2023',
  'FileOptions.java_multiple_files': '2024',
};

/** Where a feature can be set. Those without a line can be set everywhere. */
export const featureTargets: Readonly<Record<string, readonly OptionTarget[]>> = {
  field_presence: ['FileOptions', 'FieldOptions'],
  enum_type: ['FileOptions', 'EnumOptions'],
  repeated_field_encoding: ['FileOptions', 'FieldOptions'],
  utf8_validation: ['FileOptions', 'FieldOptions'],
  message_encoding: ['FileOptions', 'FieldOptions'],
  json_format: ['FileOptions', 'MessageOptions', 'EnumOptions'],
  default_symbol_visibility: ['FileOptions'],
};
