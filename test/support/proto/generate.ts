import type { Declaration, Enum, Field, Message, Options, ProtoFile, Service, Syntax } from './model.ts';
import { fieldsOf, isEditions, message, messagesOf } from './model.ts';
import type { Random } from './random.ts';

/** Files of one package (and a neighbour), all below a folder of that name, so that many of them make one module. */
export function generate(name: string, random: Random): ProtoFile[] {
  const syntax = random.pick<Syntax>([
    'none',
    'proto2',
    'proto2',
    'proto3',
    'proto3',
    'proto3',
    '2023',
    '2023',
    '2024',
  ]);
  const other = random.pick<Syntax>([syntax, 'proto3', 'proto2', '2023']);
  const types: Types = { messages: ['Shared', 'Shared.Inner'], enums: ['Kind'], extensible: ['Open'] };
  const shared = fileOf(`${name}/b.proto`, other, `${name}.v1`, [
    message('Shared', { fields: [scalar(random, other, 'id', 1)], messages: [message('Inner')] }),
    enumOf('Kind', 'proto3', random),
    ...(other === 'proto3'
      ? []
      : [
          message('Open', {
            extensions: [
              { from: 100, to: 199 },
              { from: 500, to: random.pick([900, 'max' as const]) },
            ],
          }),
        ]),
  ]);
  if (other === 'proto3') types.extensible.length = 0;
  const main = fileOf(`${name}/a.proto`, syntax, `${name}.v1`, body(random, syntax, types));
  main.imports.push(shared.path);
  main.options = fileOptions(random, syntax);
  const files = [main, shared];
  if (random.once(3))
    files.push(
      fileOf(`${name}/c.proto`, syntax, `${name}.${random.pick(['v1', 'v2', 'v1beta1'])}`, [
        message('Alone'),
        { kind: 'service', name: 'AloneApi', options: {}, methods: [] },
      ]),
    );
  for (const file of files) tidy(file);
  return files;
}

interface Types {
  readonly messages: string[];
  readonly enums: string[];
  readonly extensible: string[];
}

function fileOf(path: string, syntax: Syntax, name: string, declarations: Declaration[]): ProtoFile {
  return { path, syntax, package: name, imports: [], options: {}, body: declarations };
}

/** What has to follow from the rest for a file to compile, whatever was changed in it. */
export function tidy(file: ProtoFile): void {
  addFeatureImports(file);
  if (file.options['features.field_presence'] !== 'IMPLICIT') return;
  for (const each of messagesOf(file).flatMap(fieldsOf)) {
    if (each.options['features.field_presence'] === undefined) delete each.options.default;
  }
}

function addFeatureImports(file: ProtoFile): void {
  const text = JSON.stringify(file);
  for (const language of ['cpp', 'java']) {
    const path = `google/protobuf/${language}_features.proto`;
    if (text.includes(`(pb.${language})`) && !file.imports.includes(path)) file.imports.push(path);
  }
}

function body(random: Random, syntax: Syntax, types: Types): Declaration[] {
  const first = enumOf('State', syntax, random);
  const second = enumOf('Level', syntax, random);
  types.enums.push('State', 'Level');
  types.messages.push('Order', 'Line');
  const order = messageOf('Order', syntax, random, types, 2);
  const line = messageOf('Line', syntax, random, types, 1);
  const result: Declaration[] = [
    first,
    second,
    order,
    line,
    serviceOf('Api', random, types),
    serviceOf('Admin', random, types),
  ];
  const open = types.extensible[0];
  if (open !== undefined && syntax !== 'proto3') {
    result.push({
      kind: 'extend',
      extendee: open,
      fields: [1, 2, 3].map((n) => extension(random, syntax, `ext_${letter(n)}`, 100 + n, types)),
    });
    if (random.once(2))
      order.extends.push({
        kind: 'extend',
        extendee: open,
        fields: [extension(random, syntax, 'inner_ext', 150, types)],
      });
  }
  return result;
}

export function enumOf(name: string, syntax: Syntax, random: Random): Enum {
  const prefix = name.toUpperCase();
  const first = syntax === 'proto3' || isEditions(syntax) ? 0 : random.pick([0, 0, 1, 5]);
  const values = [first, ...[10, 11, 12, 13, -1].filter(() => random.once(2))].map((number, index) => ({
    name: `${prefix}_${letter(index).toUpperCase()}`,
    number,
    options: random.once(8) ? { deprecated: 'true' } : ({} as Options),
  }));
  const options: Options = {};
  if (random.once(3)) {
    options.allow_alias = 'true';
    values.push({ name: `${prefix}_ALIAS`, number: values[0]!.number, options: {} });
    if (random.once(2)) values.push({ name: `${prefix}_OTHER`, number: values[0]!.number, options: {} });
  }
  if (isEditions(syntax) && random.once(4)) options['features.enum_type'] = random.pick(['OPEN', 'CLOSED']);
  if (isEditions(syntax) && random.once(6))
    options['features.json_format'] = random.pick(['ALLOW', 'LEGACY_BEST_EFFORT']);
  return {
    kind: 'enum',
    name,
    options,
    values,
    reserved: random.some([
      { from: 20, to: 29 },
      { from: 40, to: 40 },
      { from: 60, to: random.pick([70, 'max' as const]) },
    ]),
    reservedNames: random.some([`${prefix}_OLD`, `${prefix}_OLDER`]),
  };
}

function messageOf(name: string, syntax: Syntax, random: Random, types: Types, depth: number): Message {
  const each = message(name);
  if (isEditions(syntax) && random.once(6))
    each.options['features.json_format'] = random.pick(['ALLOW', 'LEGACY_BEST_EFFORT']);
  if (random.once(10)) each.options.deprecated = 'true';
  if (random.once(12)) each.options.no_standard_descriptor_accessor = random.pick(['true', 'false']);
  for (let n = 0; n < 3 + random.below(6); n += 1)
    each.fields.push(field(random, syntax, `field_${letter(n)}`, n + 1, types));
  if (random.once(2))
    each.fields.push({
      label: '',
      type: `map<${random.pick(['string', 'int32', 'bool'])}, ${random.pick(['string', 'int64', 'Shared'])}>`,
      name: 'tags',
      number: 12,
      options: {},
    });
  if ((syntax === 'proto2' || syntax === 'none') && random.once(2)) {
    each.fields.push({
      label: random.pick(['optional', 'repeated']),
      type: 'group',
      name: 'Grp',
      number: 13,
      options: {},
      group: message('Grp', { fields: [field(random, syntax, 'inside', 1, types)] }),
    });
  }
  if (random.once(2)) {
    each.oneofs.push({
      name: 'choice',
      fields: [14, 15, 16].map((number) => inOneof(scalar(random, syntax, `choice_${letter(number)}`, number))),
    });
  }
  if (random.once(4))
    each.oneofs.push({
      name: 'second',
      fields: [{ label: '', type: 'string', name: 'alone', number: 17, options: {} }],
    });
  if (syntax !== 'proto3' && random.once(3)) each.extensions.push({ from: 100, to: 120 }, { from: 200, to: 'max' });
  each.reserved.push(
    ...random.some([
      { from: 40, to: 49 },
      { from: 60, to: 60 },
      { from: 62, to: 64 },
    ]),
  );
  each.reservedNames.push(...random.some(['old_name', 'older_name']));
  if (depth > 0 && random.once(2)) each.messages.push(messageOf('Inner', syntax, random, types, depth - 1));
  if (random.once(3)) each.enums.push(enumOf(`${name}Mode`, syntax, random));
  return each;
}

/** Edition 2024 wants no digits behind an underscore. */
function letter(n: number): string {
  return String.fromCharCode(97 + n);
}

export const scalars = [
  'int32',
  'int64',
  'uint32',
  'uint64',
  'sint32',
  'sint64',
  'fixed32',
  'fixed64',
  'sfixed32',
  'sfixed64',
  'bool',
  'float',
  'double',
  'string',
  'bytes',
];

export function field(random: Random, syntax: Syntax, name: string, number: number, types: Types): Field {
  if (random.once(4))
    return {
      ...scalar(random, syntax, name, number),
      type: random.pick(types.messages),
      options: isEditions(syntax) && random.once(4) ? { 'features.message_encoding': 'DELIMITED' } : {},
    };
  if (random.once(5)) return { ...scalar(random, syntax, name, number), type: random.pick(types.enums), options: {} };
  return scalar(random, syntax, name, number);
}

function scalar(random: Random, syntax: Syntax, name: string, number: number): Field {
  const type = random.pick([...scalars, 'string', 'bytes', 'int64']);
  const label = labelOf(random, syntax);
  return { label, type, name, number, options: fieldOptions(random, syntax, type, label) };
}

export function labelOf(random: Random, syntax: Syntax): Field['label'] {
  switch (syntax) {
    case 'none':
    case 'proto2':
      return random.pick(['optional', 'optional', 'optional', 'required', 'repeated']);
    case 'proto3':
      return random.pick(['', '', 'optional', 'repeated']);
    default:
      return random.pick(['', '', 'repeated']);
  }
}

export function inOneof(field: Field): Field {
  const { 'features.field_presence': _, ...options } = field.options;
  return { ...field, label: '', options };
}

function extension(random: Random, syntax: Syntax, name: string, number: number, types: Types): Field {
  const made = field(random, syntax, name, number, types);
  delete made.options.json_name;
  delete made.options['features.field_presence'];
  return { ...made, label: made.label === 'required' ? 'optional' : made.label };
}

export function fieldOptions(random: Random, syntax: Syntax, type: string, label: Field['label']): Options {
  const options: Options = {};
  const editions = isEditions(syntax);
  if (random.once(8)) options.json_name = `"json${random.below(1000)}"`;
  if (random.once(12)) options.deprecated = 'true';
  if (/64$/.test(type) && random.once(3)) options.jstype = random.pick(['JS_NORMAL', 'JS_STRING', 'JS_NUMBER']);
  if ((type === 'string' || type === 'bytes') && syntax !== '2024' && random.once(5))
    options.ctype = random.pick(['STRING', 'CORD', 'STRING_PIECE']);
  else if ((type === 'string' || type === 'bytes') && editions && random.once(5))
    options['features.(pb.cpp).string_type'] = random.pick(['STRING', 'CORD', 'VIEW']);
  if (type === 'string' && editions && random.once(5))
    options['features.utf8_validation'] = random.pick(['VERIFY', 'NONE']);
  if (type === 'string' && editions && random.once(6))
    options['features.(pb.java).utf8_validation'] = random.pick(['VERIFY', 'DEFAULT']);
  if (editions && label === '' && random.once(5))
    options['features.field_presence'] = random.pick(['EXPLICIT', 'IMPLICIT', 'LEGACY_REQUIRED']);
  if (
    label !== 'repeated' &&
    syntax !== 'proto3' &&
    options['features.field_presence'] !== 'IMPLICIT' &&
    random.once(3)
  )
    options.default = defaultOf(random, type);
  return options;
}

export function defaultOf(random: Random, type: string): string {
  switch (type) {
    case 'string':
      return random.pick(['""', '"a"', '"b\\n"', "'q'", '"x" "y"', '"é"']);
    case 'bytes':
      return random.pick(['""', '"a"', '"\\001\\xff"', '"\\377"']);
    case 'bool':
      return random.pick(['true', 'false']);
    case 'float':
    case 'double':
      return random.pick(['0', '1', '1.5', '0.1', '-2e3', 'inf', '-inf', 'nan', '10']);
    default:
      return random.pick(['0', '1', '10', '0xA', '012', '7', ...(/^u|^fixed/.test(type) ? [] : ['-1'])]);
  }
}

export const textFileOptions = [
  'csharp_namespace',
  'go_package',
  'java_outer_classname',
  'java_package',
  'objc_class_prefix',
  'php_class_prefix',
  'php_metadata_namespace',
  'php_namespace',
  'ruby_package',
  'swift_prefix',
];
export const boolFileOptions = [
  'cc_enable_arenas',
  'cc_generic_services',
  'java_generic_services',
  'java_multiple_files',
  'py_generic_services',
  'java_string_check_utf8',
];

export function fileOptions(random: Random, syntax: Syntax): Options {
  const options: Options = {};
  for (const name of textFileOptions)
    if (random.once(5)) options[name] = random.pick(['"one"', '"Two\\\\Three"', "'four'", '""']);
  for (const name of boolFileOptions) {
    if (
      !random.once(5) ||
      (isEditions(syntax) && name === 'java_string_check_utf8') ||
      (syntax === '2024' && name === 'java_multiple_files')
    )
      continue;
    options[name] = random.pick(['true', 'false']);
  }
  if (random.once(4)) options.optimize_for = random.pick(['SPEED', 'CODE_SIZE']);
  if (isEditions(syntax)) {
    if (random.once(6)) options['features.utf8_validation'] = 'NONE';
    if (random.once(6)) options['features.enum_type'] = 'CLOSED';
    if (random.once(6)) options['features.field_presence'] = 'IMPLICIT';
    if (random.once(6)) options['features.json_format'] = 'LEGACY_BEST_EFFORT';
    if (random.once(6)) options['features.(pb.java).utf8_validation'] = 'VERIFY';
    if (random.once(6)) options['features.(pb.cpp).string_type'] = random.pick(['CORD', 'STRING']);
    if (random.once(8)) options['features.message_encoding'] = 'DELIMITED';
  }
  return options;
}

function serviceOf(name: string, random: Random, types: Types): Service {
  return {
    kind: 'service',
    name,
    options: {},
    methods: ['Get', 'List', 'Put']
      .filter(() => !random.once(4))
      .map((method) => ({
        name: method,
        input: random.pick(types.messages),
        output: random.pick(types.messages),
        clientStreaming: random.once(4),
        serverStreaming: random.once(4),
        options: random.once(4)
          ? { idempotency_level: random.pick(['NO_SIDE_EFFECTS', 'IDEMPOTENT', 'IDEMPOTENCY_UNKNOWN']) }
          : {},
      })),
  };
}
