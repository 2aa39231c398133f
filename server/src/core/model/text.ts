/** A half-open range of UTF-16 code units. What it is relative to is said where it is used. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * An absolute path with `/` separators (`/repo/db/V1__a.sql`, `c:/repo/db/V1__a.sql`). Only the host
 * turns URIs and native paths into it, so that the core never meets a platform.
 */
export type FilePath = string;

/** The content of one file at one moment. Compared and memoised by identity: the host makes a new one for a new text. */
export interface FileContent {
  readonly path: FilePath;
  readonly text: string;
  /** What kept the host from reading the file as it is; the text is then what could be had. */
  readonly problem?: FileProblem;
}

export type FileProblem =
  | { readonly kind: 'not-decodable'; readonly encoding: string }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly bytes: number };

/** A statement's name: its exact text and its place among equal ones in its file. Survives lines inserted above. */
export interface StatementId {
  readonly text: string;
  readonly nth: number;
}

/**
 * A place that survives edits elsewhere in the file. With a statement the span is relative to the statement's
 * start in the text that runs; without one it is relative to the file as it is written.
 */
export interface Anchor {
  readonly file: FilePath;
  readonly statement?: StatementId;
  readonly span: Span;
  /** In the baseline's text of the file, not in the one of now. */
  readonly side?: 'before';
}
