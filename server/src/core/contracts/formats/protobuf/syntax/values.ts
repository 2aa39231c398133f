import type { Span } from '../../../../model/text.ts';
import { type Cursor, symbol, trimmed } from './cursor.ts';
import { floatOf, integerOf } from './literals.ts';
import { kinds } from './tokens.ts';
import type { AggregateField, Name, OptionNamePart, OptionNode, ValueNode } from './tree.ts';

/** Deeper values are skipped: nobody writes them, and they must not cost the stack. */
const deepest = 64;

const [colon, comma, dot, equals, minus] = [':', ',', '.', '=', '-'].map(symbol) as [
  number,
  number,
  number,
  number,
  number,
];
const [braceOpen, braceClose, bracketOpen, bracketClose] = ['{', '}', '[', ']'].map(symbol) as [
  number,
  number,
  number,
  number,
];
const [angleOpen, angleClose, parenOpen, parenClose] = ['<', '>', '(', ')'].map(symbol) as [
  number,
  number,
  number,
  number,
];
const [semicolon, slash] = [symbol(';'), symbol('/')];

/** `option name = value;` */
export function optionStatement(c: Cursor): OptionNode {
  const first = c.at++;
  const name = optionName(c);
  c.expect(equals);
  const value = valueNode(c);
  const whole = c.finish(first);
  return {
    kind: 'option',
    start: c.start(first),
    end: c.endFrom(first),
    broken: !whole,
    name: name.name,
    parts: name.parts,
    value,
  };
}

/** `[a = 1, b = 2]`, if there are any. */
export function bracketOptions(c: Cursor): readonly OptionNode[] {
  if (!c.accept(bracketOpen)) return none;
  const options: OptionNode[] = [];
  do {
    const first = c.at;
    const name = optionName(c);
    c.expect(equals);
    const value = valueNode(c);
    if (c.at > first)
      options.push({
        kind: 'option',
        start: c.start(first),
        end: c.endFrom(first),
        broken: c.failed,
        name: name.name,
        parts: name.parts,
        value,
      });
  } while (c.accept(comma));
  c.expect(bracketClose, '`,` or `]`');
  return trimmed(options);
}

const none: readonly OptionNode[] = [];

function optionName(c: Cursor): { readonly name: Name; readonly parts: readonly OptionNamePart[] } {
  const first = c.at;
  if (c.isAt(kinds.word) && c.kind(1) !== dot) {
    const { text, start, end } = c.name('the name of an option') ?? { text: '', start: 0, end: 0 };
    const part = { text, start, end, extension: false };
    return { name: part, parts: [part] };
  }
  const parts: OptionNamePart[] = [];
  do {
    const start = c.at;
    if (c.accept(parenOpen)) {
      const part = c.qualified('the name of an extension', true);
      c.expect(parenClose);
      if (part !== undefined)
        parts.push({ text: part.text, start: c.start(start), end: c.endFrom(start), extension: true });
    } else {
      const part = c.name('the name of an option');
      if (part !== undefined) parts.push({ ...part, extension: false });
    }
  } while (c.accept(dot));
  const text = parts.map((part) => (part.extension ? `(${part.text})` : part.text)).join('.');
  return { name: { text, start: c.start(first), end: c.endFrom(first) }, parts: trimmed(parts) };
}

function valueNode(c: Cursor): ValueNode | undefined {
  if (c.failed) return undefined;
  if (c.kind() === braceOpen) return aggregate(c, braceClose);
  return scalar(c);
}

function scalar(c: Cursor): ValueNode | undefined {
  const first = c.at;
  if (c.kind() === kinds.string) {
    const string = c.string('a value');
    return string && { kind: 'string', start: string.start, end: string.end, value: string.text };
  }
  const negative = c.accept(minus);
  const text = c.textAt(c.at);
  switch (c.kind()) {
    case kinds.word:
      c.at++;
      return { kind: 'identifier', start: c.start(first), end: c.endFrom(first), value: negative ? `-${text}` : text };
    case kinds.integer:
    case kinds.float: {
      const integer = c.kind() === kinds.integer;
      const value = integer ? integerOf(text) : floatOf(text);
      if (value === undefined) return c.fail('a number');
      c.at++;
      return {
        kind: 'number',
        start: c.start(first),
        end: c.endFrom(first),
        value: negative ? -value : value,
        integer,
      };
    }
    default:
      return c.fail('a value');
  }
}

/** A message in text format, from its opening bracket on. */
function aggregate(c: Cursor, closing: number): ValueNode | undefined {
  const first = c.at;
  if (c.depth >= deepest) return tooDeep(c);
  c.at++;
  c.depth++;
  const fields: AggregateField[] = [];
  while (!c.failed && c.kind() !== closing) {
    const field = aggregateField(c);
    if (field !== undefined) fields.push(field);
    if (!c.accept(comma)) c.accept(semicolon);
  }
  c.depth--;
  c.expect(closing);
  return { kind: 'aggregate', start: c.start(first), end: c.endFrom(first), fields };
}

function tooDeep(c: Cursor): undefined {
  c.fail('a value that is nested less deeply');
  c.skipBraces();
  return undefined;
}

function aggregateField(c: Cursor): AggregateField | undefined {
  const first = c.at;
  const name = c.accept(bracketOpen) ? extensionName(c, first) : c.name('the name of a field');
  if (name === undefined) return undefined;
  const hasColon = c.accept(colon);
  return { name, value: hasColon || opensMessages(c) ? fieldValue(c) : c.fail('`:`') };
}

/** Messages and lists of them need no colon. */
function opensMessages(c: Cursor): boolean {
  const list = c.isAt(bracketOpen) ? 1 : 0;
  const kind = c.kind(list);
  return kind === braceOpen || kind === angleOpen || (list === 1 && kind === bracketClose);
}

/** `[a.b]`, `[domain.org/a.b]`. */
function extensionName(c: Cursor, first: number): Name | undefined {
  const start = c.at;
  let name = c.qualified('the name of an extension', false);
  if (c.accept(slash)) name = c.qualified('the name of a message', false);
  if (name === undefined || !c.expect(bracketClose)) return undefined;
  const { start: from, end: to }: Span = { start: c.start(start), end: c.tokens.ends[c.at - 2] ?? 0 };
  return { text: `[${c.tokens.text.slice(from, to)}]`, start: c.start(first), end: c.endFrom(first) };
}

function fieldValue(c: Cursor): ValueNode | undefined {
  if (c.failed) return undefined;
  if (c.kind() === braceOpen) return aggregate(c, braceClose);
  if (c.kind() === angleOpen) return aggregate(c, angleClose);
  return c.kind() === bracketOpen ? list(c) : scalar(c);
}

function list(c: Cursor): ValueNode | undefined {
  const first = c.at;
  if (c.depth >= deepest) return tooDeep(c);
  c.at++;
  c.depth++;
  const values: ValueNode[] = [];
  if (!c.isAt(bracketClose))
    do {
      const value = fieldValue(c);
      if (value !== undefined) values.push(value);
    } while (c.accept(comma));
  c.depth--;
  c.expect(bracketClose, '`,` or `]`');
  return { kind: 'list', start: c.start(first), end: c.endFrom(first), values };
}
