import type { Catalog, Column, Constraint, Index, Table } from '../schema/catalog.ts';
import type { DataType } from '../schema/types.ts';
import type { SqlTarget } from './dialect.ts';

/** Where the statements of a plan work. Names are quoted already. */
export interface PlanTable {
  /** As statements name it: qualified where the search path would not find it. */
  readonly name: string;
  readonly table: Table;
  /** `schema.` for objects that are made beside the table, or nothing. */
  readonly prefix: string;
}

/** A column of a plan under the name that it has at that moment, not quoted. */
export interface PlanColumn {
  readonly name: string;
  /** As statements write it. */
  readonly type: string;
  /** `text`: the type has no equality that tells every two values apart (`json`, `citext`, shapes). */
  readonly comparedAs: 'value' | 'text';
}

/** Statements without their `;`. */
export interface Pieces {
  readonly create: readonly string[];
  readonly drop: readonly string[];
}

/** What every trigger of a plan has. */
interface TriggerBase {
  readonly on: PlanTable;
  /** Of the trigger and its function, not quoted. */
  readonly name: string;
  /** Stands on the trigger in the database. */
  readonly comment: string;
}

/** How one column's value follows from the row. */
export interface Conversion {
  /** In terms of bare column names; undefined: the value as it is. */
  readonly expression?: string;
  /** Some values have no counterpart: the write goes on and leaves NULL. */
  readonly mayFail: boolean;
}

/** Both columns carry the same value, whoever writes which. */
export interface SyncPair extends TriggerBase {
  readonly old: PlanColumn;
  readonly new: PlanColumn;
  readonly forward: Conversion;
  readonly backward: Conversion;
  /** What an insert that names neither column gets, as the default gave it before. */
  readonly defaultTo?: string;
}

/** A column that nobody writes yet and that follows another one. */
export interface Follower extends TriggerBase {
  readonly old: PlanColumn;
  readonly new: PlanColumn;
  readonly forward: Conversion;
}

/** A writer that leaves the column NULL gets the value. */
export interface Filler extends TriggerBase {
  readonly column: string;
  readonly value: string;
}

export interface Backfill {
  readonly on: PlanTable;
  /** `column = expression`, in SQL. */
  readonly set: string;
  /** Rows that still need it. */
  readonly where: string;
  readonly batch: number;
  /** Nothing else fills the rows that writers move about meanwhile. */
  readonly alone: boolean;
}

/** Something of the old column made for the new one: built while both live, swapped into place by the contract. */
export interface Copied {
  readonly kind: 'index' | 'check' | 'foreign-key';
  /** What it is called until the contract, and what the one-step change would have called it. Not quoted. */
  readonly temporary: string;
  readonly final: string;
  readonly build: readonly string[];
  readonly validate: readonly string[];
  /** In the contract, before the old column goes. */
  readonly beforeDrop: readonly string[];
  /** In the contract, after it. */
  readonly afterDrop: readonly string[];
  readonly undo: readonly string[];
}

/** NOT NULL without a scan under a lock that blocks. */
export interface OnlineNotNull {
  readonly add: string;
  readonly validate: string;
  /** In the contract: the column is NOT NULL, and nothing else is left of it. */
  readonly finish: readonly string[];
  readonly undo: string;
}

/** What a copied object is made for: columns of a table under other names. */
export interface Swap {
  readonly on: PlanTable;
  readonly from: string;
  readonly to: string;
}

/** Blocks that recipes compose; the dialect's SQL stands here and nowhere else. A dialect without them has no plans. */
export interface Primitives {
  /** First in a transaction that changes a table in use: give up instead of letting everybody queue. */
  readonly settings: readonly string[];
  column(name: string, type: DataType, catalog: Catalog): PlanColumn;
  /** Definition of a table for statements. */
  table(table: Table, catalog: Catalog): PlanTable;
  addColumn(on: PlanTable, column: string, type: string, collation?: string): string;
  dropColumn(on: PlanTable, column: string): string;
  renameColumn(on: PlanTable, column: string, to: string): string;
  /** Undefined drops it. */
  setDefault(on: PlanTable, column: string, expression: string | undefined): string;
  dropNotNull(on: PlanTable, column: string): string;
  setNotNull(on: PlanTable, column: string): string;
  /** The one-step change that a plan stands for; read, never run. */
  changeType(on: PlanTable, column: string, type: string, using: string | undefined): string;
  addRequired(on: PlanTable, column: string, type: string, defaultTo: string | undefined): string;
  /** A whole column as it was, NOT NULL only where something fills it. */
  restoreColumn(on: PlanTable, column: Column): string;
  sync(pair: SyncPair): Pieces;
  follow(follower: Follower): Pieces;
  fill(filler: Filler): Pieces;
  /** One statement that commits after each batch and can be run again. Runs outside a transaction. */
  backfill(backfill: Backfill): string;
  /** Stops with the message while the condition finds a row. */
  guard(on: PlanTable, condition: string, message: string): string;
  /** Two values of one column type are not the same, NULL included. */
  differ(a: string, b: string, comparedAs: PlanColumn['comparedAs']): string;
  /** The value of the old column as the new type, in terms of bare column names. */
  cast(expression: string, type: string): string;
  /** An expression of the table's row with one of its columns under another name. */
  renamed(expression: string, from: string, to: string): string;
  count(on: PlanTable, counts: Readonly<Record<string, string>>): string;
  notNull(on: PlanTable, column: string, name: string, final: string, target: SqlTarget): OnlineNotNull;
  /** What the engine calls a NOT NULL that nobody named. */
  notNullName(table: Table, column: string): string;
  copyIndex(swap: Swap, index: Index, constraint: Constraint | undefined, temporary: string): Copied;
  /** @param owner the table that has the constraint: the swapped one, or one that points to it */
  copyConstraint(swap: Swap, owner: PlanTable, constraint: Constraint, temporary: string, catalog: Catalog): Copied;
  /** The sequence behind a serial follows the column that takes its place. */
  giveSequence(sequence: { readonly schema: string; readonly name: string }, on: PlanTable, column: string): string;
  /** `nextval` of a sequence by its full name, wherever the search path points. */
  nextValue(sequence: { readonly schema: string; readonly name: string }): string;
  /** The view's statement with the column under its new name and the view's own column names as they were. */
  viewOver(statement: string, on: PlanTable, from: string, to: string): string | undefined;
}
