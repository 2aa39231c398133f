import type { Compat, Cost, Evidence, Rollback, Work } from './impact.ts';
import type { Anchor, FilePath, Span } from './text.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** `<area>/<kebab-name>`; never reused. */
export type RuleId = `${string}/${string}`;

export type MessageArgs = Readonly<Record<string, string | number>>;

/** A second place that explains the finding: where the column was made, the other file of a duplicate. */
export interface Related {
  readonly anchor: Anchor;
  readonly messageId: string;
  readonly args: MessageArgs;
}

/** One edit, or a few, that keep the end state. The rule names it; `rules/fixes` builds it when it is chosen. */
export interface FixRef {
  readonly id: string;
  readonly args: MessageArgs;
}

/** An expand/contract scaffold. The recipe builds it when it is chosen. */
export interface PlanRef {
  readonly operation: string;
  readonly args: MessageArgs;
}

/** Work of a finding whose length depends on a table. */
export interface TableWork {
  /** `schema.table`; undefined where the catalog does not know what the statement means. */
  readonly table: string | undefined;
  readonly kind: Work['kind'];
}

/** A sentence that is added to a message. */
export interface Note {
  readonly messageId: string;
  readonly args: MessageArgs;
}

/** What a rule yields. Faces only render it. */
export interface Finding {
  readonly rule: RuleId;
  readonly messageId: string;
  readonly args: MessageArgs;
  readonly severity: Severity;
  readonly project: string;
  readonly anchor: Anchor;
  /** The object that is meant, qualified where it was (`orders.total`); part of the fingerprint. */
  readonly object: string;
  readonly compat: Compat;
  readonly rollback: Rollback;
  readonly cost?: Cost | undefined;
  /** Key of the row of the dialect's impact table that it was judged by. */
  readonly impactRow?: string | undefined;
  /** Of findings about locks: equal for those that make the same people wait for the end of the same transaction. */
  readonly wait?: string | undefined;
  /** Of findings about locks and rows. */
  readonly work?: readonly TableWork[] | undefined;
  /** Sentences behind the message: what the sizes of its tables add, and what stands in this finding as well. */
  readonly notes?: readonly Note[] | undefined;
  readonly evidence: Evidence;
  readonly related: readonly Related[];
  /** The first one is preferred. */
  readonly fixes: readonly FixRef[];
  readonly plan?: PlanRef | undefined;
  readonly peerRule?: string | undefined;
  /** `Deprecated` and `Unnecessary` fade or strike the words in editors. */
  readonly tags?: readonly ('deprecated' | 'unnecessary')[] | undefined;
}

export interface RelatedPlace {
  readonly path: FilePath;
  readonly span: Span;
  readonly message: string;
  readonly side?: 'before';
}

/** A finding placed in the current text and put into words: what the facade hands to the faces. */
export interface ReportedFinding extends Omit<Finding, 'anchor' | 'related' | 'work' | 'wait' | 'notes' | 'impactRow'> {
  readonly path: FilePath;
  /** Offsets in the file as it is written. Never empty unless the file is. */
  readonly span: Span;
  /** The words that an editor underlines, where the span is more than anybody wants to see underlined. */
  readonly head?: Span | undefined;
  readonly message: string;
  readonly docs: string;
  /** Where the row is published. */
  readonly impactDocs?: string | undefined;
  /** The place is in the baseline's text: only that has the file. */
  readonly side?: 'before' | undefined;
  readonly relatedPlaces: readonly RelatedPlace[];
  readonly fixable: 'none' | 'fix' | 'plan';
  readonly fingerprint: string;
}

/** What was not examined, or what is worth saying once. Never a problem in a file. */
export interface Notice {
  readonly id: string;
  readonly message: string;
  readonly project?: string;
  readonly path?: FilePath;
}
