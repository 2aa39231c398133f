import type { FilePath } from './text.ts';

export type MigrationKind = 'versioned' | 'undo' | 'baseline' | 'repeatable' | 'callback';

/** One migration file as its tool sees it. Statements are read separately (`sql/script.ts`). */
export interface Migration {
  /** Unique in its project and stable across edits of the text (Flyway: the script name in its location). */
  readonly id: string;
  readonly kind: MigrationKind;
  readonly file: FilePath;
  /** As the tool displays it; undefined for repeatables and callbacks. */
  readonly version?: string;
  readonly description: string;
  /** Path relative to its location, `/` separators: what the history table calls `script`. */
  readonly script: string;
  /** SQL, or code that cannot be examined (Java, a shell script). */
  readonly language: 'sql' | 'code';
  /** The tool's script configuration file, when there is one. */
  readonly configFile?: FilePath;
  /** Its configuration says that placeholders are not replaced: the text runs as it stands. */
  readonly literal?: boolean;
}

/** Closed union over all tools; each tool maps its own words to it and keeps them in `toolState`. */
export type State =
  | 'pending'
  | 'applied'
  | 'out-of-order'
  | 'failed'
  | 'missing'
  | 'failed-missing'
  | 'future'
  | 'failed-future'
  | 'ignored'
  | 'above-target'
  | 'below-baseline'
  | 'baseline'
  | 'baseline-ignored'
  | 'outdated'
  | 'superseded'
  | 'deleted'
  | 'undone'
  | 'available'
  | 'on-base';

/** One line of the tool's own `info`. A migration may have several (an outdated repeatable is also pending). */
export interface StateEntry {
  /** `Migration.id`, or the history's script when no file is left. */
  readonly id: string;
  readonly kind: MigrationKind;
  readonly file?: FilePath;
  readonly version?: string;
  readonly description: string;
  readonly state: State;
  /** The tool's own word ("Out of Order"). */
  readonly toolState: string;
  /** The tool's own type word ("SQL", "BASELINE"). */
  readonly type: string;
  readonly checksum?: number | string;
  readonly installedOn?: string;
  readonly installedBy?: string;
  /** Milliseconds. */
  readonly executionTime?: number;
  readonly rank?: number;
  /** The file differs from what was applied. */
  readonly changed: boolean;
}

/** A row of the tool's history table, already in the core's words. Times are text as the database gave it. */
export interface HistoryRow {
  readonly rank: number;
  readonly version?: string;
  readonly description: string;
  readonly type: string;
  readonly script: string;
  readonly checksum?: number | string;
  readonly installedBy: string;
  readonly installedOn: string;
  readonly executionTime: number;
  readonly success: boolean;
}

/** What the host found out about one target. */
export interface TargetSnapshot {
  readonly name: string;
  readonly kind: 'database' | 'file';
  readonly role?: string;
  readonly asOf: string;
  readonly result:
    | { readonly kind: 'rows'; readonly rows: readonly HistoryRow[] }
    /** `inUse`: the schema holds something already. */
    | { readonly kind: 'no-table'; readonly table: string; readonly inUse: boolean }
    | { readonly kind: 'not-connected' }
    | { readonly kind: 'failed'; readonly reason: string };
  /** Major version of the server, when it was asked. */
  readonly serverVersion?: number;
}

/** The base branch as git sees it from here. */
export interface BaseSnapshot {
  /** What it was resolved to (`origin/main`); undefined with a problem. */
  readonly ref?: string;
  /** The merge base itself. */
  readonly commit?: string;
  readonly problem?: 'no-git' | 'ignored' | 'untrusted' | 'unborn' | 'no-base' | 'shallow';
  /** Files at the merge base: what is not in it is new. */
  readonly mergeBase: ReadonlySet<FilePath>;
  /** Files at the tip: order and duplicates are judged against it. Includes files that are not in the work tree. */
  readonly tip: ReadonlySet<FilePath>;
  /** Text at the merge base of files whose content differs from it now. */
  readonly changed: ReadonlyMap<FilePath, string>;
}
