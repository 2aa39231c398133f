import type { Statistics } from '#core/model/statistics.ts';

/** How to reach one history table. `password` and `url` may be secrets: they go to the driver and nowhere else. */
export interface Connection {
  readonly url: string;
  /** Folder that a relative path in `url` starts from. */
  readonly root: string;
  readonly user?: string;
  readonly password?: string;
}

export interface HistoryQuery {
  readonly schema?: string;
  readonly table: string;
}

export type RawRow = Readonly<Record<string, unknown>>;

/** What came of one attempt. Reasons are free of secrets and say what a person can do. */
export type HistoryResult =
  | { readonly kind: 'rows'; readonly rows: readonly RawRow[]; readonly serverVersion?: number }
  | {
      readonly kind: 'no-table';
      readonly table: string;
      /** The schema holds something already: the tool may want a baseline there. */
      readonly inUse: boolean;
      readonly serverVersion?: number;
    }
  | Refused;

export type Refused =
  /** It asks for one, or refused the one that it got. */
  { readonly kind: 'needs-password'; readonly reason: string } | { readonly kind: 'failed'; readonly reason: string };

/** Sizes of the tables of a database, by `schema.table`. */
export interface Measured extends Pick<Statistics, 'tables' | 'writesSince'> {
  readonly kind: 'sizes';
}

/** One kind of database: a file here and a line in `history/index.ts`. */
export interface HistoryEngine {
  readonly id: string;
  accepts(url: string): boolean;
  read(connection: Connection, query: HistoryQuery): Promise<HistoryResult>;
  /** How large its tables are; missing where it cannot be asked. */
  measure?(connection: Connection): Promise<Measured | Refused>;
}
