/** One statement that a real server runs and that we predict. */
export interface ImpactCase {
  /** Key of the impact row that it shows. */
  readonly row: string;
  readonly setup: string;
  readonly sql: string;
  /** Majors that accept it. */
  readonly from?: number;
  readonly to?: number;
  /** It refuses a transaction block: locks are read from another session. */
  readonly outside?: boolean;
  /** Our prediction says itself that it is the worst case: measured may be less, never more. */
  readonly worst?: boolean;
  /** Relation files change for another reason than a rewrite of rows (TRUNCATE). */
  readonly emptied?: boolean;
  /** Whether it scans, and what it only reads, depends on plans and rows (DML); or it copies files and counts no scan. */
  readonly planned?: boolean;
}

/** `t` with three indexes and rows, `par` that may be referenced, `big` that references it. */
export const BASE = `
  CREATE TABLE par (id int PRIMARY KEY, code text NOT NULL UNIQUE);
  CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(50), n int NOT NULL DEFAULT 1, d text);
  CREATE INDEX t_b ON t (b);
  CREATE INDEX t_expr ON t (lower(d));
  INSERT INTO par SELECT g, g::text FROM generate_series(1, 30) g;
  INSERT INTO t SELECT g, g, g::text, g, g::text FROM generate_series(1, 20) g;
`;

/** A table that references `par`, by `par_id`. */
export const CHILD = `${BASE}
  CREATE TABLE child (id int PRIMARY KEY, par_id int CONSTRAINT child_par REFERENCES par (id), x int);
  INSERT INTO child SELECT g, g, g FROM generate_series(1, 20) g;
`;

/** `p`, partitioned by range over `k`: two partitions and a default one, all with rows. */
export const PARTITIONED = `
  CREATE TABLE par (id int PRIMARY KEY, code text NOT NULL UNIQUE);
  INSERT INTO par SELECT g, g::text FROM generate_series(1, 30) g;
  CREATE TABLE p (k int NOT NULL, a int, b varchar(50)) PARTITION BY RANGE (k);
  CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
  CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
  CREATE TABLE pd PARTITION OF p DEFAULT;
  INSERT INTO p SELECT g, g, g::text FROM generate_series(1, 25) g;
`;

/** As `PARTITIONED`, without a default partition. */
export const NO_DEFAULT = `
  CREATE TABLE p (k int NOT NULL, a int, b varchar(50)) PARTITION BY RANGE (k);
  CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
  CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
  INSERT INTO p SELECT g, g, g::text FROM generate_series(1, 19) g;
`;
