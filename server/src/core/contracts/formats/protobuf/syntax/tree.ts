import type { FileContent, Span } from '../../../../model/text.ts';

/**
 * What one `.proto` file says, statement by statement, before any name is resolved. A function of the text alone; any text has
 * one. What is missing in a half-typed statement is `undefined`, and the statement is `broken`. Spans are offsets of the text.
 */

/** A word, or a name of several words as written without blanks and comments. */
export interface Name extends Span {
  readonly text: string;
}

export type ValueNode =
  | (Span & { readonly kind: 'string'; readonly value: string })
  | (Span & { readonly kind: 'number'; readonly value: number | bigint; readonly integer: boolean })
  /** `true`, `SPEED`, `inf`, `-inf`. */
  | (Span & { readonly kind: 'identifier'; readonly value: string })
  | (Span & { readonly kind: 'aggregate'; readonly fields: readonly AggregateField[] })
  | (Span & { readonly kind: 'list'; readonly values: readonly ValueNode[] });

export interface AggregateField {
  /** `name`, `[my.extension]`, `[type.googleapis.com/a.B]`. */
  readonly name: Name;
  readonly value: ValueNode | undefined;
}

export interface OptionNamePart extends Name {
  /** Between parentheses; they are part of the span, not of the text. */
  readonly extension: boolean;
}

interface Statement extends Span {
  /** Something is missing or wrong in it, not counting what is wrong within a statement in its braces. */
  readonly broken: boolean;
}

export interface OptionNode extends Statement {
  readonly kind: 'option';
  /** As written without blanks: `(my.opt).field`. */
  readonly name: Name;
  readonly parts: readonly OptionNamePart[];
  readonly value: ValueNode | undefined;
}

interface Declared extends Statement {
  /** Before it and at the end of its first line. */
  readonly comments: readonly Span[];
  readonly name: Name | undefined;
}

export interface RangeNode extends Span {
  readonly start: number;
  readonly end: number;
  readonly from: NumberNode | undefined;
  /** `undefined`: one number; `max`: to the end. */
  readonly to: NumberNode | 'max' | undefined;
}

export interface NumberNode extends Span {
  /** With its sign. Numbers beyond 2^53 are rounded; they are out of every range. */
  readonly value: number;
}

export interface FieldNode extends Declared {
  readonly kind: 'field';
  readonly label: Name | undefined;
  /** As written, with a leading dot if it has one; `map` of a map, `group` of a group. */
  readonly type: Name | undefined;
  readonly map: { readonly key: Name | undefined; readonly value: Name | undefined } | undefined;
  readonly number: NumberNode | undefined;
  readonly options: readonly OptionNode[];
  /** Between `{` and `}`, of a group. */
  readonly group: MessageNode | undefined;
}

export interface OneofNode extends Declared {
  readonly kind: 'oneof';
  readonly body: readonly (FieldNode | OptionNode)[];
}

export interface ExtensionsNode extends Statement {
  readonly kind: 'extensions';
  readonly ranges: readonly RangeNode[];
  readonly options: readonly OptionNode[];
}

export interface ReservedNode extends Statement {
  readonly kind: 'reserved';
  readonly ranges: readonly RangeNode[];
  readonly names: readonly (Name & { readonly quoted: boolean })[];
}

export type MessageElement =
  | FieldNode
  | OneofNode
  | MessageNode
  | EnumNode
  | ExtendNode
  | ExtensionsNode
  | ReservedNode
  | OptionNode;

export interface MessageNode extends Declared {
  readonly kind: 'message';
  /** `export` or `local`; stands before the span. */
  readonly visibility: Name | undefined;
  readonly body: readonly MessageElement[];
  /** From `{` to behind `}`. */
  readonly bodySpan: Span | undefined;
  /** Something in the braces is no element. */
  readonly gaps: boolean;
}

export interface EnumValueNode extends Declared {
  readonly kind: 'value';
  readonly number: NumberNode | undefined;
  readonly options: readonly OptionNode[];
}

export interface EnumNode extends Declared {
  readonly kind: 'enum';
  readonly visibility: Name | undefined;
  readonly body: readonly (EnumValueNode | ReservedNode | OptionNode)[];
  readonly bodySpan: Span | undefined;
  readonly gaps: boolean;
}

export interface ExtendNode extends Statement {
  readonly kind: 'extend';
  readonly extendee: Name | undefined;
  readonly body: readonly FieldNode[];
  readonly bodySpan: Span | undefined;
}

export interface MethodNode extends Declared {
  readonly kind: 'method';
  readonly input: (Name & { readonly stream: boolean }) | undefined;
  readonly output: (Name & { readonly stream: boolean }) | undefined;
  readonly options: readonly OptionNode[];
}

export interface ServiceNode extends Declared {
  readonly kind: 'service';
  readonly body: readonly (MethodNode | OptionNode)[];
  readonly bodySpan: Span | undefined;
  readonly gaps: boolean;
}

export interface ImportNode extends Statement {
  readonly kind: 'import';
  /** `public`, `weak`, `option`. */
  readonly modifier: Name | undefined;
  /** The string's value and where its literal stands. */
  readonly path: Name | undefined;
}

export interface SyntaxNode extends Statement {
  readonly kind: 'syntax' | 'edition';
  readonly value: Name | undefined;
}

export interface PackageNode extends Statement {
  readonly kind: 'package';
  readonly name: Name | undefined;
}

export type FileElement =
  | SyntaxNode
  | PackageNode
  | ImportNode
  | OptionNode
  | MessageNode
  | EnumNode
  | ServiceNode
  | ExtendNode;

export interface ProtoProblem {
  readonly span: Span;
  readonly message: string;
}

export interface ProtoSyntax {
  readonly content: FileContent;
  /** A statement of the file itself is missing or wrong. */
  readonly broken: boolean;
  readonly body: readonly FileElement[];
  /** All of the file, in order. */
  readonly comments: readonly Span[];
  readonly problems: readonly ProtoProblem[];
}
