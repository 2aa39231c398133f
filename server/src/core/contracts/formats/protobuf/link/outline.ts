import type { Span } from '../../../../model/text.ts';
import type {
  EnumNode,
  EnumValueNode,
  FieldNode,
  FileElement,
  ImportNode,
  MessageElement,
  MessageNode,
  ProtoSyntax,
  ServiceNode,
  SyntaxNode,
} from '../syntax/tree.ts';
import type { Edition } from './features.ts';
import { entryName } from './names.ts';

/** What one file offers to others and asks of them, without anything resolved. A function of its tree and its path. */
export interface Outline {
  readonly path: string;
  readonly syntax: ProtoSyntax;
  readonly package: string;
  readonly edition: Edition;
  readonly imports: readonly ImportNode[];
  readonly declared: readonly Declared[];
}

/** A name that is unique among all files. Fields, oneofs, methods and values of nested enums are the business of their file. */
export type Declared = {
  readonly name: string;
  readonly span: Span;
  readonly outline: Outline;
} & (
  | { readonly kind: 'message'; readonly node: MessageNode }
  | { readonly kind: 'enum'; readonly node: EnumNode }
  | { readonly kind: 'value'; readonly node: EnumValueNode }
  | { readonly kind: 'service'; readonly node: ServiceNode }
  | { readonly kind: 'extension'; readonly node: FieldNode }
  /** The entry message of a map field. */
  | { readonly kind: 'entry'; readonly node: FieldNode }
);

const memo = new WeakMap<ProtoSyntax, Outline>();

export function outlineOf(path: string, syntax: ProtoSyntax): Outline {
  const known = memo.get(syntax);
  if (known?.path === path) return known;
  const declared: Declared[] = [];
  const name = packageOf(syntax.body);
  const imports = syntax.body.filter((node) => node.kind === 'import');
  const edition = editionOf(syntax.body);
  const outline: Outline = { path, syntax, package: name, edition, imports, declared };
  for (const node of syntax.body) declare(outline, declared, node, name);
  memo.set(syntax, outline);
  return outline;
}

function packageOf(body: readonly FileElement[]): string {
  for (const node of body) if (node.kind === 'package' && node.name !== undefined) return node.name.text;
  return '';
}

/** A file without such a statement is proto2; an edition that is not known counts as the last one that is. */
function editionOf(body: readonly FileElement[]): Edition {
  const node = body.find((it): it is SyntaxNode => it.kind === 'syntax' || it.kind === 'edition');
  const value = node?.value?.text;
  if (node?.kind === 'edition') return value === '2023' ? '2023' : '2024';
  return value === 'proto3' ? 'proto3' : 'proto2';
}

export function qualified(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

function declare(outline: Outline, to: Declared[], node: FileElement | MessageElement, scope: string): void {
  switch (node.kind) {
    case 'message':
      declareMessage(outline, to, node, scope);
      return;
    case 'enum': {
      if (node.name === undefined) return;
      to.push({ kind: 'enum', name: qualified(scope, node.name.text), span: node.name, outline, node });
      if (scope === outline.package)
        for (const value of node.body)
          if (value.kind === 'value' && value.name !== undefined)
            to.push({ kind: 'value', name: qualified(scope, value.name.text), span: value.name, outline, node: value });
      return;
    }
    case 'service':
      if (node.name !== undefined)
        to.push({ kind: 'service', name: qualified(scope, node.name.text), span: node.name, outline, node });
      return;
    case 'extend':
      for (const field of node.body) {
        const name = fieldName(field);
        if (name !== undefined)
          to.push({ kind: 'extension', name: qualified(scope, name), span: field.name ?? field, outline, node: field });
        if (field.group !== undefined) declareMessage(outline, to, field.group, scope);
      }
      return;
    case 'oneof':
      for (const field of node.body) if (field.kind === 'field') declareOfField(outline, to, field, scope);
      return;
    case 'field':
      declareOfField(outline, to, node, scope);
      return;
    case 'syntax':
    case 'edition':
    case 'package':
    case 'import':
    case 'option':
    case 'extensions':
    case 'reserved':
      return;
    default:
      node satisfies never;
  }
}

function declareMessage(outline: Outline, to: Declared[], node: MessageNode, scope: string): void {
  if (node.name === undefined) return;
  const name = qualified(scope, node.name.text);
  to.push({ kind: 'message', name, span: node.name, outline, node });
  for (const element of node.body) declare(outline, to, element, name);
}

function declareOfField(outline: Outline, to: Declared[], node: FieldNode, scope: string): void {
  if (node.group !== undefined) declareMessage(outline, to, node.group, scope);
  if (node.map === undefined || node.name === undefined) return;
  to.push({ kind: 'entry', name: qualified(scope, entryName(node.name.text)), span: node.name, outline, node });
}

/** A group's field has its message's name in lower case. */
export function fieldName(node: FieldNode): string | undefined {
  return node.group === undefined ? node.name?.text : node.name?.text.toLowerCase();
}
