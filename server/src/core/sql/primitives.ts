import type { Table } from '../schema/catalog.ts';

/** Where the statements of a plan work. Names are quoted already. */
export interface PlanTable {
  /** As statements name it: qualified where the search path would not find it. */
  readonly name: string;
  readonly table: Table;
  /** `schema.` for objects that are made beside the table, or nothing. */
  readonly prefix: string;
}

/** Both columns carry the same value, whoever writes which. Expressions speak of the bare column names. */
export interface SyncPair {
  readonly on: PlanTable;
  /** Name of the trigger and its function, not quoted. */
  readonly name: string;
  readonly old: string;
  readonly new: string;
  /** The new value from `{old}`; the old one from `{new}`: `{}` stands for the value. */
  readonly forward: string;
  /** Undefined: nobody writes the new column yet, so it only follows. */
  readonly backward?: string;
  /** What an insert that names neither column gets, as the old column's default gave it. */
  readonly defaultTo?: string;
  readonly comment: string;
}

export interface Pieces {
  readonly create: readonly string[];
  readonly drop: readonly string[];
}

/** Blocks that recipes compose. A dialect that lacks one cannot offer the recipes that need it. */
export interface Primitives {
  /** Gives up instead of queueing before everybody else. */
  readonly lockTimeout: string;
  syncPair(pair: SyncPair): Pieces;
  /** Writes without a value get the default instead of NULL. */
  fillDefault(on: PlanTable, name: string, column: string, value: string, comment: string): Pieces;
  /** Batches with a commit after each; starts again where it stopped. Runs outside a transaction. */
  backfill(on: PlanTable, name: string, set: string, where: string, batch: number): readonly string[];
  /** Stops with the message while the condition finds a row. */
  guard(on: PlanTable, condition: string, message: string): string;
}
