import type { Span } from '../../../../model/text.ts';
import type { FileDescriptor } from '../descriptor.ts';
import { qualified } from '../link/outline.ts';
import type { Scope } from '../link/scope.ts';
import { isScalar } from '../link/types.ts';
import type { FieldNode, FileElement, MessageElement, Name, OptionNode } from '../syntax/tree.ts';
import { spanAt } from './elements.ts';
import type { Opened } from './opened.ts';
import { type OptionHolder, optionUses } from './options.ts';

/** A name as written, perhaps qualified, and the full name of what it means. */
export interface Use extends Span {
  readonly target: string;
}

const memo = new WeakMap<FileDescriptor, readonly Use[]>();

/** All names of a file that mean something declared somewhere, half-typed statements included. In the order of the text. */
export function usesOf(opened: Opened): readonly Use[] {
  const known = memo.get(opened.file);
  if (known !== undefined) return known;
  const uses = new Collector(opened).collect();
  memo.set(opened.file, uses);
  return uses;
}

export function useAt(opened: Opened, offset: number): Use | undefined {
  return spanAt(usesOf(opened), offset);
}

class Collector {
  private readonly opened: Opened;
  private readonly scope: Scope;
  private readonly uses: Use[] = [];

  constructor(opened: Opened) {
    this.opened = opened;
    this.scope = opened.lookup.scope(opened.path);
  }

  collect(): readonly Use[] {
    for (const node of this.opened.syntax.body) this.element(node, this.opened.file.package, 'file');
    return this.uses.sort((a, b) => a.start - b.start);
  }

  private element(node: FileElement | MessageElement, within: string, holder: OptionHolder): void {
    switch (node.kind) {
      case 'message': {
        const inner = qualified(within, node.name?.text ?? '');
        for (const each of node.body) this.element(each, inner, 'message');
        return;
      }
      case 'field':
        this.field(node, within);
        return;
      case 'oneof':
        for (const each of node.body) this.element(each, within, 'oneof');
        return;
      case 'extend':
        if (node.extendee !== undefined) this.type(node.extendee, within);
        for (const field of node.body) this.field(field, within);
        return;
      case 'enum': {
        const inner = qualified(within, node.name?.text ?? '');
        for (const each of node.body) {
          if (each.kind === 'option') this.option(each, 'enum', inner);
          if (each.kind === 'value') this.options(each.options, 'value', inner);
        }
        return;
      }
      case 'service': {
        const inner = qualified(within, node.name?.text ?? '');
        for (const each of node.body) {
          if (each.kind === 'option') this.option(each, 'service', inner);
          else {
            for (const type of [each.input, each.output]) if (type !== undefined) this.type(type, inner);
            this.options(each.options, 'method', inner);
          }
        }
        return;
      }
      case 'extensions':
        this.options(node.options, 'extension-range', within);
        return;
      case 'option':
        this.option(node, holder, within);
        return;
      case 'syntax':
      case 'edition':
      case 'package':
      case 'import':
      case 'reserved':
        return;
      default:
        node satisfies never;
    }
  }

  private field(node: FieldNode, within: string): void {
    const { type, map, group } = node;
    if (map?.value !== undefined) this.type(map.value, within);
    if (type !== undefined && map === undefined && group === undefined) this.type(type, within);
    if (group !== undefined) this.element(group, within, 'message');
    for (const option of node.options) {
      if (option.name.text === 'default') this.defaultValue(option, type, within);
      else this.option(option, 'field', within);
    }
  }

  private type(name: Name, within: string): void {
    if (isScalar(name.text)) return;
    const found = this.scope.resolve(name.text, within);
    if (found.kind === 'found') this.uses.push({ start: name.start, end: name.end, target: found.declared.name });
  }

  private defaultValue({ value }: OptionNode, type: Name | undefined, within: string): void {
    if (value?.kind !== 'identifier' || type === undefined || isScalar(type.text)) return;
    const found = this.scope.resolve(type.text, within);
    const target =
      found.kind !== 'found'
        ? undefined
        : this.opened.linked.set.enums.get(found.declared.name)?.values.find(({ name }) => name === value.value);
    if (target !== undefined) this.uses.push({ start: value.start, end: value.end, target: target.fullName });
  }

  private options(options: readonly OptionNode[], holder: OptionHolder, within: string): void {
    for (const option of options) this.option(option, holder, within);
  }

  private option(option: OptionNode, holder: OptionHolder, within: string): void {
    optionUses(this.opened, this.scope, option, holder, within, this.uses);
  }
}
