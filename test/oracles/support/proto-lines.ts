import type {
  Element,
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  Option,
  Options,
  OptionValue,
  ServiceDescriptor,
} from '#core/contracts/formats/protobuf/descriptor.ts';
import type { Span } from '#core/model/text.ts';
import type { BufFile } from './buf.ts';

/**
 * A file's descriptors as lines, one per fact, from buf's JSON and from ours: equal lists are equal readings. Places are
 * `line:column-line:column`; what our side writes as an offset is converted.
 */

type Json = { readonly [key: string]: unknown };

const list = (value: unknown): readonly Json[] => (value ?? []) as readonly Json[];
const strip = (name: unknown): string => String(name ?? '').replace(/^\./, '');

export function linesOfBuf(file: BufFile): readonly string[] {
  const lines: string[] = [];
  const places = new Map<string, string[]>();
  for (const { path = [], span } of file.sourceCodeInfo.location) {
    const place = span.length === 3 ? [span[0], span[1], span[0], span[2]] : span;
    const key = path.join('.');
    const known = places.get(key);
    const text = `${place[0]}:${place[1]}-${place[2]}:${place[3]}`;
    if (known === undefined) places.set(key, [text]);
    else known.push(text);
  }
  const at = (...path: readonly (number | string)[]) => places.get(path.join('.'))?.[0] ?? 'none';
  const optionPlaces = (prefix: string) => {
    const found: string[] = [];
    for (const [path, texts] of places) if (path.startsWith(`${prefix}.`)) found.push(...texts);
    return found.sort().join(' ');
  };
  const add = (what: string, name: unknown, ...facts: readonly string[]) =>
    lines.push([what, String(name), ...facts].join(' | '));
  const prefix = file.package === undefined ? '' : `${String(file.package)}.`;

  add(
    'file',
    file.name,
    `package ${String(file.package ?? '')} ${at(2)}`,
    `syntax ${String(file.syntax ?? 'proto2')} ${String(file.edition ?? '')} ${at(12)}`,
  );
  add('options', file.name, optionPlaces('8'));
  const publics = new Set(list(file.publicDependency).map(Number));
  for (const [index, path] of list(file.dependency).entries())
    add('import', path, publics.has(index) ? 'public' : 'plain', at(3, index));
  for (const [index, path] of list(file.optionDependency).entries()) add('import', path, 'option', at(15, index));

  const field = (it: Json, path: string, scope: string, parent: Json | undefined, what: string) => {
    const oneof =
      it.oneofIndex === undefined || it.proto3Optional === true
        ? undefined
        : list(parent?.oneofDecl)[Number(it.oneofIndex)];
    const type = String(it.type).replace('TYPE_', '').toLowerCase();
    add(
      what,
      `${scope}${String(it.name)}`,
      `number ${String(it.number)} ${at(path, 3)}`,
      `type ${type} ${strip(it.typeName)} ${at(path, it.typeName === undefined ? 5 : 6)}`,
      `label ${String(it.label).replace('LABEL_', '').toLowerCase()} ${it.proto3Optional === true ? 'proto3 ' : ''}${at(path, 4)}`,
      `oneof ${String(oneof?.name)}`,
      `json ${String(it.jsonName)}`,
      `default ${it.defaultValue === undefined ? 'none' : defaultOfBuf(type, String(it.defaultValue))}`,
      `extendee ${strip(it.extendee)} ${it.extendee === undefined ? '' : at(path, 2)}`,
      `name ${at(path, 1)} whole ${at(path)}`,
      `options ${[optionPlaces(`${path}.8`), at(path, 7), at(path, 10)]
        .filter((text) => text !== 'none' && text !== '')
        .sort()
        .join(' ')}`,
    );
  };
  const ranges = (of: unknown, path: string) =>
    list(of)
      .map((range, index) => `${String(range.start ?? 0)}..${String(range.end)} ${at(path, index)}`)
      .join(', ');
  const names = (of: unknown, path: string) =>
    list(of)
      .map((name, index) => `${String(name)} ${at(path, index)}`)
      .join(', ');
  const enumeration = (it: Json, path: string, scope: string) => {
    const name = `${scope}${String(it.name)}`;
    add('enum', name, `name ${at(path, 1)} whole ${at(path)}`, `options ${optionPlaces(`${path}.3`)}`);
    const closed = list(it.reservedRange).map(({ start, end }) => ({ start, end: Number(end ?? 0) + 1 }));
    add('reserved', name, ranges(closed, `${path}.4`), names(it.reservedName, `${path}.5`));
    for (const [index, value] of list(it.value).entries())
      add(
        'value',
        `${scope}${String(value.name)}`,
        `number ${String(value.number ?? 0)} ${at(path, 2, index, 2)}`,
        `name ${at(path, 2, index, 1)} whole ${at(path, 2, index)}`,
        `options ${optionPlaces(`${path}.2.${index}.3`)}`,
      );
  };
  const message = (it: Json, path: string, scope: string) => {
    const name = `${scope}${String(it.name)}`;
    const entry = (it.options as Json | undefined)?.mapEntry === true;
    if (entry) {
      add(
        'entry',
        name,
        ...list(it.field).map(
          ({ type, typeName }) => `${String(type).replace('TYPE_', '').toLowerCase()} ${strip(typeName)}`,
        ),
      );
      return;
    }
    add('message', name, `name ${at(path, 1)} whole ${at(path)}`, `options ${optionPlaces(`${path}.7`)}`);
    add('reserved', name, ranges(it.reservedRange, `${path}.9`), names(it.reservedName, `${path}.10`));
    add('extensions', name, ranges(it.extensionRange, `${path}.5`));
    for (const [index, one] of list(it.field).entries()) field(one, `${path}.2.${index}`, `${name}.`, it, 'field');
    const synthetic = new Set(
      list(it.field)
        .filter((one) => one.proto3Optional === true)
        .map((one) => Number(one.oneofIndex ?? 0)),
    );
    for (const [index, one] of list(it.oneofDecl).entries())
      if (!synthetic.has(index))
        add(
          'oneof',
          `${name}.${String(one.name)}`,
          `name ${at(path, 8, index, 1)} whole ${at(path, 8, index)}`,
          `options ${optionPlaces(`${path}.8.${index}.2`)}`,
        );
    for (const [index, one] of list(it.extension).entries())
      field(one, `${path}.6.${index}`, `${name}.`, undefined, 'extension');
    for (const [index, one] of list(it.nestedType).entries()) message(one, `${path}.3.${index}`, `${name}.`);
    for (const [index, one] of list(it.enumType).entries()) enumeration(one, `${path}.4.${index}`, `${name}.`);
  };
  for (const [index, it] of list(file.messageType).entries()) message(it, `4.${index}`, prefix);
  for (const [index, it] of list(file.enumType).entries()) enumeration(it, `5.${index}`, prefix);
  for (const [index, it] of list(file.extension).entries()) field(it, `7.${index}`, prefix, undefined, 'extension');
  for (const [index, it] of list(file.service).entries()) {
    const name = `${prefix}${String(it.name)}`;
    add('service', name, `name ${at(6, index, 1)} whole ${at(6, index)}`, `options ${optionPlaces(`6.${index}.3`)}`);
    for (const [number, one] of list(it.method).entries()) {
      const path = `6.${index}.2.${number}`;
      add(
        'method',
        `${name}.${String(one.name)}`,
        `input ${one.clientStreaming === true ? 'stream ' : ''}${strip(one.inputType)} ${at(path, 2)}`,
        `output ${one.serverStreaming === true ? 'stream ' : ''}${strip(one.outputType)} ${at(path, 3)}`,
        `name ${at(path, 1)} whole ${at(path)}`,
        `options ${optionPlaces(`${path}.4`)}`,
      );
    }
  }
  return lines.sort();
}

function defaultOfBuf(type: string, text: string): string {
  if (type === 'string') return JSON.stringify(text);
  if (type === 'bytes')
    return JSON.stringify(
      text.replace(/\\(?:([0-7]{3})|(.))/g, (_, octal?: string, other?: string) =>
        octal === undefined
          ? ({ n: '\n', r: '\r', t: '\t' }[other ?? ''] ?? other ?? '')
          : String.fromCharCode(Number.parseInt(octal, 8)),
      ),
    );
  return /^-?[0-9.]/.test(text) ? String(Number(text)) : text;
}

export function linesOfOurs(file: FileDescriptor): readonly string[] {
  const lines: string[] = [];
  const starts = [0];
  const { text } = file.content;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const position = (offset: number): string => {
    let line = 0;
    for (let low = 0, high = starts.length - 1; low <= high; ) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) {
        line = middle;
        low = middle + 1;
      } else high = middle - 1;
    }
    return `${line}:${columnOf(text.slice(starts[line], offset))}`;
  };
  const at = (span: Span | undefined) =>
    span === undefined ? 'none' : `${position(span.start)}-${position(span.end)}`;
  // Of values in braces buf has a place for each field; those it is not asked for.
  const optionPlaces = (options: Options) =>
    all(options).some(({ value }) => value.kind === 'aggregate')
      ? unasked
      : all(options)
          .map(({ span }) => at(span))
          .sort()
          .join(' ');
  const add = (what: string, name: string, ...facts: readonly string[]) =>
    lines.push([what, name, ...facts].join(' | '));
  const place = (it: Element) => `name ${at(it.nameSpan)} whole ${at(it.span)}`;

  add(
    'file',
    file.path,
    `package ${file.package} ${at(file.packageSpan)}`,
    `syntax ${file.syntax} ${file.edition === undefined ? '' : `EDITION_${file.edition}`} ${at(file.syntaxSpan)}`,
  );
  add('options', file.path, optionPlaces(file.options));
  for (const { path, kind, span } of file.imports) add('import', path, kind, at(span));

  const field = (it: FieldDescriptor, what: string) => {
    const kind = it.kind === 'group' && file.syntax === 'editions' ? 'message' : it.kind;
    add(
      what,
      it.fullName,
      `number ${it.number} ${at(it.numberSpan)}`,
      `type ${kind} ${it.typeName ?? ''} ${at(it.typeSpan)}`,
      `label ${it.label ?? 'optional'} ${it.isProto3Optional ? 'proto3 ' : ''}${at(it.labelSpan)}`,
      `oneof ${it.oneof?.name}`,
      `json ${it.jsonName}`,
      `default ${it.defaultValue === undefined ? 'none' : defaultOfOurs(it.defaultValue)}`,
      `extendee ${it.extendee ?? ''} ${it.extendee === undefined ? '' : at(it.extendeeSpan)}`,
      place(it),
      `options ${optionPlaces(it.options)}`,
    );
  };
  const ranges = (of: MessageDescriptor['reservedRanges']) =>
    of.map(({ start, end, span }) => `${start}..${end + 1} ${at(span)}`).join(', ');
  const names = (of: MessageDescriptor['reservedNames']) =>
    of.map(({ name, span }) => `${name} ${at(span)}`).join(', ');
  const enumeration = (it: EnumDescriptor) => {
    add('enum', it.fullName, place(it), `options ${optionPlaces(it.options)}`);
    add('reserved', it.fullName, ranges(it.reservedRanges), names(it.reservedNames));
    for (const value of it.values)
      add(
        'value',
        value.fullName,
        `number ${value.number} ${at(value.numberSpan)}`,
        place(value),
        `options ${optionPlaces(value.options)}`,
      );
  };
  const message = (it: MessageDescriptor) => {
    if (it.isMapEntry) {
      add('entry', it.fullName, ...it.fields.map(({ kind, typeName }) => `${kind} ${typeName ?? ''}`));
      return;
    }
    add('message', it.fullName, place(it), `options ${optionPlaces(it.options)}`);
    add('reserved', it.fullName, ranges(it.reservedRanges), names(it.reservedNames));
    add('extensions', it.fullName, ranges(it.extensionRanges));
    for (const one of it.fields) field(one, 'field');
    for (const one of it.oneofs) add('oneof', one.fullName, place(one), `options ${optionPlaces(one.options)}`);
    for (const one of it.extensions) field(one, 'extension');
    for (const one of it.messages) message(one);
    for (const one of it.enums) enumeration(one);
  };
  const service = (it: ServiceDescriptor) => {
    add('service', it.fullName, place(it), `options ${optionPlaces(it.options)}`);
    for (const one of it.methods)
      add(
        'method',
        one.fullName,
        `input ${one.clientStreaming ? 'stream ' : ''}${one.input} ${at(one.inputSpan)}`,
        `output ${one.serverStreaming ? 'stream ' : ''}${one.output} ${at(one.outputSpan)}`,
        place(one),
        `options ${optionPlaces(one.options)}`,
      );
  };
  for (const it of file.messages) message(it);
  for (const it of file.enums) enumeration(it);
  for (const it of file.extensions) field(it, 'extension');
  for (const it of file.services) service(it);
  return lines.sort();
}

function all(options: Options): readonly Option[] {
  return [...options.values()].flatMap((option) => [option, ...option.more]);
}

/** Stands for the places of options that are not compared. */
export const unasked = '~';

const wide = /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u;

/** As buf counts: cells of a terminal, tabs to the next fourth one. */
export function columnOf(before: string): number {
  let column = 0;
  for (const char of before) {
    if (char === '\t') column += 4 - (column % 4);
    else if (char !== '\ufeff' && !/\p{Mn}/u.test(char)) column += wide.test(char) ? 2 : 1;
  }
  return column;
}

function defaultOfOurs(value: OptionValue): string {
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
      return String(Number(value.value));
    case 'identifier':
      return value.value;
    case 'aggregate':
      return value.text;
    default:
      return value satisfies never;
  }
}
