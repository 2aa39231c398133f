import type { TransactionRule } from '../migrations/tool.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/migration.ts';
import type { FileContent } from '../model/text.ts';
import type { Step } from '../rules/rule.ts';
import type { Catalog, ObjectKey } from '../schema/catalog.ts';
import type { ReadStatement, ScriptStatement } from '../sql/script.ts';
import type { MappedText } from '../text/mapped.ts';

/** A migration split into statements: enough to say where something stands, and small enough to be kept. */
export interface Outline {
  readonly migration: Migration;
  readonly content: FileContent;
  readonly mapped: MappedText;
  readonly statements: readonly ScriptStatement[];
}

/** A migration as it was read: a pure function of its text and of the project's configuration. */
export interface Script extends Outline {
  readonly statements: readonly ReadStatement[];
  readonly transactionRule: TransactionRule;
  readonly steps: readonly Step[];
}

/** One migration to replay. */
export interface Planned {
  readonly migration: Migration;
  readonly content: FileContent;
  /** Its script configuration. */
  readonly settings: FileContent | undefined;
  /** False: frozen, so only its effect on the schema counts. */
  readonly lint: boolean;
}

/**
 * A migration at its place in the replay: what it made of the schema, and what the rules say. The schema itself is not
 * kept; `delta` over the schema before gives it.
 */
export interface Slot extends Planned {
  /** Every key that the result depends on, findings included. Of a long migration it holds how that was judged, until it is asked. */
  readonly reads: () => readonly ObjectKey[];
  /** Each key that it changed, with its value afterwards. */
  readonly delta: readonly Entry[];
  readonly findings: readonly Finding[];
  /** Why parts of it were not examined. */
  readonly notExamined: readonly string[];
}

/** A key of the catalog and what stands there; `undefined`: nothing. */
export type Entry = readonly [key: ObjectKey, value: unknown];

/** The beginning of a replay as an earlier process left it: what was said, and the schema behind it. */
export interface Past {
  readonly planned: readonly Planned[];
  readonly findings: (index: number) => readonly Finding[];
  readonly notExamined: (index: number) => readonly string[];
  /** The schema behind the last of them; worked out when it is asked for. */
  readonly schema: () => Catalog;
}
