/** Protobuf files as data that a test can change before they are written. Nothing is checked. */

export type ProtoEdition = 'proto2' | 'proto3' | '2023' | '2024';

export interface ProtoFile {
  path: string;
  edition: ProtoEdition;
  package: string;
  imports: { path: string; modifier?: 'public' | 'option' }[];
  /** `java_package = "a.b"`. */
  options: string[];
  messages: ProtoMessage[];
  enums: ProtoEnum[];
  services: ProtoService[];
  extends: ProtoExtend[];
}

export interface ProtoMessage {
  name: string;
  visibility?: 'export' | 'local';
  options: string[];
  fields: ProtoField[];
  oneofs: ProtoOneof[];
  messages: ProtoMessage[];
  enums: ProtoEnum[];
  extends: ProtoExtend[];
  /** `4`, `6 to 8`, `20 to max`. */
  reservedNumbers: string[];
  reservedNames: string[];
  extensions: string[];
}

export interface ProtoOneof {
  name: string;
  options: string[];
  fields: ProtoField[];
}

export interface ProtoField {
  label?: 'optional' | 'required' | 'repeated';
  /** `int32`, `.a.b.C`, `map<string, C>`, `group`. */
  type: string;
  name: string;
  number: number;
  options: string[];
  /** Of a group. */
  group?: ProtoMessage;
}

export interface ProtoEnum {
  name: string;
  visibility?: 'export' | 'local';
  options: string[];
  values: { name: string; number: number; options: string[] }[];
  reservedNumbers: string[];
  reservedNames: string[];
}

export interface ProtoService {
  name: string;
  options: string[];
  methods: ProtoMethod[];
}

export interface ProtoMethod {
  name: string;
  input: string;
  inputStream: boolean;
  output: string;
  outputStream: boolean;
  options: string[];
}

export interface ProtoExtend {
  extendee: string;
  fields: ProtoField[];
}

/** How a file is laid out; none of it means anything. */
export interface ProtoLayout {
  readonly indent: string;
  readonly lineBreak: string;
  /** A comment or blanks to put before a statement. */
  readonly before: () => string;
}

export const plainLayout: ProtoLayout = { indent: '  ', lineBreak: '\n', before: () => '' };

export function emptyMessage(name: string): ProtoMessage {
  return {
    name,
    options: [],
    fields: [],
    oneofs: [],
    messages: [],
    enums: [],
    extends: [],
    reservedNumbers: [],
    reservedNames: [],
    extensions: [],
  };
}

type Lines = readonly (string | Lines)[];

export function protoText(file: ProtoFile, layout: ProtoLayout = plainLayout): string {
  const editions = file.edition !== 'proto2' && file.edition !== 'proto3';
  const imports = [...file.imports].sort((a, b) => Number(a.modifier === 'option') - Number(b.modifier === 'option'));
  const lines: Lines = [
    editions ? `edition = "${file.edition}";` : `syntax = "${file.edition}";`,
    ...(file.package === '' ? [] : [`package ${file.package};`]),
    ...imports.map(({ path, modifier }) => `import ${modifier === undefined ? '' : `${modifier} `}"${path}";`),
    ...file.options.map((option) => `option ${option};`),
    ...file.messages.flatMap((message) => messageLines(message, editions)),
    ...file.enums.flatMap((it) => enumLines(it, editions)),
    ...file.services.flatMap(serviceLines),
    ...file.extends.flatMap((extend) => extendLines(extend, editions)),
  ];
  return laidOut(lines, layout, '');
}

function laidOut(lines: Lines, layout: ProtoLayout, indent: string): string {
  return lines
    .map((line) =>
      typeof line === 'string'
        ? `${layout.before()}${indent}${line}${layout.lineBreak}`
        : laidOut(line, layout, indent + layout.indent),
    )
    .join('');
}

function block(head: string, body: Lines): Lines {
  return [`${head} {`, body, '}'];
}

function head(keyword: string, { name, visibility }: { name: string; visibility?: string }): string {
  return `${visibility === undefined ? '' : `${visibility} `}${keyword} ${name}`;
}

function messageLines(message: ProtoMessage, editions: boolean): Lines {
  return block(head('message', message), messageBody(message, editions));
}

function messageBody(message: ProtoMessage, editions: boolean): Lines {
  return [
    ...message.options.map((option) => `option ${option};`),
    ...message.enums.flatMap((it) => enumLines(it, editions)),
    ...message.fields.flatMap((field) => fieldLines(field, editions)),
    ...message.oneofs.flatMap(({ name, options, fields }) =>
      block(`oneof ${name}`, [
        ...options.map((option) => `option ${option};`),
        ...fields.flatMap((field) => fieldLines(field, editions)),
      ]),
    ),
    ...message.messages.flatMap((it) => messageLines(it, editions)),
    ...reservedLines(message, editions),
    ...(message.extensions.length === 0 ? [] : [`extensions ${message.extensions.join(', ')};`]),
    ...message.extends.flatMap((it) => extendLines(it, editions)),
  ];
}

function reservedLines({ reservedNumbers, reservedNames }: ProtoMessage | ProtoEnum, editions: boolean): Lines {
  const names = reservedNames.map((name) => (editions ? name : `"${name}"`));
  return [
    ...(reservedNumbers.length === 0 ? [] : [`reserved ${reservedNumbers.join(', ')};`]),
    ...(names.length === 0 ? [] : [`reserved ${names.join(', ')};`]),
  ];
}

function brackets(options: readonly string[]): string {
  return options.length === 0 ? '' : ` [${options.join(', ')}]`;
}

function fieldLines(field: ProtoField, editions: boolean): Lines {
  const label = field.label === undefined ? '' : `${field.label} `;
  const line = `${label}${field.type} ${field.name} = ${field.number}${brackets(field.options)}`;
  return field.group === undefined ? [`${line};`] : block(line, messageBody(field.group, editions));
}

function enumLines(it: ProtoEnum, editions: boolean): Lines {
  return block(head('enum', it), [
    ...it.options.map((option) => `option ${option};`),
    ...it.values.map(({ name, number, options }) => `${name} = ${number}${brackets(options)};`),
    ...reservedLines(it, editions),
  ]);
}

function serviceLines({ name, options, methods }: ProtoService): Lines {
  return block(`service ${name}`, [
    ...options.map((option) => `option ${option};`),
    ...methods.flatMap((method) => {
      const stream = (is: boolean) => (is ? 'stream ' : '');
      const input = `${stream(method.inputStream)}${method.input}`;
      const line = `rpc ${method.name}(${input}) returns (${stream(method.outputStream)}${method.output})`;
      return method.options.length === 0
        ? [`${line};`]
        : block(
            line,
            method.options.map((option) => `option ${option};`),
          );
    }),
  ]);
}

function extendLines({ extendee, fields }: ProtoExtend, editions: boolean): Lines {
  return block(
    `extend ${extendee}`,
    fields.flatMap((field) => fieldLines(field, editions)),
  );
}
