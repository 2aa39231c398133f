import { defaultOf, fieldOptions, fileOptions, inOneof, labelOf, scalars, textFileOptions, tidy } from './generate.ts';
import type { Field, Message, Options, ProtoFile, Range, Syntax } from './model.ts';
import { enumsOf, extendsOf, fieldsOf, isEditions, message, messagesOf, servicesOf } from './model.ts';
import type { Random } from './random.ts';

/** A changed copy of the files, by a few random changes. Not all of them compile. */
export function mutate(files: readonly ProtoFile[], random: Random): ProtoFile[] {
  let copy = structuredClone([...files]);
  for (let n = 0; n < 1 + random.below(5); n += 1) {
    const change = random.pick(mutations);
    copy = change(copy, random) ?? copy;
  }
  for (const file of copy) tidy(file);
  return copy;
}

type Mutation = (files: ProtoFile[], random: Random) => ProtoFile[] | undefined;

const mutations: readonly Mutation[] = [
  (files, random) => inMessage(files, random, (each) => drop(each.fields, random)),
  (files, random) => inMessage(files, random, (each) => dropAndReserve(each, random)),
  (files, random) => inMessage(files, random, (each) => drop(random.pick(each.oneofs)?.fields ?? [], random)),
  (files, random) => inMessage(files, random, (each) => drop(each.messages, random)),
  (files, random) => inMessage(files, random, (each) => drop(each.enums, random)),
  (files, random) => inMessage(files, random, (each) => drop(each.oneofs, random)),
  (files, random) => inMessage(files, random, (each) => drop(each.reservedNames, random)),
  (files, random) => inMessage(files, random, (each) => changeRanges(each.reserved, random)),
  (files, random) => inMessage(files, random, (each) => changeRanges(each.extensions, random)),
  (files, random) => inMessage(files, random, (each) => moveIntoOneof(each, random)),
  (files, random) => inMessage(files, random, (each) => moveOutOfOneof(each, random)),
  (files, random) => inMessage(files, random, (each) => rename(random.pick(each.oneofs))),
  (files, random) => inMessage(files, random, (each) => nest(each, random)),
  (files, random) =>
    inMessage(files, random, (each) => {
      each.options.no_standard_descriptor_accessor = random.pick(['true', 'true', 'false']);
    }),
  (files, random) =>
    inMessage(files, random, (each, syntax) =>
      toggleFeature(each.options, syntax, 'features.json_format', ['ALLOW', 'LEGACY_BEST_EFFORT'], random),
    ),
  (files, random) => inField(files, random, (field) => rename(field)),
  (files, random) =>
    inField(files, random, (field) => {
      field.number += random.pick([1, 20, 40]);
    }),
  (files, random) => inField(files, random, (field) => setType(field, random.pick(scalars))),
  (files, random) => inField(files, random, (field) => setType(field, random.pick(scalars))),
  (files, random) => inField(files, random, (field) => setType(field, sibling(field.type, random))),
  (files, random) => inField(files, random, (field) => setType(field, sibling(field.type, random))),
  (files, random) =>
    inField(files, random, (field) =>
      setType(field, random.pick(['Shared', 'Order', 'Line', 'Kind', 'State', 'Level', 'Shared.Inner'])),
    ),
  (files, random) => inField(files, random, (field) => setMap(field, random)),
  (files, random) =>
    inField(files, random, (field, syntax) => {
      field.label = labelOf(random, syntax);
    }),
  (files, random) =>
    inField(files, random, (field, syntax) => {
      field.label = labelOf(random, syntax);
    }),
  (files, random) =>
    inField(files, random, (field, syntax) => {
      field.options = fieldOptions(random, syntax, field.type, field.label);
    }),
  (files, random) =>
    inField(files, random, (field, syntax) => {
      field.options = fieldOptions(random, syntax, field.type, field.label);
    }),
  (files, random) =>
    inField(files, random, (field) => {
      if (scalars.includes(field.type)) field.options.default = defaultOf(random, field.type);
    }),
  (files, random) =>
    inField(files, random, (field) => {
      field.options.json_name = `"json${random.below(1000)}"`;
    }),
  (files, random) =>
    inField(files, random, (field) => {
      field.options.jstype = random.pick(['JS_STRING', 'JS_NUMBER']);
    }),
  (files, random) =>
    inField(files, random, (field) => {
      field.options.ctype = random.pick(['STRING', 'CORD', 'STRING_PIECE']);
    }),
  (files, random) =>
    inField(files, random, (field, syntax) =>
      toggleFeature(field.options, syntax, 'features.(pb.cpp).string_type', ['STRING', 'CORD', 'VIEW'], random),
    ),
  (files, random) =>
    inField(files, random, (field, syntax) =>
      toggleFeature(field.options, syntax, 'features.utf8_validation', ['VERIFY', 'NONE'], random),
    ),
  (files, random) =>
    inField(files, random, (field, syntax) =>
      toggleFeature(field.options, syntax, 'features.(pb.java).utf8_validation', ['VERIFY', 'DEFAULT'], random),
    ),
  (files, random) =>
    inField(files, random, (field, syntax) =>
      toggleFeature(
        field.options,
        syntax,
        'features.field_presence',
        ['EXPLICIT', 'IMPLICIT', 'LEGACY_REQUIRED'],
        random,
      ),
    ),
  (files, random) =>
    inField(files, random, (field, syntax) =>
      toggleFeature(field.options, syntax, 'features.message_encoding', ['DELIMITED', 'LENGTH_PREFIXED'], random),
    ),
  (files, random) => inEnum(files, random, (each) => drop(each.values, random)),
  (files, random) => inEnum(files, random, (each) => drop(each.values, random)),
  (files, random) => inEnum(files, random, (each) => rename(random.pick(each.values))),
  (files, random) => inEnum(files, random, (each) => drop(each.reservedNames, random)),
  (files, random) => inEnum(files, random, (each) => changeRanges(each.reserved, random)),
  (files, random) =>
    inEnum(files, random, (each) =>
      each.values.push({ name: `${each.name.toUpperCase()}_NEW`, number: 80 + random.below(5), options: {} }),
    ),
  (files, random) => inEnum(files, random, (each) => dropValueAndReserve(each, random)),
  (files, random) => inEnum(files, random, (each) => void each.values.reverse()),
  (files, random) =>
    inEnum(files, random, (each) => {
      each.values[0]!.number = random.pick([0, 1, 5, 9]);
    }),
  (files, random) =>
    inEnum(files, random, (each, syntax) =>
      toggleFeature(each.options, syntax, 'features.enum_type', ['OPEN', 'CLOSED'], random),
    ),
  (files, random) =>
    inEnum(files, random, (each, syntax) =>
      toggleFeature(each.options, syntax, 'features.json_format', ['ALLOW', 'LEGACY_BEST_EFFORT'], random),
    ),
  (files, random) =>
    inMethod(files, random, (method) => {
      method.input = random.pick(['Order', 'Line', 'Shared']);
    }),
  (files, random) =>
    inMethod(files, random, (method) => {
      method.output = random.pick(['Order', 'Line', 'Shared']);
    }),
  (files, random) =>
    inMethod(files, random, (method) => {
      method.clientStreaming = !method.clientStreaming;
    }),
  (files, random) =>
    inMethod(files, random, (method) => {
      method.serverStreaming = !method.serverStreaming;
    }),
  (files, random) =>
    inMethod(files, random, (method) => {
      method.options = random.pick<Options>([
        {},
        { idempotency_level: 'IDEMPOTENT' },
        { idempotency_level: 'NO_SIDE_EFFECTS' },
      ]);
    }),
  (files, random) => inMethod(files, random, (method) => rename(method)),
  (files, random) => {
    drop(random.pick(files.flatMap(servicesOf))?.methods ?? [], random);
    return undefined;
  },
  (files, random) => {
    drop(random.pick(files.flatMap(extendsOf))?.fields ?? [], random);
    return undefined;
  },
  (files, random) => {
    const field = random.pick(random.pick(files.flatMap(extendsOf))?.fields ?? []);
    if (field !== undefined)
      random.pick([
        () => rename(field),
        () => setType(field, random.pick(scalars)),
        () => {
          field.label = random.pick(['optional', 'repeated']);
        },
      ])();
    return undefined;
  },
  (files, random) => {
    drop(random.pick(files).body, random);
    return undefined;
  },
  (files, random) => {
    drop(random.pick(files).body, random);
    return undefined;
  },
  (files, random) => moveBetweenFiles(files, random),
  (files, random) => {
    rename(random.pick(random.pick(files).body.filter((each) => each.kind !== 'extend')));
    return undefined;
  },
  (files, random) => {
    const file = random.pick(files);
    file.options = fileOptions(random, file.syntax);
    return undefined;
  },
  (files, random) => {
    const file = random.pick(files);
    const name = random.pick(textFileOptions);
    if (name in file.options) delete file.options[name];
    else file.options[name] = '"new"';
    return undefined;
  },
  (files, random) => {
    random.pick(files).options.optimize_for = random.pick(['SPEED', 'CODE_SIZE']);
    return undefined;
  },
  (files, random) => {
    setSyntax(random.pick(files), random);
    return undefined;
  },
  (files, random) => {
    const file = random.pick(files);
    file.package = `${file.package}${random.pick(['x', '.y'])}`;
    return undefined;
  },
  (files, random) => files.filter((file) => !file.path.endsWith('c.proto') || random.once(4)),
  (files, random) => {
    const file = random.pick(files);
    const old = file.path;
    file.path = file.path.replace('.proto', '_new.proto');
    for (const each of files) each.imports = each.imports.map((path) => (path === old ? file.path : path));
    return undefined;
  },
];

function inMessage(files: ProtoFile[], random: Random, change: (each: Message, syntax: Syntax) => void): undefined {
  const file = random.pick(files);
  const each = random.pick(messagesOf(file));
  if (each !== undefined) change(each, file.syntax);
}

function inField(files: ProtoFile[], random: Random, change: (field: Field, syntax: Syntax) => void): undefined {
  inMessage(files, random, (each, syntax) => {
    const field = random.pick(fieldsOf(each));
    if (field !== undefined) change(field, syntax);
  });
}

function inEnum(
  files: ProtoFile[],
  random: Random,
  change: (each: ReturnType<typeof enumsOf>[number], syntax: Syntax) => void,
): undefined {
  const file = random.pick(files);
  const each = random.pick(enumsOf(file));
  if (each !== undefined) change(each, file.syntax);
}

function inMethod(
  files: ProtoFile[],
  random: Random,
  change: (method: ReturnType<typeof servicesOf>[number]['methods'][number]) => void,
): undefined {
  const method = random.pick(files.flatMap(servicesOf).flatMap(({ methods }) => methods));
  if (method !== undefined) change(method);
}

function drop<T>(list: T[], random: Random): T | undefined {
  return list.splice(random.below(list.length), 1)[0];
}

function rename(each: { name: string } | undefined): void {
  if (each !== undefined) each.name = `${each.name}${/[a-z]$/.test(each.name) ? 'x' : 'X'}`;
}

function dropAndReserve(each: Message, random: Random): void {
  const field = drop(each.fields, random);
  if (field === undefined) return;
  if (!random.once(3)) each.reserved.push({ from: field.number, to: field.number });
  if (!random.once(3)) each.reservedNames.push(field.name);
}

function dropValueAndReserve(each: ReturnType<typeof enumsOf>[number], random: Random): void {
  const value = drop(each.values, random);
  if (value === undefined) return;
  if (!random.once(3)) each.reserved.push({ from: value.number, to: value.number });
  if (!random.once(3)) each.reservedNames.push(value.name);
}

function changeRanges(ranges: Range[], random: Random): void {
  const range = random.pick(ranges);
  if (range === undefined) return;
  const end = range.to === 'max' ? range.from + 20 : range.to;
  random.pick([
    () => void ranges.splice(ranges.indexOf(range), 1),
    () => {
      range.from += 1;
    },
    () => {
      range.to = Math.max(range.from, end - 2);
    },
    () => split(ranges, range, end, 0),
    () => split(ranges, range, end, 1),
  ])();
}

/** Into its first number and the rest, with a gap between them or without. */
function split(ranges: Range[], range: Range, end: number, gap: number): void {
  if (end <= range.from + gap) return;
  ranges.push({ from: range.from, to: range.from });
  range.from += 1 + gap;
}

function moveIntoOneof(each: Message, random: Random): void {
  const field = drop(
    each.fields.filter((it) => it.group === undefined && !it.type.startsWith('map')),
    random,
  );
  if (field === undefined) return;
  each.fields.splice(each.fields.indexOf(field), 1);
  const oneof = random.pick(each.oneofs) ?? { name: 'choice', fields: [] };
  if (!each.oneofs.includes(oneof)) each.oneofs.push(oneof);
  oneof.fields.push(inOneof(field));
}

function moveOutOfOneof(each: Message, random: Random): void {
  const oneof = random.pick(each.oneofs.filter(({ fields }) => fields.length > 1));
  const field = oneof === undefined ? undefined : drop(oneof.fields, random);
  if (field === undefined) return;
  const other = each.oneofs.find((it) => it !== oneof);
  if (other !== undefined && random.once(2)) other.fields.push(field);
  else each.fields.push(field);
}

function nest(each: Message, random: Random): void {
  const inner = drop(each.messages, random);
  if (inner !== undefined) each.messages.push(message('Wrap', { messages: [inner] }));
}

function setType(field: Field, type: string): void {
  field.type = type;
  delete field.group;
  delete field.options.default;
  delete field.options.jstype;
  delete field.options.ctype;
}

function setMap(field: Field, random: Random): void {
  setType(field, `map<string, ${random.pick(['string', 'int32', 'Shared', 'bytes'])}>`);
  field.label = '';
  field.options = {};
}

function sibling(type: string, random: Random): string {
  const family = families.find((each) => each.includes(type));
  return family === undefined ? type : random.pick(family);
}

const families = [
  ['int32', 'int64', 'uint32', 'uint64', 'bool'],
  ['sint32', 'sint64'],
  ['fixed32', 'sfixed32', 'float'],
  ['fixed64', 'sfixed64', 'double'],
  ['string', 'bytes'],
  ['Kind', 'State', 'Level', 'int32'],
  ['Order', 'Line', 'Shared', 'bytes'],
];

function toggleFeature(
  options: Record<string, string>,
  syntax: Syntax,
  name: string,
  values: readonly string[],
  random: Random,
): void {
  if (!isEditions(syntax)) return;
  if (name in options && random.once(2)) delete options[name];
  else options[name] = random.pick(values);
}

/** Labels follow, so that the new syntax has a chance to compile. */
function setSyntax(file: ProtoFile, random: Random): void {
  file.syntax = random.pick<Syntax>(['none', 'proto2', 'proto3', '2023', '2024']);
  for (const each of messagesOf(file)) {
    const members = new Set(each.oneofs.flatMap(({ fields }) => fields));
    for (const field of fieldsOf(each)) {
      if (members.has(field) || field.type.startsWith('map')) continue;
      if (field.label === 'repeated') continue;
      field.label = file.syntax === 'proto2' || file.syntax === 'none' ? 'optional' : '';
      if (isEditions(file.syntax) && random.once(3)) field.options['features.field_presence'] = 'IMPLICIT';
    }
  }
}

function moveBetweenFiles(files: ProtoFile[], random: Random): undefined {
  const [from, to] = [random.pick(files), random.pick(files)];
  const each = drop(from.body, random);
  if (each !== undefined) to.body.push(each);
}
