import type { TransactionRule } from '../migrations/tool.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/migration.ts';
import type { FileContent } from '../model/text.ts';
import type { Step } from '../rules/rule.ts';
import type { Catalog, ObjectKey } from '../schema/catalog.ts';
import type { ReadStatement } from '../sql/script.ts';
import type { MappedText } from '../text/mapped.ts';

/** A migration as it was read: a pure function of its text and of the project's configuration. */
export interface Script {
  readonly migration: Migration;
  readonly content: FileContent;
  readonly mapped: MappedText;
  readonly statements: readonly ReadStatement[];
  readonly transactionRule: TransactionRule;
  readonly steps: readonly Step[];
}

/** A script at its place in the replay: what it made of the schema, and what the rules say. */
export interface Slot {
  /** Were the rules asked? Not on frozen migrations. */
  readonly lint: boolean;
  readonly script: Script;
  readonly before: Catalog;
  readonly after: Catalog;
  /** Every key that the result depends on, findings included. */
  readonly reads: ReadonlySet<ObjectKey>;
  readonly writes: ReadonlySet<ObjectKey>;
  readonly findings: readonly Finding[];
}
