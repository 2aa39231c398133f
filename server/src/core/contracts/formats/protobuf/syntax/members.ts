import { block } from './block.ts';
import { type Cursor, symbol } from './cursor.ts';
import { integerOf } from './literals.ts';
import { kinds } from './tokens.ts';
import type {
  EnumValueNode,
  ExtensionsNode,
  FieldNode,
  MessageNode,
  MethodNode,
  Name,
  NumberNode,
  OptionNode,
  RangeNode,
  ReservedNode,
} from './tree.ts';
import { bracketOptions, optionStatement } from './values.ts';

const [comma, equals, minus, dot] = [',', '=', '-', '.'].map(symbol) as [number, number, number, number];
const [angleOpen, angleClose, parenOpen, parenClose] = ['<', '>', '(', ')'].map(symbol) as [
  number,
  number,
  number,
  number,
];
const braceOpen = symbol('{');

const labels: ReadonlySet<string> = new Set(['optional', 'required', 'repeated']);

/** A field, a map field, or a group whose body `groupBody` reads. */
export function field(
  c: Cursor,
  groupBody: (c: Cursor, first: number, name: Name | undefined) => MessageNode,
): FieldNode {
  const first = c.at;
  const label = labels.has(c.word()) ? c.name('a label') : undefined;
  const map = c.word() === 'map' && c.kind(1) === angleOpen;
  const typeAt = c.at;
  const types = map ? mapTypes(c) : undefined;
  const type = map ? { text: 'map', start: c.start(typeAt), end: c.endFrom(typeAt) } : c.qualified('a type', true);
  const name = c.name('a name for the field');
  c.expect(equals, '`=` and a number for the field');
  const number = numberNode(c, 'a number for the field', false);
  const options = bracketOptions(c);
  const isGroup = type?.text === 'group' && c.isAt(braceOpen);
  const group = isGroup ? groupBody(c, first, name) : undefined;
  const whole = isGroup || c.finish(first);
  const comments = c.comments(first, c.at - 1);
  return {
    kind: 'field',
    start: c.start(first),
    end: c.endFrom(first),
    broken: !whole,
    comments,
    name,
    label,
    type,
    map: types,
    number,
    options,
    group,
  };
}

function mapTypes(c: Cursor): FieldNode['map'] {
  c.at += 2;
  const key = c.qualified('a type for the keys', true);
  c.expect(comma, '`,` and a type for the values');
  const value = c.qualified('a type for the values', true);
  c.expect(angleClose);
  return { key, value };
}

function numberNode(c: Cursor, what: string, signed: boolean): NumberNode | undefined {
  if (c.failed) return undefined;
  const first = c.at;
  const negative = signed && c.accept(minus);
  const value = c.kind() === kinds.integer ? integerOf(c.textAt(c.at)) : undefined;
  if (value === undefined) return c.fail(what);
  c.at++;
  return { start: c.start(first), end: c.endFrom(first), value: negative ? -Number(value) : Number(value) };
}

export function enumValue(c: Cursor): EnumValueNode {
  const first = c.at;
  const name = c.name('a name for the value');
  c.expect(equals, '`=` and a number for the value');
  const number = numberNode(c, 'a number for the value', true);
  const options = bracketOptions(c);
  const whole = c.finish(first);
  const comments = c.comments(first, c.at - 1);
  return {
    kind: 'value',
    start: c.start(first),
    end: c.endFrom(first),
    broken: !whole,
    comments,
    name,
    number,
    options,
  };
}

export function extensions(c: Cursor): ExtensionsNode {
  const first = c.at++;
  const ranges = rangeList(c, false);
  const options = bracketOptions(c);
  const whole = c.finish(first);
  return { kind: 'extensions', start: c.start(first), end: c.endFrom(first), broken: !whole, ranges, options };
}

/** Numbers of an enum may be negative. */
export function reserved(c: Cursor, signed: boolean): ReservedNode {
  const first = c.at++;
  const isRange = c.kind() === kinds.integer || c.kind() === minus;
  const ranges = isRange ? rangeList(c, signed) : [];
  const names = isRange ? [] : reservedNames(c);
  const whole = c.finish(first);
  return { kind: 'reserved', start: c.start(first), end: c.endFrom(first), broken: !whole, ranges, names };
}

function reservedNames(c: Cursor): ReservedNode['names'] {
  const names: (Name & { readonly quoted: boolean })[] = [];
  do {
    const quoted = c.kind() === kinds.string;
    const name = quoted ? c.string('a name') : c.name('numbers or names');
    if (name !== undefined) names.push({ ...name, quoted });
  } while (c.accept(comma));
  return names;
}

function rangeList(c: Cursor, signed: boolean): readonly RangeNode[] {
  const ranges: RangeNode[] = [];
  do {
    const first = c.at;
    const from = numberNode(c, 'a number', signed);
    const to = c.acceptWord('to')
      ? c.acceptWord('max')
        ? 'max'
        : numberNode(c, 'a number or `max`', signed)
      : undefined;
    if (from !== undefined && !c.failed) ranges.push({ start: c.start(first), end: c.endFrom(first), from, to });
  } while (c.accept(comma));
  return ranges;
}

export function method(c: Cursor): MethodNode {
  const first = c.at++;
  const name = c.name('a name for the method');
  const input = methodType(c, 'request');
  if (!c.acceptWord('returns')) c.fail('`returns` and a response type');
  const output = methodType(c, 'response');
  const header = c.at;
  const { body, broken } = c.isAt(braceOpen)
    ? block(c, first, (inner) => (inner.word() === 'option' ? optionStatement(inner) : undefined), 'an option')
    : { body: [] as OptionNode[], broken: !c.finish(first) };
  const comments = c.comments(first, header);
  return {
    kind: 'method',
    start: c.start(first),
    end: c.endFrom(first),
    broken,
    comments,
    name,
    input,
    output,
    options: body,
  };
}

function methodType(c: Cursor, what: string): MethodNode['input'] {
  if (!c.expect(parenOpen, `\`(\` and a ${what} type`)) return undefined;
  const stream = c.word() === 'stream' && (c.kind(1) === kinds.word || c.kind(1) === dot);
  if (stream) c.at++;
  const type = c.qualified(`a ${what} type`, true);
  c.expect(parenClose);
  return type && { ...type, stream };
}
