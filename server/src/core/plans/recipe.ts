import type { Files, MigrationTool, NewMigration, Timeline } from '../migrations/tool.ts';
import type { Project } from '../model/project.ts';
import type { Phase, Refusal } from '../model/proposal.ts';
import type { FilePath } from '../model/text.ts';
import type { Lookup, Table } from '../schema/catalog.ts';
import type { ConstraintSpec, SchemaChange } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import type { CatalogView } from '../schema/view.ts';
import type { Dialect, SqlTarget } from '../sql/dialect.ts';
import type { LexicalRules } from '../sql/tokens.ts';

/** What is asked for, from a finding, from the command line, or from a statement with options over it. Names in SQL spelling. */
export interface PlanRequest {
  readonly operation: string;
  readonly table: string;
  readonly column?: string;
  readonly newName?: string;
  readonly type?: string;
  readonly using?: string;
  readonly defaultTo?: string;
  /** What else the definition of a new column says. */
  readonly constraints?: readonly { readonly spec: ConstraintSpec; readonly text: string }[];
  /** The unsafe statement that expand replaces, when it came from one. */
  readonly from?: { readonly file: FilePath; readonly statement: number };
}

/** What a recipe may look at. `before` is the schema just before the unsafe statement (or at the end of the history). */
export interface RecipeContext {
  readonly project: Project;
  readonly dialect: Dialect;
  readonly target: SqlTarget;
  readonly before: CatalogView;
  readonly table: (name: ObjectName) => Lookup<Table>;
  readonly backfill: { readonly batch: number; readonly as: 'migration' | 'script' };
  /** Statements before, in order, of the files that hold one of the words: for what a catalog does not keep (policies, comments, ...). */
  readonly history: (words: readonly string[]) => readonly PastStatement[];
}

export interface PastStatement {
  readonly change: SchemaChange;
  readonly text: string;
}

/** One or more statements that belong together. */
export interface PlanStep {
  readonly phase: Phase;
  /** What the Refactor Preview and the tree say of it. */
  readonly label: string;
  readonly role: 'migration' | 'draft' | 'script' | 'check';
  /** `description` part of the file's name: `rename_email_backfill`. */
  readonly name: string;
  readonly sql: readonly string[];
  readonly transactional: boolean;
}

export interface Plan {
  readonly kind: 'plan';
  readonly operation: string;
  readonly id: string;
  readonly old: string;
  readonly new: string;
  readonly final: string;
  readonly names: Readonly<Record<string, string>>;
  readonly steps: readonly PlanStep[];
  /** Phase -> statements that undo it; for each phase that changes the catalog. */
  readonly rollbacks: Readonly<Partial<Record<Phase, readonly string[]>>>;
  readonly notes: readonly string[];
}

/** An expand/contract operation. One file under `plans/recipes` and one line in its index. */
export interface Recipe {
  readonly operation: string;
  /** What the lightbulb says: "Split into expand + contract: keep email, add email_address". */
  title(request: PlanRequest): string;
  /** Rules that speak of what the contract does. Once expand has shipped, the plan has answered them. */
  readonly answers: readonly string[];
  plan(request: PlanRequest, context: RecipeContext): Plan | Refusal;
}

/** How a plan becomes files. */
export interface WriteContext {
  readonly project: Project;
  readonly tool: MigrationTool;
  readonly timeline: Timeline;
  readonly files: Files;
  readonly evolutionsDir: FilePath;
  readonly newFile: (wanted: NewMigration) => FilePath;
  readonly style: WritingStyle;
  readonly minReleases: number;
}

/** How the project writes its migrations. */
export interface WritingStyle {
  readonly eol: '\n' | '\r\n';
  /** Keywords in capitals. */
  readonly upperCase: boolean;
  readonly lexical: LexicalRules;
}
