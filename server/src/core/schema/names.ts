import type { Span } from '../model/text.ts';

/** A name as the engine resolves it (case already folded), with the words that wrote it (relative to the statement). */
export interface Ident {
  readonly name: string;
  readonly span: Span;
}

/** A name that may carry a schema. `schema` is undefined where the statement did not say it: the search path decides. */
export interface ObjectName {
  readonly schema?: string;
  readonly name: string;
  /** The whole written name, schema included. */
  readonly span: Span;
}

/** What an `ObjectName` means once the search path was asked. */
export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}
