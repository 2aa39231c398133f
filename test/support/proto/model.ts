/** A proto file as data that mutations change freely; only some of what can be written compiles. */

export type Syntax = 'none' | 'proto2' | 'proto3' | '2023' | '2024';

export type Options = Record<string, string>;

export interface Field {
  label: '' | 'optional' | 'required' | 'repeated';
  /** `string`, `Name`, `map<string, int32>`, `group`. */
  type: string;
  name: string;
  number: number;
  options: Options;
  /** Of a group. */
  group?: Message;
}

export interface Range {
  from: number;
  to: number | 'max';
}

export interface Message {
  kind: 'message';
  name: string;
  options: Options;
  fields: Field[];
  oneofs: { name: string; fields: Field[] }[];
  messages: Message[];
  enums: Enum[];
  extends: Extend[];
  extensions: Range[];
  reserved: Range[];
  reservedNames: string[];
}

export interface Enum {
  kind: 'enum';
  name: string;
  options: Options;
  values: { name: string; number: number; options: Options }[];
  reserved: Range[];
  reservedNames: string[];
}

export interface Extend {
  kind: 'extend';
  extendee: string;
  fields: Field[];
}

export interface Method {
  name: string;
  input: string;
  output: string;
  clientStreaming: boolean;
  serverStreaming: boolean;
  options: Options;
}

export interface Service {
  kind: 'service';
  name: string;
  options: Options;
  methods: Method[];
}

export type Declaration = Message | Enum | Extend | Service;

export interface ProtoFile {
  path: string;
  syntax: Syntax;
  package: string;
  imports: string[];
  options: Options;
  body: Declaration[];
}

export function message(name: string, more: Partial<Message> = {}): Message {
  return {
    kind: 'message',
    name,
    options: {},
    fields: [],
    oneofs: [],
    messages: [],
    enums: [],
    extends: [],
    extensions: [],
    reserved: [],
    reservedNames: [],
    ...more,
  };
}

export function isEditions(syntax: Syntax): boolean {
  return syntax.startsWith('20');
}

/** All messages of a file, nested ones and groups too. */
export function messagesOf(file: ProtoFile): Message[] {
  const found: Message[] = [];
  const visit = (each: Message): void => {
    found.push(each);
    each.messages.forEach(visit);
    for (const field of fieldsOf(each)) if (field.group !== undefined) visit(field.group);
  };
  for (const each of file.body) if (each.kind === 'message') visit(each);
  return found;
}

export function fieldsOf(each: Message): Field[] {
  return [...each.fields, ...each.oneofs.flatMap(({ fields }) => fields)];
}

export function enumsOf(file: ProtoFile): Enum[] {
  return [...file.body.filter((each) => each.kind === 'enum'), ...messagesOf(file).flatMap(({ enums }) => enums)];
}

export function servicesOf(file: ProtoFile): Service[] {
  return file.body.filter((each) => each.kind === 'service');
}

export function extendsOf(file: ProtoFile): Extend[] {
  return [...file.body.filter((each) => each.kind === 'extend'), ...messagesOf(file).flatMap((each) => each.extends)];
}
