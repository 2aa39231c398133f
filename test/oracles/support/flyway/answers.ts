/** One line of `info`. `state` is the display name; `version` is null for a repeatable, `checksum` a signed int32. */
export interface InfoEntry {
  readonly category: '' | 'Versioned' | 'Repeatable' | 'Undo' | 'Baseline';
  readonly version: string | null;
  readonly description: string;
  readonly type: string;
  readonly script: string;
  readonly state: string;
  readonly checksum: number | null;
  readonly installedRank: number | null;
  /** ISO 8601 in UTC. */
  readonly installedOn: string | null;
  readonly installedBy: string | null;
  readonly physicalLocation: string | null;
}

/** `version` is empty for a repeatable. */
export interface InvalidMigration {
  readonly version: string;
  readonly description: string;
  readonly physicalLocation: string;
  readonly errorCode: string;
  readonly errorMessage: string;
}

export interface RepairedRow {
  readonly version: string;
  readonly description: string;
}

/** What each operation answers when it does not throw. */
export interface FlywayValues {
  readonly info: readonly InfoEntry[];
  readonly validate: readonly InvalidMigration[];
  readonly migrate: {
    readonly initialSchemaVersion: string | null;
    readonly targetSchemaVersion: string | null;
    readonly migrations: readonly {
      readonly category: string;
      readonly version: string;
      readonly description: string;
      readonly type: string;
      readonly physicalLocation: string;
    }[];
    readonly warnings: readonly string[];
  };
  readonly repair: {
    readonly actions: readonly string[];
    readonly removed: readonly RepairedRow[];
    readonly deleted: readonly RepairedRow[];
    readonly aligned: readonly RepairedRow[];
    readonly warnings: readonly string[];
  };
  readonly baseline: { readonly baselineVersion: string; readonly warnings: readonly string[] };
  readonly clean: { readonly schemasCleaned: readonly string[]; readonly warnings: readonly string[] };
}

export type FlywayOperation = keyof FlywayValues;

/** `error` is the simple class name of what Flyway threw. */
export interface FlywayFailure {
  readonly error: string;
  readonly message: string | null;
}

export type FlywayAnswer<O extends FlywayOperation> = { readonly value: FlywayValues[O] } | FlywayFailure;
