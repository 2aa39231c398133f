import type { BaseSnapshot, HistoryRow, Migration, StateEntry, TargetSnapshot } from '../model/migration.ts';
import type { Project, ToolId } from '../model/project.ts';
import type { Phase } from '../model/proposal.ts';
import type { Anchor, FileContent, FilePath } from '../model/text.ts';
import type { MappedText } from '../text/mapped.ts';

/** Every file that the host indexed, by path. Binary and ignored files are not in it. */
export type Files = ReadonlyMap<FilePath, FileContent>;

/** A project as the tool's own configuration says it, before `schemaward.yaml` overrides it. */
export interface Discovered {
  readonly projects: readonly Project[];
  /** What was seen and could not be used, in words for a notice. */
  readonly notices: readonly { readonly id: string; readonly message: string; readonly path?: FilePath }[];
}

/** Migrations in the order in which the tool would run them on an empty database, and what it would not run. */
export interface Timeline {
  readonly migrations: readonly Migration[];
  /** Kinds that never run by themselves: undo scripts, callbacks. */
  readonly others: readonly Migration[];
  readonly ignored: readonly IgnoredFile[];
}

/** A file in a location that the tool passes over without a word. */
export interface IgnoredFile {
  readonly file: FilePath;
  readonly reason:
    | 'no-version'
    | 'bad-version'
    | 'wrong-separator'
    | 'wrong-case-prefix'
    | 'wrong-suffix-case'
    | 'repeatable-with-version'
    | 'unrecognised';
  /** What the tool says of it when it validates names, or undefined. */
  readonly toolMessage?: string;
  /** The name that was most probably meant. */
  readonly suggestion?: string;
}

/** What of an applied migration is not as it was: its text, or the description in its name. */
export type Difference = 'text' | 'description';

/** Neutral facts about order. Rules turn them into findings. */
export type OrderFact =
  | { readonly kind: 'duplicate'; readonly version: string; readonly migration: Migration; readonly other: Migration }
  | {
      readonly kind: 'out-of-order';
      readonly migration: Migration;
      /** The highest version that ran, or stands on the base branch. */
      readonly after: { readonly version: string; readonly file?: FilePath };
      readonly against:
        | { readonly kind: 'history'; readonly target: string }
        | { readonly kind: 'base'; readonly ref: string };
      /** What the tool will do: skip it for ever, refuse, or run it late. */
      readonly effect: 'ignored' | 'refused' | 'runs-late';
    }
  | { readonly kind: 'ignored-file'; readonly ignored: IgnoredFile }
  | {
      readonly kind: 'changed-after-apply';
      readonly migration: Migration;
      readonly difference: Difference;
      /** In the history or on the base branch, and here: checksums or descriptions. Texts of a branch have none. */
      readonly was?: number | string;
      readonly now?: number | string;
      readonly against:
        | { readonly kind: 'history'; readonly target: string }
        | { readonly kind: 'base'; readonly ref: string };
    }
  | {
      readonly kind: 'missing';
      readonly script: string;
      readonly version?: string;
      readonly description: string;
      readonly against:
        | { readonly kind: 'history'; readonly target: string }
        | { readonly kind: 'base'; readonly ref: string } /** A file near which it can be shown. */;
      readonly near?: Migration;
    }
  | { readonly kind: 'undo-without-partner'; readonly migration: Migration }
  | {
      readonly kind: 'implausible-version';
      readonly migration: Migration;
      readonly reason: 'date-does-not-exist' | 'longer-than-others' | 'shorter-than-others' | 'far-future';
      readonly usual: string;
    }
  | { readonly kind: 'gap'; readonly before: Migration; readonly after: Migration; readonly missing: string }
  | { readonly kind: 'case-collision'; readonly migration: Migration; readonly other: Migration }
  | { readonly kind: 'config-problem'; readonly file: FilePath; readonly anchor?: Anchor; readonly message: string };

/** How the tool wraps one migration's statements. `why` is a clause in words. */
export interface TransactionRule {
  readonly mode: 'one-transaction' | 'none' | 'refused';
  readonly why: string;
  /** The tool holds an open transaction beside the migration: CREATE INDEX CONCURRENTLY waits for it for ever. */
  readonly lockHangsConcurrently: boolean;
  /** The tool looks at the statements itself and needs no configuration to run them outside a transaction. */
  readonly detected: boolean;
}

/** SQL that the tool runs on the connection of a migration before it. */
export interface SessionSql {
  readonly text: string;
  /** In the migration's own transaction: `SET LOCAL` holds there. */
  readonly inTransaction: boolean;
}

/** What the project's own file names look like. */
export interface NamingStyle {
  readonly scheme: 'integer' | 'padded-integer' | 'date' | 'timestamp' | 'dotted';
  /** Words for people: "time stamps of 14 digits". */
  readonly words: string;
}

export interface NewMigration {
  readonly description: string;
  readonly kind?: 'versioned' | 'undo' | 'repeatable';
  readonly phase?: Phase;
  /** Place in a row of new files of one proposal: 0 takes the next version, 1 the one after it. */
  readonly nth: number;
}

/** Where a history table is and how its rows are read. The host runs the query; the tool understands the rows. */
export interface HistoryTable {
  readonly schema?: string;
  readonly table: string;
  /** What the tool's configuration calls the database. */
  readonly environment?: string;
  /** Database connection as the tool's own configuration has it; secrets may be placeholders. */
  readonly url?: string;
  readonly user?: string;
  readonly passwordFrom?: string;
}

/** The database a dialect or a version rule talks about, given to the tool where its rules depend on it. */
export interface MigrationTool {
  readonly id: ToolId;
  readonly displayName: string;
  /** File names that may hold configuration: the host reads them, and watches them. */
  readonly configPatterns: readonly string[];
  discover(files: Files, roots: readonly FilePath[]): Discovered;
  /** A project from a `projects` entry of schemaward.yaml; undefined fields are the tool's defaults. */
  configure(
    entry: {
      readonly name?: string;
      readonly root: FilePath;
      readonly locations: readonly string[];
      readonly dialect?: string;
      readonly targetVersion?: number;
      readonly completeFrom?: string;
    },
    files: Files,
  ): Project;
  timeline(project: Project, files: Files): Timeline;
  /** Placeholders substituted; spans of the result map back. */
  text(project: Project, migration: Migration, file: FileContent): MappedText;
  /** The tool's own checksum of the file; undefined where it has none. */
  checksum(project: Project, migration: Migration, text: string): number | string | undefined;
  orderFacts(
    project: Project,
    timeline: Timeline,
    files: Files,
    base: BaseSnapshot,
    target: TargetSnapshot | undefined,
    today: string,
  ): readonly OrderFact[];
  /** Exactly what the tool's own info prints. @param inUse there is no history table, and the schema is not empty. */
  states(
    project: Project,
    timeline: Timeline,
    files: Files,
    rows: readonly HistoryRow[],
    inUse?: boolean,
  ): readonly StateEntry[];
  /** Versions applied in `rows` that have a file, in the order in which the database ran them. */
  appliedOrder(project: Project, timeline: Timeline, rows: readonly HistoryRow[]): readonly Migration[];
  transactionRule(project: Project, migration: Migration, files: Files, statements: readonly string[]): TransactionRule;
  /** Init statements, callbacks and what the connection's URL sets, in order. */
  sessionSql(project: Project, timeline: Timeline, files: Files): readonly SessionSql[];
  historyTable(project: Project): HistoryTable;
  /** Raw rows (column name in lower case -> value) to history rows. */
  historyRows(raw: readonly Readonly<Record<string, unknown>>[]): readonly HistoryRow[];
  /** Does it come before a version that a person wrote? Undefined where the text is no version of this tool. */
  precedes(project: Project, migration: Migration, version: string): boolean | undefined;
  naming(project: Project, timeline: Timeline): NamingStyle;
  /** Path of a new migration file after all that the timeline (and `taken`) has. `now` is `YYYY-MM-DDTHH:MM:SSZ`. */
  newFile(
    project: Project,
    timeline: Timeline,
    wanted: NewMigration,
    now: string,
    taken: readonly FilePath[],
  ): FilePath;
  /** The file renamed to a free version, with its paired files (undo, script configuration). */
  renamed(
    project: Project,
    timeline: Timeline,
    migration: Migration,
    now: string,
  ): readonly { readonly from: FilePath; readonly to: FilePath }[];
  /** Configuration file that makes these statements run outside a transaction; undefined: the tool sees by itself that they must. */
  outsideTransaction(
    project: Project,
    migrationFile: FilePath,
    statements: readonly string[],
  ): { readonly path: FilePath; readonly text: string } | undefined;
  /** What people do before the tool runs a migration again that failed outside a transaction, as a sentence. */
  readonly afterFailure?: string;
  /** Edit of the tool's configuration without which CONCURRENTLY hangs; undefined: it is set already, or cannot be written there. */
  concurrentlySetting(
    project: Project,
    files: Files,
  ):
    | {
        readonly path: FilePath;
        readonly span: { readonly start: number; readonly end: number };
        readonly newText: string;
        readonly creates: boolean;
      }
    | undefined;
}
