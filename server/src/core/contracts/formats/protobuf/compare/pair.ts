import type {
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  ServiceDescriptor,
} from '../descriptor.ts';

export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

export type ElementKind = 'message' | 'enum' | 'service' | 'extension';

/** What a rule may ask of one side as a whole. What was asked is remembered: a comparison of two files holds as long as the answers. */
export interface SetView {
  file(path: string): FileDescriptor | undefined;
  message(fullName: string): MessageDescriptor | undefined;
  enum(fullName: string): EnumDescriptor | undefined;
  service(fullName: string): ServiceDescriptor | undefined;
  /** `extendee` and number, joined by a blank. */
  extension(key: string): FieldDescriptor | undefined;
  /** By its name below the package. */
  extensionIn(packageName: string, nestedName: string): FieldDescriptor | undefined;
  /** The first path of the package; undefined where there is no such package. */
  packageStart(name: string): string | undefined;
  /** Does any file of the package declare such an element? */
  packageHas(name: string, kind: ElementKind): boolean;
}

/** Two sides as a whole, and versions older than both, the newest first. */
export interface SetPair extends Pair<SetView> {
  readonly earlier: readonly EarlierView[];
}

export interface EarlierView {
  /** As users call it. */
  readonly name: string;
  readonly view: SetView;
}

export function extensionKey(field: FieldDescriptor): string {
  return `${field.extendee} ${field.number}`;
}
