import type { FileContent, Span } from '../../../model/text.ts';

/**
 * Linked descriptors: names resolved, features resolved, every place kept as protoc's SourceCodeInfo has it (without comments).
 * What is written wrong is left out or `undefined`, never guessed. Immutable.
 */

export type ScalarType =
  | 'double'
  | 'float'
  | 'int64'
  | 'uint64'
  | 'int32'
  | 'fixed64'
  | 'fixed32'
  | 'bool'
  | 'string'
  | 'bytes'
  | 'uint32'
  | 'sfixed32'
  | 'sfixed64'
  | 'sint32'
  | 'sint64';

/** Descriptor kind after feature resolution: a delimited message field of an edition is a `group`. */
export type FieldKind = ScalarType | 'message' | 'group' | 'enum';

export interface FeatureSet {
  readonly fieldPresence: 'EXPLICIT' | 'IMPLICIT' | 'LEGACY_REQUIRED';
  readonly enumType: 'OPEN' | 'CLOSED';
  readonly repeatedFieldEncoding: 'PACKED' | 'EXPANDED';
  readonly utf8Validation: 'VERIFY' | 'NONE';
  readonly messageEncoding: 'LENGTH_PREFIXED' | 'DELIMITED';
  readonly jsonFormat: 'ALLOW' | 'LEGACY_BEST_EFFORT';
  readonly enforceNamingStyle: 'STYLE2024' | 'STYLE_LEGACY';
  /** `(pb.cpp).string_type`. */
  readonly cppStringType: 'VIEW' | 'CORD' | 'STRING' | undefined;
  /** `(pb.java).utf8_validation`. */
  readonly javaUtf8Validation: 'DEFAULT' | 'VERIFY' | undefined;
}

/** An identifier keeps its name apart from a string. */
export type OptionValue =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number | bigint }
  | { readonly kind: 'identifier'; readonly value: string }
  | { readonly kind: 'aggregate'; readonly text: string };

export interface Option {
  /** As written without blanks: `go_package`, `features.json_format`, `(my.opt).field`. */
  readonly name: string;
  readonly value: OptionValue;
  /** `option … ;` of a statement, `name = value` between brackets. */
  readonly span: Span;
  /** The further ones of its name, as options that are repeated have them. */
  readonly more: readonly Option[];
}

/** By name, in their order. */
export type Options = ReadonlyMap<string, Option>;

export interface Element {
  /** Simple name. */
  readonly name: string;
  /** Without leading dot. */
  readonly fullName: string;
  readonly file: FileDescriptor;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly options: Options;
  readonly features: FeatureSet;
  /** Comments right before it and behind it, in the file's text (`commentText`); for deprecation dates and ignores. */
  readonly comments: readonly Span[];
}

/** Inclusive on both ends. `max` ranges end at the maximum of their kind. */
export interface NumberRange {
  readonly start: number;
  readonly end: number;
  readonly span: Span;
}

export interface ReservedName {
  readonly name: string;
  readonly span: Span;
}

export interface MessageDescriptor extends Element {
  /** Something directly in it could not be read: what seems to be gone may be what is being typed. */
  readonly incomplete: boolean;
  readonly parent: MessageDescriptor | undefined;
  /** Name below the file's package: `Outer.Inner`. */
  readonly nestedName: string;
  readonly isMapEntry: boolean;
  /** Made by a `group` field. */
  readonly isGroup: boolean;
  readonly fields: readonly FieldDescriptor[];
  readonly oneofs: readonly OneofDescriptor[];
  readonly messages: readonly MessageDescriptor[];
  readonly enums: readonly EnumDescriptor[];
  readonly extensions: readonly FieldDescriptor[];
  readonly reservedRanges: readonly NumberRange[];
  readonly reservedNames: readonly ReservedName[];
  readonly extensionRanges: readonly NumberRange[];
}

export interface FieldDescriptor extends Element {
  readonly number: number;
  readonly numberSpan: Span;
  readonly kind: FieldKind;
  /** Of the type's name or keyword; of a map `map<K, V>`. */
  readonly typeSpan: Span;
  /** Full name of a message's or enum's type; resolved, else as written. */
  readonly typeName: string | undefined;
  /** What `typeName` is; undefined where no such type was found. Types are looked up by name (`ProtoSet`): descriptors of one
   * file never hold those of another, so that an edit re-links its file and those for which a name means something else. */
  readonly typeIs: 'message' | 'enum' | undefined;
  readonly label: 'optional' | 'required' | 'repeated' | undefined;
  readonly labelSpan: Span | undefined;
  readonly isMap: boolean;
  /** Of the map that this field is. */
  readonly mapKey: FieldKind | undefined;
  /** `optional` of proto3: its oneof is synthetic. */
  readonly isProto3Optional: boolean;
  readonly oneof: OneofDescriptor | undefined;
  /** Resolved: written, else derived from the name. */
  readonly jsonName: string;
  readonly defaultValue: OptionValue | undefined;
  /** Full name of the extended message. */
  readonly extendee: string | undefined;
  readonly extendeeSpan: Span | undefined;
  /** The message that it is declared in. */
  readonly parent: MessageDescriptor | undefined;
}

export interface OneofDescriptor extends Element {
  readonly parent: MessageDescriptor;
}

export interface EnumDescriptor extends Element {
  readonly incomplete: boolean;
  readonly parent: MessageDescriptor | undefined;
  readonly nestedName: string;
  readonly values: readonly EnumValueDescriptor[];
  readonly reservedRanges: readonly NumberRange[];
  readonly reservedNames: readonly ReservedName[];
}

export interface EnumValueDescriptor extends Element {
  readonly number: number;
  readonly numberSpan: Span;
  readonly parent: EnumDescriptor;
}

export interface ServiceDescriptor extends Element {
  readonly incomplete: boolean;
  readonly methods: readonly MethodDescriptor[];
}

export interface MethodDescriptor extends Element {
  readonly parent: ServiceDescriptor;
  readonly input: string;
  readonly inputSpan: Span;
  readonly output: string;
  readonly outputSpan: Span;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
}

export interface ImportDescriptor {
  readonly path: string;
  readonly kind: 'plain' | 'public' | 'weak' | 'option';
  readonly span: Span;
  readonly pathSpan: Span;
  /** False where no such file was given. */
  readonly found: boolean;
}

export interface FileDescriptor {
  /** Import path. */
  readonly path: string;
  readonly content: FileContent;
  readonly incomplete: boolean;
  readonly syntax: 'proto2' | 'proto3' | 'editions';
  /** `2023`, of editions. */
  readonly edition: string | undefined;
  readonly syntaxSpan: Span | undefined;
  readonly package: string;
  readonly packageSpan: Span | undefined;
  readonly imports: readonly ImportDescriptor[];
  readonly messages: readonly MessageDescriptor[];
  readonly enums: readonly EnumDescriptor[];
  readonly services: readonly ServiceDescriptor[];
  readonly extensions: readonly FieldDescriptor[];
  readonly options: Options;
  readonly features: FeatureSet;
}

/** All files of one side, linked. The well-known types that it imports can be looked up but are not listed. */
export interface ProtoSet {
  /** By import path. */
  readonly files: ReadonlyMap<string, FileDescriptor>;
  readonly messages: ReadonlyMap<string, MessageDescriptor>;
  readonly enums: ReadonlyMap<string, EnumDescriptor>;
  readonly services: ReadonlyMap<string, ServiceDescriptor>;
  /** `extendee` and number, joined by a blank. */
  readonly extensions: ReadonlyMap<string, FieldDescriptor>;
  /** What could not be read or found; the rest stands. */
  readonly problems: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
}
