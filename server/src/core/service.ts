import type { Baseline } from './config/config.ts';
import type { ContractBaseline } from './contracts/baseline.ts';
import type { FieldEvolution } from './contracts/evolution.ts';
import type { CompareRequest, ContractVerdict } from './contracts/format.ts';
import type { CompletionKind, ContractSymbol, ContractToken } from './contracts/language.ts';
import type { Side } from './contracts/tree.ts';
import type { Files } from './migrations/tool.ts';
import type { Notice, ReportedFinding, RuleId, Severity } from './model/finding.ts';
import type { BaseSnapshot, HistoryRow, Migration, StateEntry, TargetSnapshot } from './model/migration.ts';
import type { Project } from './model/project.ts';
import type { EvolutionRef, Phase, Proposal, Refusal } from './model/proposal.ts';
import type { FileContent, FilePath, Span } from './model/text.ts';
import type { FieldPhase } from './plans/evolve-field.ts';
import type { PlanRequest } from './plans/recipe.ts';

/**
 * Everything the engine may know, as an immutable value. Hosts make a new one for every change and keep the
 * `FileContent`s that did not change, because memos hang on their identity.
 */
export interface Snapshot {
  readonly files: Files;
  readonly roots: readonly FilePath[];
  /** One per git repository (or root without one), longest root first. */
  readonly bases: readonly { readonly root: FilePath; readonly base: BaseSnapshot }[];
  /** What contracts are compared with, one per root. */
  readonly baselines?: readonly ContractBaseline[];
  /** Project name -> what is known of its databases. */
  readonly targets: ReadonlyMap<string, readonly TargetSnapshot[]>;
  /** `YYYY-MM-DDTHH:MM:SSZ`, UTC. */
  readonly now: string;
  /** From the command line or the editor's settings; over everything the files say. */
  readonly overrides?: {
    readonly dialect?: string;
    readonly targetVersion?: number;
    readonly lintTarget?: string;
    /** Loose files only: the tool that runs them will wrap each in a transaction. */
    readonly inTransaction?: boolean;
    /** Profile of the contracts of the format that has it. */
    readonly profile?: string;
  };
  /** `.sql` files named on the command line that belong to no project: each one migration with an unknown past. */
  readonly loose?: readonly FilePath[];
  /** What earlier processes remember, by the keys of `Service.memories`. Only what still holds is used. */
  readonly memories?: ReadonlyMap<string, readonly string[]>;
  /** Judge every migration as if all before it had shipped (`--all`, Check history). */
  readonly all?: boolean;
}

export interface ProjectInfo {
  readonly project: Project;
  readonly dialectName: string;
  readonly examined: boolean;
  readonly migrations: number;
  readonly newMigrations: number;
  /** "42 versions, time stamps of 14 digits, PostgreSQL (guessed)". */
  readonly words: string;
}

export interface WorkspaceInfo {
  readonly projects: readonly ProjectInfo[];
  /** Base branch that each root's configuration asks for. */
  readonly bases: readonly { readonly root: FilePath; readonly ref?: string }[];
  /** What each root's configuration wants contracts to be compared with. */
  readonly baselines: readonly { readonly root: FilePath; readonly baseline: Baseline; readonly versions?: string }[];
  /** Databases that could be asked what is applied, and files that say it. Nothing is connected to by naming it. */
  readonly connections: readonly ConnectionOption[];
  readonly notices: readonly Notice[];
}

/** One target of one project, as configuration names it. Secrets stand in it only as references. */
export interface ConnectionOption {
  readonly project: string;
  readonly target: string;
  readonly role?: string;
  /** May hold `${env:NAME}`. */
  readonly url?: string;
  /** Environment variable that holds the URL. */
  readonly env?: string;
  /** File that says what is applied, absolute. */
  readonly from?: FilePath;
  readonly user?: string;
  /** Where the password is to be found, as the tool's configuration says it. */
  readonly passwordFrom?: string;
  readonly table: { readonly schema?: string; readonly table: string };
  /** In words: `schemaward.yaml`, `application.yml`. */
  readonly foundIn: string;
  /** Folder of what names it: a relative path in the URL starts here. */
  readonly root: FilePath;
}

export interface CheckReport {
  /** Sorted by path, place, rule. */
  readonly findings: readonly ReportedFinding[];
  /** What stands in a finding as well, because one remedy settles both or the same people wait. */
  readonly within: readonly ReportedFinding[];
  readonly notices: readonly Notice[];
  readonly summary: {
    readonly checked: number;
    readonly total: number;
    readonly projects: number;
    readonly suppressed: number;
    /** Modules and subjects. */
    readonly contracts: number;
    /** What they were compared with; empty: with nothing. */
    readonly baselines: readonly string[];
  };
}

/** What a comparison of two states of contracts found. Paths are those of the compared trees. */
export interface CompatReport {
  readonly compatible: boolean;
  /** In the peer's order. */
  readonly findings: readonly ReportedFinding[];
  readonly notices: readonly Notice[];
  readonly profiles: readonly string[];
}

/** Contracts of one format below one root. */
export interface ContractStatus {
  readonly root: FilePath;
  readonly format: string;
  readonly profile: string;
  /** What they are compared with, as users call it. */
  readonly baseline?: string;
  /** What they are to be compared with, as `contracts.baseline` takes it. */
  readonly wanted: string;
  readonly problem?: string;
  /** Paths are absolute. */
  readonly contracts: readonly (ContractVerdict & { readonly changes: readonly ContractChange[] })[];
  readonly evolutions: readonly FieldEvolutionStatus[];
}

/** A field of a contract that gives way to another, or just goes. */
export interface FieldEvolutionStatus extends FieldEvolution {
  readonly id: string;
  /** `YYYY-MM-DD`. */
  readonly removeAfter: string;
  /** Both stand; their date has passed; the old one is gone, and the baseline has it yet; gone for good; lost, and `next` says how. */
  readonly phase: FieldPhase;
  readonly next: string;
  /** Its plan file. */
  readonly file: FilePath;
  /** The old field, while it stands. */
  readonly place?: Place;
}

/** What breaks somebody, whether or not an ignore comment accepts it. */
export interface ContractChange {
  readonly object: string;
  readonly rule: RuleId;
  readonly message: string;
  readonly path: FilePath;
  /** The words to go to; in the text of the baseline where only that has the file. */
  readonly span: Span;
  readonly side: Side;
}

export interface StatusReport {
  readonly projects: readonly ProjectStatus[];
  readonly fieldEvolutions: readonly FieldEvolutionStatus[];
}

export interface ProjectStatus {
  readonly project: Project;
  readonly dialectName: string;
  readonly targets: readonly TargetStatus[];
  readonly evolutions: readonly EvolutionStatus[];
}

export interface TargetStatus {
  readonly name: string;
  readonly kind: 'database' | 'file' | 'git';
  readonly role?: string;
  readonly reachable: boolean;
  /** One sentence: what is wrong, and what it means. */
  readonly problem?: string;
  readonly asOf: string;
  /** In the tool's own list order. For the git target: `pending` and `on-base`. */
  readonly entries: readonly (StateEntry & { readonly worst?: Severity })[];
}

export interface EvolutionStatus {
  readonly ref: EvolutionRef;
  readonly table: string;
  readonly phase: Phase | 'planned' | 'done' | 'broken';
  /** What to do next, in a few words. */
  readonly next: string;
  readonly files: readonly {
    readonly path: FilePath;
    readonly phase: Phase;
    readonly role: 'migration' | 'draft' | 'script' | 'check' | 'rollback' | 'config';
    readonly applied: boolean;
  }[];
  /** Promote may be offered. */
  readonly due: boolean;
}

export interface FileInfo {
  readonly project?: Project;
  readonly migration?: Migration;
  readonly dialectName?: string;
  readonly frozen: boolean;
  readonly frozenWhy?: string;
  /** "PostgreSQL (guessed), Flyway V12, one transaction". */
  readonly words: string;
  readonly notExamined: readonly string[];
}

export interface HoverInfo {
  readonly span: Span;
  readonly markdown: string;
  /** Of a contract's element: what has become of it since the baseline. */
  readonly verdict?: string;
}

export interface Place {
  readonly path: FilePath;
  readonly span: Span;
}

export interface SymbolInfo {
  readonly name: string;
  readonly detail: string;
  readonly kind:
    | 'table'
    | 'column'
    | 'index'
    | 'constraint'
    | 'view'
    | 'function'
    | 'type'
    | 'statement'
    | ContractSymbol['kind'];
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly SymbolInfo[];
}

export type Token = ContractToken;

export interface Renameable {
  readonly kind: 'renameable';
  readonly span: Span;
  readonly name: string;
}

export interface LockHint {
  /** Before the statement's first word. */
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
  readonly docs?: string;
}

/** One entry of the lightbulb. `data` rebuilds it: the server keeps nothing between two requests. */
export interface ActionOffer {
  readonly kind: 'fix' | 'plan' | 'evolve' | 'explain' | 'disable' | 'promote' | 'translate' | 'fix-all';
  readonly title: string;
  readonly preferred: boolean;
  readonly disabled?: string;
  readonly rule?: RuleId;
  /** Span of the finding it belongs to. */
  readonly span: Span;
  readonly data: ActionData;
}

export type ActionData =
  | {
      readonly kind: 'fix';
      readonly path: FilePath;
      readonly rule: RuleId;
      readonly fingerprint: string;
      readonly fix: string;
    }
  | {
      readonly kind: 'plan';
      readonly path: FilePath;
      readonly rule: RuleId;
      readonly fingerprint: string;
      readonly operation: string;
    }
  | { readonly kind: 'explain'; readonly rule: RuleId }
  | {
      readonly kind: 'disable';
      readonly path: FilePath;
      readonly rule: RuleId;
      readonly fingerprint: string;
      readonly where: 'statement' | 'file' | 'config';
    }
  /** A field of a contract, by its full name. */
  | { readonly kind: 'evolve'; readonly path: FilePath; readonly element: string }
  | { readonly kind: 'promote'; readonly id: string }
  | { readonly kind: 'fix-all'; readonly path: FilePath }
  /** An ignore comment of another linter; `nth` among those of the file that ignore something. */
  | { readonly kind: 'translate'; readonly path: FilePath; readonly nth: number };

/** A database that a project may have. */
export interface DialectInfo {
  readonly id: string;
  readonly displayName: string;
  /** Major versions that are told apart; equal where none are. */
  readonly versions: { readonly oldest: number; readonly newest: number };
}

export interface RulePage {
  readonly id: RuleId;
  readonly summary: string;
  readonly severity: Severity;
  readonly markdown: string;
  /** Where the page is published. */
  readonly docs: string;
}

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string;
  readonly documentation: string;
  readonly replace: Span;
  readonly insert: string;
  /** Edits elsewhere in the file. */
  readonly also?: readonly { readonly span: Span; readonly newText: string }[];
}

/** What every face calls. Synchronous and pure; long verbs yield so that a host can slice them. */
export interface Service {
  workspace(snapshot: Snapshot): WorkspaceInfo;
  /** Everything that is to be checked. Yields the path of each file that is done. */
  check(snapshot: Snapshot, request?: { readonly paths?: readonly FilePath[] }): Generator<FilePath, CheckReport>;
  /** Findings of one file, its configuration problems included. Costs one statement after a keystroke. */
  checkFile(snapshot: Snapshot, path: FilePath): readonly ReportedFinding[];
  /** Names of what a host may have kept of the projects. */
  memoryKeys(snapshot: Snapshot): readonly string[];
  /** What is worth keeping for another process after a check, by name, as lines of text; derived data only. */
  memories(snapshot: Snapshot): ReadonlyMap<string, readonly string[]>;
  contracts(snapshot: Snapshot): readonly ContractStatus[];
  /** @param words as `contracts.baseline` of schemaward.yaml takes them */
  setBaseline(snapshot: Snapshot, root: FilePath, words: string): Proposal | Refusal;
  /** The baseline's content of a contract: other than that of now, or of a file that is gone. */
  baselineText(snapshot: Snapshot, path: FilePath): FileContent | undefined;
  /** Contracts of two places compared, whatever workspace they lie in. */
  compat(request: CompareRequest): CompatReport;
  /** Names that a profile may have. */
  profiles(): readonly string[];
  /** Endings and names of files that contracts and their tools' configuration have. */
  contractFiles(): { readonly endings: readonly string[]; readonly names: readonly string[] };
  status(snapshot: Snapshot): StatusReport;
  fileInfo(snapshot: Snapshot, path: FilePath): FileInfo;
  hover(snapshot: Snapshot, path: FilePath, offset: number): HoverInfo | undefined;
  definition(snapshot: Snapshot, path: FilePath, offset: number): readonly Place[];
  /** Uses of a contract's element. */
  references(snapshot: Snapshot, path: FilePath, offset: number, withDeclaration: boolean): readonly Place[];
  renameable(snapshot: Snapshot, path: FilePath, offset: number): Renameable | Refusal;
  rename(snapshot: Snapshot, path: FilePath, offset: number, name: string): Proposal | Refusal;
  /** Words of a contract for semantic highlighting. */
  tokens(snapshot: Snapshot, path: FilePath, side?: Side): readonly Token[];
  symbols(snapshot: Snapshot, path: FilePath): readonly SymbolInfo[];
  lockHints(snapshot: Snapshot, path: FilePath, span: Span): readonly LockHint[];
  /** Completions in schemaward.yaml and in contracts. */
  complete(snapshot: Snapshot, path: FilePath, offset: number): readonly Completion[];
  actions(snapshot: Snapshot, path: FilePath, span: Span): readonly ActionOffer[];
  /** What can be done to a file as a whole: at most one offer, to fix all that one edit of it settles. */
  sourceActions(snapshot: Snapshot, path: FilePath): readonly ActionOffer[];
  resolveAction(snapshot: Snapshot, data: ActionData): Proposal | Refusal;
  /** @param from the statement that stands on this line (1-based) completes the request */
  scaffold(
    snapshot: Snapshot,
    project: string | undefined,
    request: PlanRequest,
    from?: { readonly path: FilePath; readonly line: number },
  ): Proposal | Refusal;
  promote(snapshot: Snapshot, id: string): Proposal | Refusal;
  newMigration(snapshot: Snapshot, project: string, description: string): Proposal | Refusal;
  /** Rows of a history table (column name in lower case -> value) in the core's words. */
  historyRows(
    snapshot: Snapshot,
    project: string,
    raw: readonly Readonly<Record<string, unknown>>[],
  ): readonly HistoryRow[];
  /** The tool's checksum of a text for a migration: lets a host find the applied text among git's blobs. */
  checksum(snapshot: Snapshot, path: FilePath, text: string): number | string | undefined;
  explain(rule: string): RulePage | undefined;
  rules(): readonly RulePage[];
  dialects(): readonly DialectInfo[];
  /** File names (with `*`) of contracts and of configurations: the host indexes and watches them. */
  configPatterns(): readonly string[];
  /** JSON schema of schemaward.yaml. */
  configSchema(): unknown;
}
