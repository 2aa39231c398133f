import type { Span } from '../../../../model/text.ts';
import type {
  EnumDescriptor,
  EnumValueDescriptor,
  FeatureSet,
  FieldDescriptor,
  FieldKind,
  FileDescriptor,
  MessageDescriptor,
  OneofDescriptor,
  Options,
  OptionValue,
} from '../descriptor.ts';
import type { EnumValueNode, ExtendNode, FieldNode, Name, NumberNode } from '../syntax/tree.ts';
import { jsonName } from './names.ts';
import { qualified } from './outline.ts';
import { isScalar } from './types.ts';

/**
 * Fields and values, of which a set has hundreds of thousands: each keeps what linking found out, and reads the rest from its statement
 * whenever it is asked.
 */

type Whole<Node> = Node & { readonly name: Name; readonly number: NumberNode };

type WholeField = Whole<FieldNode> & { readonly type: Name };

/** A type, a name and a number make a field. */
export function isWholeField(node: FieldNode): node is WholeField {
  return node.type !== undefined && node.name !== undefined && node.number !== undefined;
}

export function isWholeValue(node: EnumValueNode): node is Whole<EnumValueNode> {
  return node.name !== undefined && node.number !== undefined;
}

/** What linking finds out of a field. */
interface FieldFacts {
  readonly node: WholeField;
  readonly name: string;
  readonly file: FileDescriptor;
  readonly parent: MessageDescriptor | undefined;
  readonly options: Options;
  readonly features: FeatureSet;
  readonly kind: FieldKind;
  readonly typeName: string | undefined;
  readonly typeIs: FieldDescriptor['typeIs'];
  readonly oneof: OneofDescriptor | undefined;
  readonly extend: ExtendNode | undefined;
  readonly extendee: string | undefined;
}

/** What stands in the statement. */
abstract class OfStatement<Node extends Whole<FieldNode | EnumValueNode>> {
  protected readonly node: Node;

  constructor(node: Node) {
    this.node = node;
  }

  get span(): Span {
    return this.node;
  }

  get nameSpan(): Span {
    return this.node.name;
  }

  get comments(): readonly Span[] {
    return this.node.comments;
  }

  get number(): number {
    return this.node.number.value;
  }

  get numberSpan(): Span {
    return this.node.number;
  }
}

export class LinkedField extends OfStatement<WholeField> implements FieldDescriptor {
  readonly name: string;
  readonly file: FileDescriptor;
  readonly parent: MessageDescriptor | undefined;
  readonly options: Options;
  readonly features: FeatureSet;
  readonly kind: FieldKind;
  readonly typeName: string | undefined;
  readonly typeIs: FieldDescriptor['typeIs'];
  readonly oneof: OneofDescriptor | undefined;
  private readonly extend: ExtendNode | undefined;
  readonly extendee: string | undefined;

  constructor(facts: FieldFacts) {
    super(facts.node);
    this.name = facts.name;
    this.file = facts.file;
    this.parent = facts.parent;
    this.options = facts.options;
    this.features = facts.features;
    this.kind = facts.kind;
    this.typeName = facts.typeName;
    this.typeIs = facts.typeIs;
    this.oneof = facts.oneof;
    this.extend = facts.extend;
    this.extendee = facts.extendee;
  }

  get fullName(): string {
    return qualified(this.parent?.fullName ?? this.file.package, this.name);
  }

  get typeSpan(): Span {
    return this.node.type;
  }

  get label(): FieldDescriptor['label'] {
    const text = this.isMap ? 'repeated' : this.node.label?.text;
    return text === 'optional' || text === 'required' || text === 'repeated' ? text : undefined;
  }

  get labelSpan(): Span | undefined {
    return this.node.label;
  }

  get isMap(): boolean {
    return this.node.map !== undefined;
  }

  get mapKey(): FieldKind | undefined {
    const key = this.node.map?.key?.text;
    return key !== undefined && isScalar(key) ? key : undefined;
  }

  get isProto3Optional(): boolean {
    return this.file.syntax === 'proto3' && this.node.label?.text === 'optional';
  }

  get jsonName(): string {
    const written = this.options.get('json_name')?.value;
    return written?.kind === 'string' ? written.value : jsonName(this.name);
  }

  get defaultValue(): OptionValue | undefined {
    return this.options.get('default')?.value;
  }

  get extendeeSpan(): Span | undefined {
    return this.extend?.extendee;
  }
}

export class LinkedValue extends OfStatement<Whole<EnumValueNode>> implements EnumValueDescriptor {
  readonly parent: EnumDescriptor;
  readonly options: Options;
  readonly features: FeatureSet;

  constructor(node: Whole<EnumValueNode>, parent: EnumDescriptor, options: Options, features: FeatureSet) {
    super(node);
    this.parent = parent;
    this.options = options;
    this.features = features;
  }

  get name(): string {
    return this.node.name.text;
  }

  /** Values are siblings of their enum, as in C++. */
  get fullName(): string {
    const { fullName, name } = this.parent;
    return fullName.slice(0, fullName.length - name.length) + this.name;
  }

  get file(): FileDescriptor {
    return this.parent.file;
  }
}
