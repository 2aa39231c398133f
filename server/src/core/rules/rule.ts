import type { OrderFact, Timeline, TransactionRule } from '../migrations/tool.ts';
import type { Finding, FixRef, MessageArgs, PlanRef, Related, RuleId, Severity } from '../model/finding.ts';
import type { Compat, Impact, Rollback } from '../model/impact.ts';
import type { Migration } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { Anchor, Span, StatementId } from '../model/text.ts';
import type { Lookup, ObjectKey, Origin, Table } from '../schema/catalog.ts';
import type { SchemaChange } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import type { CatalogView } from '../schema/view.ts';
import type { Dialect, SqlTarget, StatementReading } from '../sql/dialect.ts';

/** One change at its place in the replay. */
export interface Step {
  readonly migration: Migration;
  readonly statement: StatementId;
  readonly reading: StatementReading;
  /** Index of the statement in its migration. */
  readonly statementIndex: number;
  readonly change: SchemaChange;
  readonly nth: number;
  /** The transaction that the tool runs it in; equal for two steps of one transaction. `undefined`: autocommit. */
  readonly transaction: number | undefined;
}

/** What every rule that looks at SQL may ask. */
export interface SqlContext {
  readonly project: Project;
  readonly dialect: Dialect;
  readonly target: SqlTarget;
  readonly migration: Migration;
  readonly transactionRule: TransactionRule;
  /** Every step of this migration, in order, this one included. */
  readonly steps: readonly Step[];
}

/** Its functions stay with it: taken out of it they have lost it. */
export interface ChangeContext extends SqlContext {
  readonly step: Step;
  readonly before: CatalogView;
  readonly after: CatalogView;
  /** Those of the migration's changes that have been looked at, in order: all before this one, and maybe others. One array for all of them. */
  readonly looked: readonly ChangeContext[];
  /**
   * The steps before this one, the nearest first. What was made of those that were looked at holds while they are the same;
   * who looks at `steps` is asked again after every edit of the file.
   */
  readonly back: () => Iterable<Step>;
  /** Asked at most once per change, however many rules read it. */
  readonly impact: () => Impact;
  /** Tables, views, sequences, indexes. */
  readonly relation: (name: ObjectName) => Lookup<import('../schema/catalog.ts').CatalogObject>;
  readonly table: (name: ObjectName) => Lookup<Table>;
  /** Made in this migration or in another one that no database has run yet: no reader, no rows but ours. */
  readonly isUnreleased: (origin: Origin) => boolean;
  /** The table of this name is unreleased. False when it is not known. */
  readonly isNew: (name: ObjectName) => boolean;
  /** The column exists only since an unreleased migration. */
  readonly isNewColumn: (table: ObjectName, column: string) => boolean;
  /** Where an object was made, as a related place. */
  readonly madeAt: (origin: Origin, messageId: string, args: MessageArgs) => Related;
  readonly dependents: (key: ObjectKey) => readonly ObjectKey[];
  /**
   * What `work` makes of this change and the schema alone, worked out once and kept while the file around the change is
   * edited. Rules about whole migrations look at every change of a long file after every keystroke.
   */
  readonly once: <Fact>(name: string, work: (context: ChangeContext) => Fact) => Fact;
}

/** A setting of the session, as `SET` writes it. */
export interface SessionSetting {
  readonly name: string;
  readonly value: string;
  /** Ends with the migration's transaction, and is not there without one. */
  readonly local: boolean;
}

export interface MigrationContext extends SqlContext {
  /** What the tool sets before every migration, in order. */
  readonly session: readonly SessionSetting[];
  /** The context of each step, in order; reading it costs nothing. */
  readonly contexts: readonly ChangeContext[];
  /** Statements that could not be read, too. */
  readonly statements: readonly { readonly id: StatementId; readonly reading: StatementReading }[];
}

export interface UndoContext extends Pick<SqlContext, 'project' | 'dialect' | 'target' | 'migration'> {
  readonly undone: Migration;
  /** The schema before the migration that is undone. */
  readonly before: CatalogView;
  /** Behind both. */
  readonly after: CatalogView;
}

export interface TimelineContext {
  readonly project: Project;
  readonly timeline: Timeline;
  readonly facts: readonly OrderFact[];
  readonly namingWords: string;
}

/** A finding before the analysis adds rule, project and severity overrides. */
export interface Draft {
  readonly messageId: string;
  readonly args: MessageArgs;
  readonly anchor: Anchor;
  readonly object: string;
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fixes?: readonly FixRef[];
  readonly plan?: PlanRef;
  readonly impact?: Impact;
  readonly compat?: Compat;
  readonly rollback?: Rollback;
  readonly evidence?: Finding['evidence'];
  readonly peerRule?: string;
  readonly tags?: Finding['tags'];
}

/** An example in the rule's page; each one is linted by a test and must give exactly what it claims. */
export interface Example {
  readonly title: string;
  /** Earlier migrations, already released. */
  readonly given?: string;
  /** Migrations of the same release that come before it. */
  readonly earlier?: readonly string[];
  readonly sql: string;
  /** Major version of the database; without it none is known. */
  readonly target?: number;
  readonly fires: boolean;
}

/** A number that a project may choose for a rule, under `rules.options` of schemaward.yaml. */
export interface RuleOption {
  readonly name: string;
  readonly description: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** What the project chose for an option of the rule that asks, else the option's default. */
export type ReadOption = (option: RuleOption) => number;

/**
 * Who is hurt, and how: the version that still runs breaks, somebody waits for a lock, the statement fails, data is lost.
 * The project's `deployment` turns whole consequences down.
 */
export type Consequence = 'breaks' | 'waits' | 'fails' | 'loses' | 'other';

/** What every rule says of itself, whatever it looks at. */
export interface RuleInfo {
  readonly id: RuleId;
  /** One sentence for lists. */
  readonly summary: string;
  readonly severity: Severity;
  /** Paragraphs for the rule's page: why, what lock, what to do instead, when it stays silent. Markdown. */
  readonly explanation: string;
  /** Id -> text with `{arg}`. One or two plain sentences. */
  readonly messages: Readonly<Record<string, string>>;
  /** What peers call it, `squawk:renaming-column`. */
  readonly peers?: readonly string[];
  readonly options?: readonly RuleOption[];
}

interface RuleBase extends RuleInfo {
  /** Where its area does not say it; by message where they differ. */
  readonly consequence?: Consequence | Readonly<Record<string, Consequence>>;
  /** By message: what is left of it where no version of the application runs beside the migration. */
  readonly alone?: Readonly<Record<string, Remainder>>;
  readonly examples: readonly Example[];
  readonly settledBy?: Settlement;
}

export interface Remainder {
  readonly messageId: string;
  /** At most so grave. */
  readonly severity: Severity;
}

/** What may come behind a finding, in its migration or in a later one, so that nothing is left to say. */
export interface Settlement {
  /** Only files that hold one of them are looked at. */
  words(args: MessageArgs): readonly string[];
  isBy(args: MessageArgs, later: SchemaChange): boolean;
}

export interface ChangeRule extends RuleBase {
  readonly scope: 'change';
  /** Only changes of these kinds reach `check`. */
  readonly on: readonly SchemaChange['kind'][];
  check(context: ChangeContext, option: ReadOption): Iterable<Draft>;
}

export interface MigrationRule extends RuleBase {
  readonly scope: 'migration';
  check(context: MigrationContext, option: ReadOption): Iterable<Draft>;
}

export interface TimelineRule extends RuleBase {
  readonly scope: 'timeline';
  check(context: TimelineContext, option: ReadOption): Iterable<Draft>;
}

/** About an undo migration, which runs behind the migration that it undoes. */
export interface UndoRule extends RuleBase {
  readonly scope: 'undo';
  check(context: UndoContext, option: ReadOption): Iterable<Draft>;
}

export type Rule = ChangeRule | MigrationRule | TimelineRule | UndoRule;

/** Identity, so that a rule is checked where it is written and its literal types survive. */
export function defineRule<const R extends Rule>(rule: R): R {
  return rule;
}

/** A place in a step's own statement. */
export function at(step: Step, span: Span): Anchor {
  return { file: step.migration.file, statement: step.statement, span };
}
