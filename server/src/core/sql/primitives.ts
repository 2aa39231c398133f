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
  readonly old: PairedColumn;
  readonly new: PairedColumn;
  /** The new value from `{old}`; the old one from `{new}`: `{}` stands for the value. */
  readonly forward: string;
  /** Undefined: nobody writes the new column yet, so it only follows. */
  readonly backward?: string;
  /** What an insert that names neither column gets, as the old column's default gave it. */
  readonly defaultTo?: string;
  readonly comment: string;
}

export interface PairedColumn {
  readonly name: string;
  /** As written, with its collation. */
  readonly type: string;
}

export interface Pieces {
  readonly create: readonly string[];
  readonly drop: readonly string[];
}

/** Rows that a backfill fills: `set` where `where` still holds. */
export interface Fill {
  readonly set: string;
  readonly where: string;
  readonly batch: number;
}

/** Blocks that recipes compose. A dialect that lacks one cannot offer the recipes that need it. */
export interface Primitives {
  /** Gives up instead of queueing before everybody else. */
  readonly lockTimeout: string;
  /** Fails where a policy would hide rows, instead of passing over them. */
  readonly seeEveryRow: { readonly transaction: string; readonly session: string; readonly reset: string };
  syncPair(pair: SyncPair): Pieces;
  /** Writes without a value get the default instead of NULL. */
  fillDefault(on: PlanTable, name: string, column: string, value: string, comment: string): Pieces;
  /** Batches with a commit after each; starts again where it stopped. One statement, outside a transaction. */
  backfill(on: PlanTable, fill: Fill): readonly string[];
  /** Stops with the message while the condition finds a row. */
  guard(on: PlanTable, condition: string, message: string): string;
  /** Stops with the message while the function of a trigger on the table still names the column. */
  triggersForget(on: PlanTable, column: string, message: string): string;
  /** Two values of one type differ, as far as a reader could ever tell. */
  differ(type: string, a: string, b: string): string;
}
