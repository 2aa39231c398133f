/** How large a table of a running database is. Bytes are measured, rows are what the database believes. */
export interface TableSize {
  readonly rows?: number;
  /** Without indexes; of a partitioned table all partitions together. */
  readonly bytes: number;
  readonly indexBytes: number;
  /** Rows inserted, updated and deleted in an hour, on average since `writesSince`. */
  readonly writesPerHour?: number;
}

/** What was measured of one project's database. Times are `YYYY-MM-DDTHH:MM:SSZ`. */
export interface Statistics {
  readonly target: string;
  readonly measured: string;
  /** Since when the database counts writes, where it knows that. */
  readonly writesSince?: string;
  /** By `schema.table`. */
  readonly tables: ReadonlyMap<string, TableSize>;
}
