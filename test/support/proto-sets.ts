import type { Random } from './mutations.ts';
import {
  emptyMessage,
  type ProtoEdition,
  type ProtoEnum,
  type ProtoField,
  type ProtoFile,
  type ProtoLayout,
  type ProtoMessage,
  type ProtoService,
} from './proto-model.ts';

/** The same numbers for the same seed. */
export function seeded(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A type that other declarations may name. */
interface Known {
  readonly fullName: string;
  readonly file: ProtoFile;
  readonly kind: 'message' | 'enum';
  readonly open: boolean;
  /** First value of an enum. */
  readonly zero: string;
  /** Maps want an enum that begins with zero. */
  readonly inMaps: boolean;
  /** `export` is not needed: on top of a file, or an edition before 2024. */
  readonly visible: boolean;
}

interface Extendable {
  readonly fullName: string;
  readonly file: ProtoFile;
  next: number;
}

interface Making {
  readonly random: Random;
  readonly file: ProtoFile;
  readonly types: Known[];
  readonly extendables: Extendable[];
  readonly imported: Set<ProtoFile>;
  count: number;
}

const scalars =
  'double float int64 uint64 int32 fixed64 fixed32 bool string bytes uint32 sfixed32 sfixed64 sint32 sint64'.split(' ');
const keys = 'int64 uint64 int32 fixed64 fixed32 bool string uint32 sfixed32 sfixed64 sint32 sint64'.split(' ');
const words =
  'order total line item price user address city code label state count owner parent kind value size note'.split(' ');
const editions: readonly ProtoEdition[] = ['proto2', 'proto3', '2023', '2024'];

/**
 * Files that compile, with all that the language has: editions mixed, imports (public too), nested types, maps, groups, oneofs,
 * extensions, reserved and extension ranges, features, options, services. All names begin with the set's own package.
 */
export function protoSet(random: Random, prefix: string, files = 4): ProtoFile[] {
  const types: Known[] = [];
  const extendables: Extendable[] = [];
  const made: ProtoFile[] = [];
  let count = 0;
  for (let index = 0; index < files; index++) {
    const folder = `${prefix}/${index % 2 === 0 ? 'v1' : 'sub'}`;
    const file: ProtoFile = {
      path: `${folder}/file${index}.proto`,
      edition: pick(random, editions),
      package: folder.replaceAll('/', '.'),
      imports: [],
      options: [],
      messages: [],
      enums: [],
      services: [],
      extends: [],
    };
    const making: Making = { random, file, types, extendables, imported: new Set([file]), count };
    for (const other of made)
      if (chance(random, 0.6)) {
        const isPublic = file.edition !== '2024' && chance(random, 0.3);
        file.imports.push({ path: other.path, ...(isPublic && { modifier: 'public' as const }) });
        making.imported.add(other);
        addPublic(making, other, made);
      }
    fill(making);
    count = making.count;
    made.push(file);
  }
  return made;
}

/** Layouts that mean nothing: indentation, line ends, comments, blank lines. */
export function randomLayout(random: Random): ProtoLayout {
  const lineBreak = chance(random, 0.2) ? '\r\n' : '\n';
  const comments = ['// A word.', '/* Two\n * lines. */', '// é𝒳 “quoted”', '', '  ', '/* { */ /* " */'];
  return {
    indent: pick(random, ['  ', '\t', '', '    ']),
    lineBreak,
    before: () => (chance(random, 0.15) ? `${pick(random, comments)}${lineBreak}` : ''),
  };
}

function chance(random: Random, probability: number): boolean {
  return random() < probability;
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

function upTo(random: Random, most: number): number {
  return Math.floor(random() * (most + 1));
}

function addPublic(making: Making, file: ProtoFile, made: readonly ProtoFile[]): void {
  for (const { path, modifier } of file.imports) {
    const other = made.find((it) => it.path === path);
    if (modifier !== 'public' || other === undefined || making.imported.has(other)) continue;
    making.imported.add(other);
    addPublic(making, other, made);
  }
}

function fill(making: Making): void {
  const { random, file } = making;
  const { edition } = file;
  const choose = (...options: readonly (readonly [string, number])[]) => {
    for (const [option, probability] of options) if (chance(random, probability)) file.options.push(option);
  };
  choose(
    [`java_package = "com.example.${file.package}"`, 0.3],
    ['go_package = "example.com/" "x;y"', 0.3],
    ['optimize_for = CODE_SIZE', 0.2],
    ['cc_enable_arenas = false', 0.2],
    ['deprecated = true', 0.1],
  );
  if (edition === '2023') choose(['java_multiple_files = true', 0.3]);
  if (edition === 'proto2' || edition === 'proto3') choose(['java_string_check_utf8 = true', 0.3]);
  else {
    choose(
      ['features.repeated_field_encoding = EXPANDED', 0.2],
      ['features.utf8_validation = NONE', 0.2],
      ['features.json_format = LEGACY_BEST_EFFORT', 0.2],
      ['features.message_encoding = DELIMITED', 0.2],
      ['features.enum_type = OPEN', 0.2],
      ['features.field_presence = EXPLICIT', 0.1],
    );
    if (chance(random, 0.3)) {
      file.imports.push({ path: 'google/protobuf/cpp_features.proto' });
      file.options.push('features.(pb.cpp).string_type = CORD');
    }
  }
  for (let left = 1 + upTo(random, 1); left > 0; left--) file.enums.push(makeEnum(making, file.package, false));
  for (let left = 1 + upTo(random, 3); left > 0; left--) file.messages.push(makeMessage(making, file.package, 0));
  if (chance(random, 0.6)) file.services.push(makeService(making));
  if (edition !== 'proto3' && chance(random, 0.6)) addExtension(making, file.extends);
  if (chance(random, 0.3)) addOption(making);
}

function nameOf(making: Making, kind: string): string {
  const word = pick(making.random, words);
  return `${word[0]?.toUpperCase()}${word.slice(1)}${kind}${++making.count}`;
}

function makeEnum(making: Making, scope: string, nested: boolean): ProtoEnum {
  const { random, file } = making;
  const name = nameOf(making, 'Enum');
  const upper = name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  const editionFile = file.edition === '2023' || file.edition === '2024';
  const closed = file.edition === 'proto2' || (editionFile && chance(random, 0.2));
  const it: ProtoEnum = { name, options: [], values: [], reservedNumbers: [], reservedNames: [] };
  if (closed && editionFile) it.options.push('features.enum_type = CLOSED');
  let number = closed && chance(random, 0.3) ? 1 : 0;
  const values = 1 + upTo(random, 4);
  for (let index = 0; index < values; index++) {
    const options = chance(random, 0.15) ? ['deprecated = true'] : [];
    it.values.push({ name: `${upper}_V${index}`, number, options });
    number =
      index === values - 2 && chance(random, 0.2) ? -1 - upTo(random, 5) : Math.max(0, number) + 1 + upTo(random, 2);
  }
  if (it.values.length > 1 && chance(random, 0.2)) {
    it.options.push('allow_alias = true');
    it.values.push({ name: `${upper}_ALIAS`, number: it.values.at(-1)!.number, options: [] });
  }
  if (chance(random, 0.3)) it.reservedNumbers.push('100', '200 to 210', '1000 to max');
  if (chance(random, 0.1)) it.reservedNumbers.push('-20 to -10');
  if (chance(random, 0.3)) it.reservedNames.push(`${upper}_GONE`);
  if (file.edition === '2024' && chance(random, 0.3))
    it.visibility = nested || chance(random, 0.5) ? 'local' : 'export';
  making.types.push({
    fullName: `${scope}.${name}`,
    file,
    kind: 'enum',
    open: !closed,
    zero: it.values[0]!.name,
    inMaps: it.values[0]!.number === 0,
    visible: it.visibility !== 'local' && (file.edition !== '2024' || !nested),
  });
  return it;
}

function makeMessage(making: Making, scope: string, depth: number): ProtoMessage {
  const { random, file } = making;
  const message = emptyMessage(nameOf(making, ''));
  const fullName = `${scope}.${message.name}`;
  const { edition } = file;
  if (edition === '2024' && chance(random, 0.2))
    message.visibility = depth > 0 || chance(random, 0.5) ? 'local' : 'export';
  const visible = message.visibility !== 'local' && (edition !== '2024' || depth === 0);
  making.types.push({ fullName, file, kind: 'message', open: true, zero: '', inMaps: true, visible });
  if (chance(random, 0.1)) message.options.push('deprecated = true');
  if (chance(random, 0.1)) message.options.push('no_standard_descriptor_accessor = true');
  if (depth < 2 && chance(random, 0.4)) message.enums.push(makeEnum(making, fullName, true));
  if (depth < 2 && chance(random, 0.4)) message.messages.push(makeMessage(making, fullName, depth + 1));
  let number = 0;
  const next = () => {
    number += 1 + (chance(random, 0.2) ? upTo(random, 5) : 0);
    return number;
  };
  for (let left = upTo(random, 7); left > 0; left--) message.fields.push(makeField(making, fullName, next()));
  if (edition === 'proto2' && depth < 2 && chance(random, 0.25))
    message.fields.push(makeGroup(making, fullName, next()));
  if (chance(random, 0.35))
    message.oneofs.push({
      name: `choice${++making.count}`,
      options: [],
      fields: Array.from({ length: 1 + upTo(random, 2) }, () => makeMember(making, fullName, next())),
    });
  if (chance(random, 0.3)) message.reservedNumbers.push(`${number + 10}`, `${number + 20} to ${number + 25}`);
  if (chance(random, 0.2)) message.reservedNames.push('gone', 'long_gone');
  if (edition !== 'proto3' && chance(random, 0.4)) {
    message.extensions.push('1000 to 1999', chance(random, 0.5) ? '5000 to max' : '2500');
    making.extendables.push({ fullName, file, next: 1000 });
  }
  if (edition !== 'proto3' && chance(random, 0.15)) addExtension(making, message.extends);
  return message;
}

function usable(making: Making, kind: 'message' | 'enum' | undefined, open: boolean): readonly Known[] {
  return making.types.filter(
    (type) =>
      making.imported.has(type.file) &&
      (kind === undefined || type.kind === kind) &&
      (!open || type.open) &&
      (type.visible || type.file === making.file),
  );
}

/** A name in one of the ways in which it may be written: full, or without the parts that the scope shares. */
function written(making: Making, fullName: string, scope: string): string {
  const { random } = making;
  if (chance(random, 0.3)) return `.${fullName}`;
  const within = scope.split('.');
  const parts = fullName.split('.');
  // Shared beginnings can be left out as long as nothing nearer has the first word that stays; names are unique but for packages.
  let shared = 0;
  while (shared < parts.length - 1 && parts[shared] === within[shared]) shared++;
  const packages = making.file.package.split('.').length;
  if (shared < packages) return `.${fullName}`;
  return parts.slice(chance(random, 0.5) ? shared : packages).join('.');
}

function fieldName(making: Making): string {
  const { random, file } = making;
  const name = `${pick(random, words)}_${pick(random, words)}${++making.count}`;
  if (file.edition === '2024') return name;
  if (chance(random, 0.1)) return `${name}_${upTo(random, 9)}x`;
  return chance(random, 0.05) ? name.replace('_', 'Mixed') : name;
}

function makeField(making: Making, scope: string, number: number): ProtoField {
  const { random, file } = making;
  if (chance(random, 0.15)) return makeMap(making, scope, number);
  const { edition } = file;
  const field = makeMember(making, scope, number);
  const repeated = chance(random, 0.25);
  if (repeated) field.label = 'repeated';
  else if (edition === 'proto2') field.label = chance(random, 0.15) ? 'required' : 'optional';
  else if (edition === 'proto3' && chance(random, 0.2)) field.label = 'optional';
  if (repeated) field.options = field.options.filter((option) => !option.startsWith('default'));
  addFieldOptions(making, field, repeated);
  return field;
}

const packable = new Set(scalars.filter((type) => type !== 'string' && type !== 'bytes'));

function addFieldOptions(making: Making, field: ProtoField, repeated: boolean): void {
  const { random, file } = making;
  const legacy = file.edition === 'proto2' || file.edition === 'proto3';
  const set = (probability: number, option: string) => {
    if (chance(random, probability)) field.options.push(option);
  };
  if (repeated && packable.has(field.type)) {
    if (legacy) set(0.3, `packed = ${chance(random, 0.5)}`);
    else set(0.3, `features.repeated_field_encoding = ${pick(random, ['PACKED', 'EXPANDED'])}`);
  }
  if (!legacy && !repeated && scalars.includes(field.type) && !field.options.some((it) => it.startsWith('default')))
    set(0.2, `features.field_presence = ${pick(random, ['IMPLICIT', 'EXPLICIT', 'LEGACY_REQUIRED'])}`);
  if (!legacy && field.type === 'string') set(0.2, `features.utf8_validation = ${pick(random, ['VERIFY', 'NONE'])}`);
  if (field.type === 'string' && file.edition !== '2024')
    set(0.1, `ctype = ${pick(random, ['CORD', 'STRING', 'STRING_PIECE'])}`);
  if (/^s?(u?int|fixed)64$|^sfixed64$/.test(field.type))
    set(0.2, `jstype = ${pick(random, ['JS_STRING', 'JS_NUMBER'])}`);
  set(0.1, `json_name = "json${making.count}"`);
}

/** What a oneof may have: no label. */
function makeMember(making: Making, scope: string, number: number): ProtoField {
  const { random, file } = making;
  const known = chance(random, 0.35) ? usable(making, undefined, file.edition !== 'proto2') : [];
  const type = known.length === 0 ? undefined : pick(random, known);
  const scalar = pick(random, scalars);
  const field: ProtoField = {
    type: type === undefined ? scalar : written(making, type.fullName, scope),
    name: fieldName(making),
    number,
    options: [],
  };
  if (chance(random, 0.1)) field.options.push('deprecated = true');
  if (file.edition === 'proto2' && chance(random, 0.25)) {
    const value = type === undefined ? defaultOf(random, scalar) : type.kind === 'enum' ? type.zero : undefined;
    if (value !== undefined) field.options.push(`default = ${value}`);
  }
  return field;
}

function defaultOf(random: Random, type: string): string {
  if (type === 'string') return `"it's \\"é\\" \\x41"`;
  if (type === 'bytes') return `'a\\000\\377'`;
  if (type === 'bool') return 'true';
  if (type === 'double' || type === 'float') return pick(random, ['inf', '-inf', 'nan', '1.5', '-2e3', '0', '7']);
  return pick(random, /^u|^fixed/.test(type) ? ['0', '42', '0x1F', '017'] : ['0', '42', '-7', '0x1F', '017']);
}

function makeMap(making: Making, scope: string, number: number): ProtoField {
  const { random, file } = making;
  const candidates = chance(random, 0.4) ? usable(making, undefined, file.edition !== 'proto2') : [];
  const known = candidates.filter(({ inMaps }) => inMaps);
  const value = known.length === 0 ? pick(random, scalars) : written(making, pick(random, known).fullName, scope);
  return { type: `map<${pick(random, keys)}, ${value}>`, name: fieldName(making), number, options: [] };
}

function makeGroup(making: Making, scope: string, number: number): ProtoField {
  const { random } = making;
  const group = emptyMessage(nameOf(making, 'Group'));
  for (let index = 1; index <= 1 + upTo(random, 2); index++)
    group.fields.push(makeField(making, `${scope}.${group.name}`, index));
  const label = pick(random, ['optional', 'repeated', 'required'] as const);
  return { label, type: 'group', name: group.name, number, options: [], group };
}

function makeService(making: Making): ProtoService {
  const { random, file } = making;
  const messages = usable(making, 'message', false);
  const service: ProtoService = { name: nameOf(making, 'Service'), options: [], methods: [] };
  if (chance(random, 0.1)) service.options.push('deprecated = true');
  for (let left = upTo(random, 3); left > 0 && messages.length > 0; left--)
    service.methods.push({
      name: nameOf(making, 'Call'),
      input: written(making, pick(random, messages).fullName, file.package),
      inputStream: chance(random, 0.3),
      output: written(making, pick(random, messages).fullName, file.package),
      outputStream: chance(random, 0.3),
      options: chance(random, 0.3) ? [`idempotency_level = ${pick(random, ['NO_SIDE_EFFECTS', 'IDEMPOTENT'])}`] : [],
    });
  return service;
}

function addExtension(making: Making, to: ProtoFile['extends']): void {
  const { random, file } = making;
  const targets = making.extendables.filter((it) => making.imported.has(it.file) && isVisible(making, it));
  if (targets.length === 0) return;
  const target = pick(random, targets);
  const fields = Array.from({ length: 1 + upTo(random, 1) }, () => {
    const field = makeMember(making, file.package, target.next++);
    if (chance(random, 0.3)) {
      field.label = 'repeated';
      field.options = field.options.filter((option) => !option.startsWith('default'));
    } else if (file.edition === 'proto2') field.label = 'optional';
    return field;
  });
  to.push({ extendee: `.${target.fullName}`, fields });
}

function isVisible(making: Making, { fullName, file }: Extendable): boolean {
  return file === making.file || making.types.some((type) => type.fullName === fullName && type.visible);
}

/** Numbers of options are unique among all sets: they follow from the path. */
function optionNumber({ path }: ProtoFile): number {
  let hash = 7;
  for (const char of path) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  return 50_000 + (hash % 500_000_000);
}

/** A custom option and its use on the file's first message. */
function addOption(making: Making): void {
  const { file } = making;
  const name = `my_option${++making.count}`;
  file.imports.push({ path: 'google/protobuf/descriptor.proto' });
  const label = file.edition === 'proto2' ? { label: 'optional' as const } : {};
  file.extends.push({
    extendee: 'google.protobuf.MessageOptions',
    fields: [{ ...label, type: 'string', name, number: optionNumber(file), options: [] }],
  });
  file.messages[0]?.options.push(`(${file.package}.${name}) = "x"`);
}
