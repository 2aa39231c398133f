import type { Span } from '../../../../model/text.ts';
import type {
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  ImportDescriptor,
  MessageDescriptor,
  ServiceDescriptor,
} from '../descriptor.ts';
import { trimmed } from '../syntax/cursor.ts';
import type { EnumNode, ExtendNode, MessageNode, ProtoProblem, ServiceNode, SyntaxNode } from '../syntax/tree.ts';
import type { CustomOption } from './checks/custom-options.ts';
import { checkFile } from './checks/files.ts';
import { checkOptions } from './checks/options.ts';
import { buildEnum } from './enums.ts';
import { defaults, type Edition, inherit, override } from './features.ts';
import { buildExtend } from './fields.ts';
import { buildMessage, isBroken } from './messages.ts';
import { optionNodes, optionsOf } from './options.ts';
import type { Outline } from './outline.ts';
import type { Scope } from './scope.ts';
import { buildService } from './services.ts';

/** One file while it is linked: what is found on the way is collected here. */
export interface Unit {
  readonly file: FileDescriptor;
  readonly text: string;
  readonly edition: Edition;
  readonly scope: Scope;
  readonly messages: MessageDescriptor[];
  readonly enums: EnumDescriptor[];
  readonly services: ServiceDescriptor[];
  readonly extensions: FieldDescriptor[];
  readonly problems: ProtoProblem[];
  readonly customOptions: CustomOption[];
}

export function report(unit: Unit, { start, end }: Span, message: string): void {
  unit.problems.push({ span: { start, end }, message });
}

/** What is left of a unit. */
export interface LinkedUnit {
  readonly file: FileDescriptor;
  /** All of the file, nested ones too. */
  readonly messages: readonly MessageDescriptor[];
  readonly enums: readonly EnumDescriptor[];
  readonly services: readonly ServiceDescriptor[];
  readonly extensions: readonly FieldDescriptor[];
  readonly problems: readonly ProtoProblem[];
  readonly customOptions: readonly CustomOption[];
  /** Names whose declarations it depends on, those without one too. */
  readonly asked: ReadonlySet<string>;
}

export function linkUnit(outline: Outline, scope: Scope, exists: (path: string) => boolean): LinkedUnit {
  const { syntax, path } = outline;
  const { content, body } = syntax;
  const problems = [...syntax.problems];
  const statement = body.find((node): node is SyntaxNode => node.kind === 'syntax' || node.kind === 'edition');
  const { edition } = outline;
  const options = optionNodes(body);
  const own: Own = { messages: [], enums: [], services: [], extensions: [] };
  const file: FileDescriptor = {
    path,
    content,
    incomplete: syntax.broken || body.some(isBroken),
    syntax: edition === 'proto2' || edition === 'proto3' ? edition : 'editions',
    edition: statement?.kind === 'edition' ? statement.value?.text : undefined,
    syntaxSpan: statement && { start: statement.start, end: statement.end },
    package: outline.package,
    packageSpan: body.find((node) => node.kind === 'package'),
    imports: outline.imports.flatMap((node): ImportDescriptor[] =>
      node.path === undefined
        ? []
        : [
            {
              path: node.path.text,
              kind: importKind(node.modifier?.text),
              span: node,
              pathSpan: node.path,
              found: exists(node.path.text),
            },
          ],
    ),
    ...own,
    options: optionsOf(options, content.text),
    features: fileFeatures(edition, options, content.text),
  };
  const unit: Unit = {
    file,
    text: content.text,
    edition,
    scope,
    messages: [],
    enums: [],
    services: [],
    extensions: [],
    problems,
    customOptions: [],
  };
  checkFile(unit, outline);
  checkOptions(unit, options, 'FileOptions', outline.package);
  for (const node of body) {
    switch (node.kind) {
      case 'message':
      case 'enum':
      case 'service':
      case 'extend':
        declareInFile(unit, own, node);
        break;
      case 'syntax':
      case 'edition':
      case 'package':
      case 'import':
      case 'option':
        break;
      default:
        node satisfies never;
    }
  }
  return {
    file,
    messages: trimmed(unit.messages),
    enums: trimmed(unit.enums),
    services: trimmed(unit.services),
    extensions: trimmed(unit.extensions),
    problems: trimmed(problems),
    customOptions: trimmed(unit.customOptions),
    asked: scope.asked,
  };
}

interface Own {
  readonly messages: MessageDescriptor[];
  readonly enums: EnumDescriptor[];
  readonly services: ServiceDescriptor[];
  readonly extensions: FieldDescriptor[];
}

function declareInFile(unit: Unit, own: Own, node: MessageNode | EnumNode | ServiceNode | ExtendNode): void {
  const { file } = unit;
  switch (node.kind) {
    case 'message':
      buildMessage(unit, own.messages, node, { parent: undefined, scope: file.package, features: file.features });
      return;
    case 'enum':
      buildEnum(unit, own.enums, node, { parent: undefined, scope: file.package, features: file.features });
      return;
    case 'service':
      buildService(unit, own.services, node);
      return;
    case 'extend':
      buildExtend(unit, own.extensions, node, {
        parent: undefined,
        scope: file.package,
        features: file.features,
        oneof: undefined,
        extendee: undefined,
        messages: own.messages,
      });
      return;
    default:
      node satisfies never;
  }
}

function importKind(modifier: string | undefined): ImportDescriptor['kind'] {
  return modifier === 'public' || modifier === 'weak' || modifier === 'option' ? modifier : 'plain';
}

function fileFeatures(
  edition: Edition,
  options: ReturnType<typeof optionNodes>,
  text: string,
): FileDescriptor['features'] {
  const features = inherit(defaults[edition], options);
  const checked = optionsOf(options, text).get('java_string_check_utf8')?.value;
  return checked?.kind === 'identifier' && checked.value === 'true'
    ? override(features, 'javaUtf8Validation', 'VERIFY')
    : features;
}
