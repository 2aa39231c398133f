import type { Impact } from '../model/impact.ts';
import type { DialectId } from '../model/project.ts';
import type { Span } from '../model/text.ts';
import type { Reads, SchemaChange } from '../schema/change.ts';
import type { SchemaSemantics } from '../schema/semantics.ts';
import type { DataType } from '../schema/types.ts';
import type { CatalogView } from '../schema/view.ts';
import type { Primitives } from './primitives.ts';
import type { LexicalRules } from './tokens.ts';

/** Why a statement was not understood. Only `syntax` is ever a finding; the rest are notices. */
export type ReadProblem =
  /** `until`: servers before this version took it. */
  | { readonly kind: 'syntax'; readonly message: string; readonly span: Span; readonly until?: number }
  | { readonly kind: 'not-examined'; readonly reason: string };

/** Something in a statement that servers before a version refuse. */
export interface Need {
  /** The major version that brought it. */
  readonly since: number;
  /** Its name in a sentence: `MERGE`. */
  readonly what: string;
  readonly span: Span;
  /** A sentence: what to write for older servers. */
  readonly instead?: string;
  /** An edit that makes older servers take it. */
  readonly older?: { readonly span: Span; readonly text: string };
  /** A function or a type that a history may have made itself. */
  readonly name?: string;
}

/**
 * What one statement says, with spans relative to the statement's start. A pure function of the statement's text,
 * so that it is memoised by it. JSON, so that it can be cached.
 */
export interface StatementReading {
  readonly changes: readonly SchemaChange[];
  /** Relations and columns that it reads without changing them (a SELECT's tables, the source of INSERT ... SELECT). */
  readonly reads: readonly Reads[];
  readonly problem?: ReadProblem;
  readonly needs?: readonly Need[];
  /** First words in capitals, for people: `ALTER TABLE`, `CREATE INDEX`. */
  readonly verb: string;
}

/** Where and on what the statement will run. */
export interface SqlTarget {
  /** Major version; the dialect's oldest supported one when nobody said it. */
  readonly version: number;
  readonly versionKnown: boolean;
}

/** How SQL is written for the dialect. Spelling only; what to write is the recipe's business. */
export interface Renderer {
  quoteName(name: string): string;
  quoteText(text: string): string;
  typeText(type: DataType): string;
  /** Bytes of UTF-8 that an identifier may have. */
  readonly nameLimit: number;
}

/** An impact in words for hovers and reports. */
export interface ImpactWords {
  /** "ACCESS EXCLUSIVE, rewrites the table" */
  readonly short: string;
  /** Sentences: what it blocks and for how long. */
  readonly long: readonly string[];
}

/**
 * A database language. One folder under `sql/dialects` and one line in `sql/dialects/index.ts`.
 * `reader` is undefined for a dialect that is known by name only: order and tree work, statements are not examined.
 */
export interface Dialect {
  readonly id: DialectId;
  readonly displayName: string;
  readonly lexical: LexicalRules;
  /** What a table takes; dropped ones count. */
  readonly mostColumns?: number;
  readonly versions: { readonly oldest: number; readonly newest: number; readonly assumed: number };
  readonly semantics: (target: SqlTarget) => SchemaSemantics;
  readonly renderer: Renderer;
  /** What plans are made of; undefined where there are none yet. */
  readonly primitives?: Primitives;
  /** Undefined where the parser could not be loaded, or the dialect is not examined yet. */
  readonly reader?: StatementReader;
  readonly impact: (change: SchemaChange, before: CatalogView, target: SqlTarget) => Impact;
  /** For hovers, inlay hints and reports. */
  readonly impactWords: (impact: Impact) => ImpactWords;
}

export interface StatementReader {
  /** Never throws. */
  read(statement: string): StatementReading;
  /** These will be read, in this order: a reader that can begins with them. Only as many as it wants are taken at a time. */
  prefetch?(statements: Iterable<string>): void;
}
