import { block } from './block.ts';
import { type Cursor, symbol } from './cursor.ts';
import { enumValue, extensions, field, method, reserved } from './members.ts';
import { kinds } from './tokens.ts';
import type {
  EnumNode,
  ExtendNode,
  FieldNode,
  FileElement,
  ImportNode,
  MessageElement,
  MessageNode,
  Name,
  OneofNode,
  PackageNode,
  ServiceNode,
  SyntaxNode,
} from './tree.ts';
import { optionStatement } from './values.ts';

const [dot, equals, angleOpen] = [symbol('.'), symbol('='), symbol('<')];

/** Reads one element of a file; undefined where none begins. */
export function fileElement(c: Cursor): FileElement | undefined {
  switch (c.word()) {
    case 'syntax':
    case 'edition':
      return syntaxStatement(c);
    case 'package':
      return packageStatement(c);
    case 'import':
      return importStatement(c);
    case 'option':
      return optionStatement(c);
    case 'message':
      return message(c);
    case 'enum':
      return enumeration(c);
    case 'service':
      return service(c);
    case 'extend':
      return extend(c);
    case 'export':
    case 'local':
      return visible(c);
    default:
      return undefined;
  }
}

function messageElement(c: Cursor): MessageElement | undefined {
  const word = c.word();
  // Types may be called as statements are: `message order = 1;`
  if (c.kind(1) === kinds.word && c.kind(2) === equals && word !== 'option') return fieldElement(c);
  switch (word) {
    case 'message':
      return message(c);
    case 'enum':
      return enumeration(c);
    case 'extend':
      return extend(c);
    case 'extensions':
      return extensions(c);
    case 'reserved':
      return reserved(c, false);
    case 'option':
      return optionStatement(c);
    case 'oneof':
      return oneof(c);
    case 'export':
    case 'local':
      return visible(c) ?? field(c, groupBody);
    default:
      return fieldElement(c);
  }
}

function fieldElement(c: Cursor): FieldNode | undefined {
  return c.kind() === kinds.word || c.kind() === dot ? field(c, groupBody) : undefined;
}

/** `export message A {`; else a field may have the type `export`. */
function visible(c: Cursor): MessageNode | EnumNode | undefined {
  if (c.kind(2) !== kinds.word || c.kind(3) === angleOpen) return undefined;
  const kind = c.word(1);
  if (kind !== 'message' && kind !== 'enum') return undefined;
  const visibility = c.name('`export` or `local`');
  return kind === 'message' ? message(c, visibility) : enumeration(c, visibility);
}

function message(c: Cursor, visibility?: Name): MessageNode {
  const keyword = c.at++;
  const name = c.name('a name for the message');
  return messageBody(c, keyword, name, visibility);
}

function groupBody(c: Cursor, first: number, name: Name | undefined): MessageNode {
  return messageBody(c, first, name, undefined);
}

/** As descriptors have it, what is declared begins behind its visibility. */
function messageBody(c: Cursor, keyword: number, name: Name | undefined, visibility: Name | undefined): MessageNode {
  return { kind: 'message', ...typeBody(c, keyword, name, visibility, messageElement, 'a field or a declaration') };
}

/** What the declarations of types have in common, from the name on. */
function typeBody<T>(
  c: Cursor,
  keyword: number,
  name: Name | undefined,
  visibility: Name | undefined,
  element: (c: Cursor) => T | undefined,
  what: string,
) {
  const first = visibility === undefined ? keyword : keyword - 1;
  const { body, span, opening, broken, gaps } = block(c, first, element, what);
  const comments = c.comments(first, opening);
  return {
    start: c.start(keyword),
    end: c.endFrom(keyword),
    broken,
    comments,
    name: c.kept(name),
    visibility,
    body,
    bodySpan: span,
    gaps,
  };
}

function oneof(c: Cursor): OneofNode {
  const first = c.at++;
  const name = c.name('a name for the oneof');
  const element = (inner: Cursor) => (inner.word() === 'option' ? optionStatement(inner) : fieldElement(inner));
  const { body, opening, broken, gaps } = block(c, first, element, 'a field');
  return {
    kind: 'oneof',
    start: c.start(first),
    end: c.endFrom(first),
    broken: broken || gaps,
    comments: c.comments(first, opening),
    name: c.kept(name),
    body,
  };
}

function enumeration(c: Cursor, visibility?: Name): EnumNode {
  const keyword = c.at++;
  const name = c.name('a name for the enum');
  return { kind: 'enum', ...typeBody(c, keyword, name, visibility, enumElement, 'a value') };
}

function enumElement(c: Cursor): EnumNode['body'][number] | undefined {
  if (c.kind() !== kinds.word) return undefined;
  if (c.kind(1) === equals) return enumValue(c);
  switch (c.word()) {
    case 'option':
      return optionStatement(c);
    case 'reserved':
      return reserved(c, true);
    default:
      return enumValue(c);
  }
}

function service(c: Cursor): ServiceNode {
  const first = c.at++;
  const name = c.name('a name for the service');
  const { body, span, opening, broken, gaps } = block(c, first, serviceElement, 'a method');
  const comments = c.comments(first, opening);
  return {
    kind: 'service',
    start: c.start(first),
    end: c.endFrom(first),
    broken,
    comments,
    name: c.kept(name),
    body,
    bodySpan: span,
    gaps,
  };
}

function serviceElement(c: Cursor): ServiceNode['body'][number] | undefined {
  if (c.word() === 'rpc') return method(c);
  return c.word() === 'option' ? optionStatement(c) : undefined;
}

function extend(c: Cursor): ExtendNode {
  const first = c.at++;
  const extendee = c.qualified('the message to extend', true);
  const { body, span, broken, gaps } = block(c, first, fieldElement, 'a field');
  return {
    kind: 'extend',
    start: c.start(first),
    end: c.endFrom(first),
    broken: broken || gaps,
    extendee,
    body,
    bodySpan: span,
  };
}

function syntaxStatement(c: Cursor): SyntaxNode {
  const kind = c.word() === 'syntax' ? 'syntax' : 'edition';
  const first = c.at++;
  c.expect(equals);
  const value = c.string(kind === 'syntax' ? '"proto2" or "proto3"' : 'an edition such as "2023"');
  const whole = c.finish(first);
  return { kind, start: c.start(first), end: c.endFrom(first), broken: !whole, value };
}

function packageStatement(c: Cursor): PackageNode {
  const first = c.at++;
  const name = c.qualified('the name of the package', false);
  const whole = c.finish(first);
  return { kind: 'package', start: c.start(first), end: c.endFrom(first), broken: !whole, name };
}

const modifiers: ReadonlySet<string> = new Set(['public', 'weak', 'option']);

function importStatement(c: Cursor): ImportNode {
  const first = c.at++;
  const modifier = modifiers.has(c.word()) ? c.name('a modifier') : undefined;
  const path = c.string('the path of a file between quotes');
  const whole = c.finish(first);
  return { kind: 'import', start: c.start(first), end: c.endFrom(first), broken: !whole, modifier, path };
}
