import type { Compat, Rollback } from '../../../../model/impact.ts';
import type { LockMode } from './modes.ts';

/** One row of docs/impact/postgresql.md: what a form of statement does to the relation it names. */
export interface ImpactRow {
  /** The form, as a person would name it. */
  readonly title: string;
  /** On the relation that the statement names; undefined where it takes none on a table, view, index or sequence. */
  readonly lock?: LockMode;
  readonly compat: Compat;
  readonly rollback: Rollback;
  /** Undefined: allowed inside a transaction block. */
  readonly transaction?: 'forbidden';
  /** Undefined: measured on 10 to 18 by test/oracles/impact.test.ts. */
  readonly evidence?: 'documented' | 'derived';
}

const AE = 'ACCESS EXCLUSIVE';
const SUE = 'SHARE UPDATE EXCLUSIVE';
const SRE = 'SHARE ROW EXCLUSIVE';

/** Row key -> row. Keys are anchors of the page and never change meaning. */
export const IMPACT_ROWS = {
  'create-schema': { title: 'CREATE SCHEMA', compat: 'additive', rollback: 'trivial' },
  'drop-schema': { title: 'DROP SCHEMA', compat: 'destructive', rollback: 'impossible' },
  'rename-schema': { title: 'ALTER SCHEMA RENAME', compat: 'breaking', rollback: 'trivial' },

  'create-table': { title: 'CREATE TABLE', compat: 'additive', rollback: 'lossy' },
  'create-table-references': { title: 'CREATE TABLE with REFERENCES', compat: 'additive', rollback: 'lossy' },
  'create-partition': { title: 'CREATE TABLE PARTITION OF', compat: 'additive', rollback: 'lossy' },
  'create-table-inherits': { title: 'CREATE TABLE INHERITS', compat: 'additive', rollback: 'lossy' },
  'create-table-as': { title: 'CREATE TABLE AS, SELECT INTO', compat: 'additive', rollback: 'lossy' },
  'drop-table': { title: 'DROP TABLE', lock: AE, compat: 'destructive', rollback: 'impossible' },
  'rename-table': { title: 'ALTER TABLE RENAME TO', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'set-table-schema': { title: 'ALTER TABLE SET SCHEMA', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'if-exists-missing': { title: 'IF EXISTS on an object that is not there', compat: 'none', rollback: 'none' },
  'create-index-present': {
    title: 'CREATE INDEX IF NOT EXISTS of an index that is there',
    lock: 'SHARE',
    compat: 'none',
    rollback: 'none',
  },
  'if-not-exists-present': {
    title: 'IF NOT EXISTS on an object that is there',
    compat: 'none',
    rollback: 'none',
  },

  'add-column': {
    title: 'ADD COLUMN, nullable or with a constant or stable default',
    lock: AE,
    compat: 'additive',
    rollback: 'lossy',
  },
  'add-column-present': {
    title: 'ADD COLUMN IF NOT EXISTS of a column that is there',
    lock: AE,
    compat: 'none',
    rollback: 'none',
  },
  'add-column-required': {
    title: 'ADD COLUMN NOT NULL without a default (fails unless the table is empty)',
    lock: AE,
    compat: 'breaking',
    rollback: 'lossy',
  },
  'add-column-volatile-default': {
    title: 'ADD COLUMN with a volatile default',
    lock: AE,
    compat: 'additive',
    rollback: 'lossy',
  },
  'add-column-serial': { title: 'ADD COLUMN serial', lock: AE, compat: 'additive', rollback: 'lossy' },
  'add-column-identity': {
    title: 'ADD COLUMN GENERATED AS IDENTITY',
    lock: AE,
    compat: 'additive',
    rollback: 'lossy',
  },
  'add-column-generated-stored': {
    title: 'ADD COLUMN GENERATED ALWAYS AS (...) STORED',
    lock: AE,
    compat: 'additive',
    rollback: 'trivial',
  },
  'add-column-generated-virtual': {
    title: 'ADD COLUMN GENERATED ALWAYS AS (...) VIRTUAL (18)',
    lock: AE,
    compat: 'additive',
    rollback: 'trivial',
  },
  'add-column-constrained-domain': {
    title: 'ADD COLUMN of a domain with constraints',
    lock: AE,
    compat: 'additive',
    rollback: 'lossy',
  },
  'add-column-check': { title: 'ADD COLUMN with CHECK', lock: AE, compat: 'additive', rollback: 'lossy' },
  'add-column-unique': {
    title: 'ADD COLUMN with UNIQUE or PRIMARY KEY',
    lock: AE,
    compat: 'additive',
    rollback: 'lossy',
  },
  'add-column-references': {
    title: 'ADD COLUMN with REFERENCES, no default',
    lock: AE,
    compat: 'additive',
    rollback: 'lossy',
  },
  'add-column-references-default': {
    title: 'ADD COLUMN with REFERENCES and a default',
    lock: AE,
    compat: 'additive',
    rollback: 'lossy',
  },
  'drop-column': { title: 'DROP COLUMN', lock: AE, compat: 'destructive', rollback: 'impossible' },
  'drop-column-missing': {
    title: 'DROP COLUMN IF EXISTS of a column that is not there',
    lock: AE,
    compat: 'none',
    rollback: 'none',
  },
  'rename-column': { title: 'RENAME COLUMN', lock: AE, compat: 'breaking', rollback: 'trivial' },

  'column-type-rewrite': {
    title: 'ALTER COLUMN TYPE that stores values differently',
    lock: AE,
    compat: 'breaking',
    rollback: 'costly',
  },
  'column-type-timezone': {
    title: 'ALTER COLUMN TYPE between timestamp and timestamptz (no rewrite only where TimeZone is UTC)',
    lock: AE,
    compat: 'breaking',
    rollback: 'costly',
  },
  'column-type-free': {
    title: 'ALTER COLUMN TYPE that keeps the stored values',
    lock: AE,
    compat: 'additive',
    rollback: 'costly',
  },
  'column-type-check': {
    title: 'ALTER COLUMN TYPE that keeps the stored values, on a column that a CHECK uses',
    lock: AE,
    compat: 'additive',
    rollback: 'costly',
  },
  'column-type-index': {
    title: 'ALTER COLUMN TYPE that keeps the stored values but not an index over them',
    lock: AE,
    compat: 'additive',
    rollback: 'costly',
  },
  'column-collation': {
    title: 'ALTER COLUMN TYPE with another COLLATE only',
    lock: AE,
    compat: 'none',
    rollback: 'costly',
  },

  'set-not-null-scan': {
    title: 'SET NOT NULL without a validated proof',
    lock: AE,
    compat: 'breaking',
    rollback: 'trivial',
  },
  'set-not-null-proven': {
    title: 'SET NOT NULL proven by a validated CHECK or already NOT NULL',
    lock: AE,
    compat: 'breaking',
    rollback: 'trivial',
  },
  'drop-not-null': { title: 'DROP NOT NULL', lock: AE, compat: 'breaking', rollback: 'costly' },
  'set-default': { title: 'SET DEFAULT', lock: AE, compat: 'additive', rollback: 'trivial' },
  'drop-default': { title: 'DROP DEFAULT', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'set-identity': {
    title: 'ADD, SET or DROP GENERATED AS IDENTITY',
    lock: AE,
    compat: 'breaking',
    rollback: 'trivial',
  },
  'set-expression': {
    title: 'SET EXPRESSION of a stored generated column (17)',
    lock: AE,
    compat: 'breaking',
    rollback: 'costly',
  },
  'set-expression-virtual': {
    title: 'SET EXPRESSION of a virtual generated column (18)',
    lock: AE,
    compat: 'breaking',
    rollback: 'trivial',
  },
  'drop-expression': { title: 'DROP EXPRESSION', lock: AE, compat: 'breaking', rollback: 'costly' },

  'add-check': { title: 'ADD CHECK', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'add-check-not-valid': { title: 'ADD CHECK NOT VALID', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'add-check-not-enforced': {
    title: 'ADD CHECK NOT ENFORCED (18)',
    lock: AE,
    compat: 'additive',
    rollback: 'trivial',
  },
  'add-not-null': { title: 'ADD CONSTRAINT NOT NULL (18)', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'add-not-null-not-valid': {
    title: 'ADD CONSTRAINT NOT NULL NOT VALID (18)',
    lock: AE,
    compat: 'breaking',
    rollback: 'trivial',
  },
  'add-foreign-key': { title: 'ADD FOREIGN KEY', lock: SRE, compat: 'breaking', rollback: 'trivial' },
  'add-foreign-key-not-valid': {
    title: 'ADD FOREIGN KEY NOT VALID',
    lock: SRE,
    compat: 'breaking',
    rollback: 'trivial',
  },
  'add-foreign-key-not-enforced': {
    title: 'ADD FOREIGN KEY NOT ENFORCED (18)',
    lock: SRE,
    compat: 'additive',
    rollback: 'trivial',
  },
  'add-unique': { title: 'ADD UNIQUE', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'add-primary-key': { title: 'ADD PRIMARY KEY', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'add-exclude': { title: 'ADD EXCLUDE', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'add-unique-using-index': {
    title: 'ADD UNIQUE USING INDEX',
    lock: AE,
    compat: 'none',
    rollback: 'costly',
  },
  'add-primary-key-using-index': {
    title: 'ADD PRIMARY KEY USING INDEX on columns that are NOT NULL',
    lock: AE,
    compat: 'none',
    rollback: 'costly',
  },
  'add-primary-key-using-index-nullable': {
    title: 'ADD PRIMARY KEY USING INDEX on a nullable column',
    lock: AE,
    compat: 'breaking',
    rollback: 'costly',
  },
  'validate-check': { title: 'VALIDATE CONSTRAINT of a CHECK', lock: SUE, compat: 'none', rollback: 'none' },
  'validate-not-null': {
    title: 'VALIDATE CONSTRAINT of a NOT NULL (18)',
    lock: SUE,
    compat: 'none',
    rollback: 'none',
  },
  'validate-foreign-key': {
    title: 'VALIDATE CONSTRAINT of a foreign key',
    lock: SUE,
    compat: 'none',
    rollback: 'none',
  },
  'validate-validated': {
    title: 'VALIDATE CONSTRAINT of one that is validated',
    lock: SUE,
    compat: 'none',
    rollback: 'none',
  },
  'drop-constraint': {
    title: 'DROP CONSTRAINT of a CHECK, UNIQUE, PRIMARY KEY or EXCLUDE',
    lock: AE,
    compat: 'additive',
    rollback: 'costly',
  },
  'drop-foreign-key': { title: 'DROP CONSTRAINT of a foreign key', lock: AE, compat: 'additive', rollback: 'costly' },
  'rename-constraint': { title: 'RENAME CONSTRAINT', lock: AE, compat: 'none', rollback: 'trivial' },
  'alter-constraint': { title: 'ALTER CONSTRAINT', lock: AE, compat: 'none', rollback: 'trivial' },
  'alter-constraint-not-enforced': {
    title: 'ALTER CONSTRAINT NOT ENFORCED (18)',
    lock: AE,
    compat: 'additive',
    rollback: 'costly',
  },
  'alter-constraint-enforced': {
    title: 'ALTER CONSTRAINT ENFORCED (18)',
    lock: AE,
    compat: 'breaking',
    rollback: 'trivial',
  },

  'create-index': { title: 'CREATE INDEX', lock: 'SHARE', compat: 'none', rollback: 'trivial' },
  'create-unique-index': { title: 'CREATE UNIQUE INDEX', lock: 'SHARE', compat: 'breaking', rollback: 'trivial' },
  'create-index-concurrently': {
    title: 'CREATE INDEX CONCURRENTLY',
    lock: SUE,
    compat: 'none',
    rollback: 'trivial',
    transaction: 'forbidden',
  },
  'create-unique-index-concurrently': {
    title: 'CREATE UNIQUE INDEX CONCURRENTLY',
    lock: SUE,
    compat: 'breaking',
    rollback: 'trivial',
    transaction: 'forbidden',
  },
  'drop-index': { title: 'DROP INDEX', lock: AE, compat: 'none', rollback: 'costly' },
  'drop-index-concurrently': {
    title: 'DROP INDEX CONCURRENTLY',
    lock: SUE,
    compat: 'none',
    rollback: 'costly',
    transaction: 'forbidden',
  },
  'rename-index': { title: 'ALTER INDEX RENAME', lock: SUE, compat: 'none', rollback: 'trivial' },

  'attach-partition': { title: 'ATTACH PARTITION', lock: SUE, compat: 'additive', rollback: 'trivial' },
  'attach-partition-checked': {
    title: 'ATTACH PARTITION where a validated CHECK may prove the bound',
    lock: SUE,
    compat: 'additive',
    rollback: 'trivial',
  },
  'detach-partition': { title: 'DETACH PARTITION', lock: AE, compat: 'breaking', rollback: 'costly' },
  'detach-partition-concurrently': {
    title: 'DETACH PARTITION CONCURRENTLY (14)',
    lock: SUE,
    compat: 'breaking',
    rollback: 'costly',
    transaction: 'forbidden',
  },
  'detach-partition-finalize': {
    title: 'DETACH PARTITION FINALIZE (14)',
    evidence: 'documented',
    lock: SUE,
    compat: 'breaking',
    rollback: 'costly',
  },
  inherit: { title: 'INHERIT', lock: AE, compat: 'additive', rollback: 'trivial' },
  'no-inherit': { title: 'NO INHERIT', lock: AE, compat: 'breaking', rollback: 'trivial' },

  'set-logged': { title: 'SET LOGGED, SET UNLOGGED', lock: AE, compat: 'none', rollback: 'costly' },
  'set-logged-noop': {
    title: 'SET LOGGED, SET UNLOGGED on a table that is so',
    lock: AE,
    compat: 'none',
    rollback: 'none',
  },
  'set-tablespace': { title: 'SET TABLESPACE', lock: AE, compat: 'none', rollback: 'costly' },
  'set-access-method': { title: 'SET ACCESS METHOD (15)', lock: AE, compat: 'none', rollback: 'costly' },
  'set-access-method-same': {
    title: 'SET ACCESS METHOD to the one it has (15)',
    lock: AE,
    compat: 'none',
    rollback: 'none',
  },
  'set-storage-parameters': {
    title: 'SET or RESET (storage parameters)',
    lock: SUE,
    compat: 'none',
    rollback: 'trivial',
  },
  'set-column-parameters': {
    title: 'ALTER COLUMN SET or RESET (n_distinct ...)',
    lock: SUE,
    compat: 'none',
    rollback: 'trivial',
  },
  'set-statistics': { title: 'ALTER COLUMN SET STATISTICS', lock: SUE, compat: 'none', rollback: 'trivial' },
  'set-cluster-index': { title: 'CLUSTER ON, SET WITHOUT CLUSTER', lock: SUE, compat: 'none', rollback: 'trivial' },
  'set-storage': { title: 'SET STORAGE, SET COMPRESSION', lock: AE, compat: 'none', rollback: 'trivial' },
  'set-owner': { title: 'OWNER TO', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'set-row-security': {
    title: 'ENABLE, DISABLE, FORCE ROW LEVEL SECURITY',
    lock: AE,
    compat: 'breaking',
    rollback: 'trivial',
  },
  'set-replica-identity': { title: 'REPLICA IDENTITY', lock: AE, compat: 'none', rollback: 'trivial' },
  'set-rule': { title: 'ENABLE, DISABLE RULE', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'set-table-option': { title: 'Any other ALTER TABLE option', lock: AE, compat: 'none', rollback: 'trivial' },
  'set-index-option': {
    title: 'ALTER INDEX SET, RESET, ALTER COLUMN SET STATISTICS',
    lock: SUE,
    compat: 'none',
    rollback: 'trivial',
  },
  'set-index-exclusive': {
    title: 'ALTER INDEX SET TABLESPACE, DEPENDS ON EXTENSION',
    lock: AE,
    compat: 'none',
    rollback: 'trivial',
  },
  'attach-index': { title: 'ALTER INDEX ATTACH PARTITION', lock: SUE, compat: 'none', rollback: 'trivial' },
  'set-materialized-view-option': {
    title: 'ALTER MATERIALIZED VIEW SET (storage parameters), SET STATISTICS',
    lock: SUE,
    compat: 'none',
    rollback: 'trivial',
  },
  'set-view-option': {
    title: 'ALTER VIEW, ALTER MATERIALIZED VIEW options',
    lock: AE,
    compat: 'none',
    rollback: 'trivial',
  },
  'set-trigger': { title: 'ENABLE, DISABLE TRIGGER', lock: SRE, compat: 'breaking', rollback: 'trivial' },

  'create-view': { title: 'CREATE VIEW', compat: 'additive', rollback: 'trivial' },
  'replace-view': {
    title: 'CREATE OR REPLACE VIEW of a view that is there',
    lock: AE,
    compat: 'breaking',
    rollback: 'trivial',
  },
  'create-materialized-view': { title: 'CREATE MATERIALIZED VIEW', compat: 'additive', rollback: 'trivial' },
  'drop-view': { title: 'DROP VIEW', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'drop-materialized-view': {
    title: 'DROP MATERIALIZED VIEW',
    lock: AE,
    compat: 'breaking',
    rollback: 'costly',
  },
  'rename-view': { title: 'ALTER VIEW RENAME', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'rename-view-column': { title: 'ALTER VIEW RENAME COLUMN', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'refresh-view': { title: 'REFRESH MATERIALIZED VIEW', lock: AE, compat: 'none', rollback: 'none' },
  'refresh-view-no-data': {
    title: 'REFRESH MATERIALIZED VIEW WITH NO DATA',
    lock: AE,
    compat: 'breaking',
    rollback: 'costly',
  },
  'refresh-view-concurrently': {
    title: 'REFRESH MATERIALIZED VIEW CONCURRENTLY',
    lock: 'EXCLUSIVE',
    compat: 'none',
    rollback: 'none',
  },

  'create-sequence': { title: 'CREATE SEQUENCE', compat: 'additive', rollback: 'lossy' },
  'alter-sequence': { title: 'ALTER SEQUENCE', lock: SRE, compat: 'none', rollback: 'trivial' },
  'alter-sequence-owner': { title: 'ALTER SEQUENCE OWNER TO', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'drop-sequence': { title: 'DROP SEQUENCE', lock: AE, compat: 'destructive', rollback: 'lossy' },
  'rename-sequence': { title: 'ALTER SEQUENCE RENAME', lock: AE, compat: 'breaking', rollback: 'trivial' },

  'create-type': { title: 'CREATE TYPE', compat: 'additive', rollback: 'trivial' },
  'create-enum': { title: 'CREATE TYPE AS ENUM', compat: 'additive', rollback: 'trivial' },
  'add-enum-value': { title: 'ALTER TYPE ADD VALUE', compat: 'additive', rollback: 'impossible' },
  'rename-enum-value': { title: 'ALTER TYPE RENAME VALUE', compat: 'breaking', rollback: 'trivial' },
  'create-domain': { title: 'CREATE DOMAIN', compat: 'additive', rollback: 'trivial' },
  'alter-domain': { title: 'ALTER DOMAIN that checks no rows', compat: 'none', rollback: 'trivial' },
  'alter-domain-scan': {
    title: 'ALTER DOMAIN ADD CONSTRAINT, SET NOT NULL, VALIDATE CONSTRAINT',
    compat: 'breaking',
    rollback: 'trivial',
  },
  'alter-domain-not-valid': {
    title: 'ALTER DOMAIN ADD CONSTRAINT NOT VALID',
    compat: 'breaking',
    rollback: 'trivial',
  },
  'drop-type': { title: 'DROP TYPE, DROP DOMAIN', compat: 'destructive', rollback: 'impossible' },
  'rename-type': { title: 'ALTER TYPE RENAME', compat: 'breaking', rollback: 'trivial' },

  'create-function': { title: 'CREATE FUNCTION, CREATE PROCEDURE', compat: 'additive', rollback: 'trivial' },
  'replace-function': { title: 'CREATE OR REPLACE FUNCTION', compat: 'breaking', rollback: 'trivial' },
  'drop-function': { title: 'DROP FUNCTION, DROP PROCEDURE', compat: 'breaking', rollback: 'trivial' },
  'create-trigger': { title: 'CREATE TRIGGER', lock: SRE, compat: 'additive', rollback: 'trivial' },
  'drop-trigger': { title: 'DROP TRIGGER', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'rename-trigger': { title: 'ALTER TRIGGER RENAME', lock: AE, compat: 'none', rollback: 'trivial' },

  vacuum: { title: 'VACUUM', lock: SUE, compat: 'none', rollback: 'none', transaction: 'forbidden' },
  'vacuum-full': { title: 'VACUUM FULL', lock: AE, compat: 'none', rollback: 'none', transaction: 'forbidden' },
  cluster: { title: 'CLUSTER', lock: AE, compat: 'none', rollback: 'none' },
  'cluster-all': {
    title: 'CLUSTER without a table',
    compat: 'none',
    rollback: 'none',
    transaction: 'forbidden',
    evidence: 'documented',
  },
  'reindex-table': { title: 'REINDEX TABLE', lock: 'SHARE', compat: 'none', rollback: 'none' },
  'reindex-index': { title: 'REINDEX INDEX', lock: AE, compat: 'none', rollback: 'none' },
  'reindex-concurrently': {
    title: 'REINDEX CONCURRENTLY',
    lock: SUE,
    compat: 'none',
    rollback: 'none',
    transaction: 'forbidden',
  },
  'reindex-all': {
    title: 'REINDEX SCHEMA, DATABASE, SYSTEM',
    compat: 'none',
    rollback: 'none',
    transaction: 'forbidden',
  },
  analyze: { title: 'ANALYZE', lock: SUE, compat: 'none', rollback: 'none' },
  truncate: { title: 'TRUNCATE', lock: AE, compat: 'destructive', rollback: 'impossible' },
  'write-rows': {
    title: 'INSERT, UPDATE, DELETE, MERGE, COPY FROM',
    lock: 'ROW EXCLUSIVE',
    compat: 'none',
    rollback: 'lossy',
  },
  'lock-table': { title: 'LOCK TABLE', lock: AE, compat: 'none', rollback: 'none' },

  'set-session': { title: 'SET, RESET', compat: 'none', rollback: 'none' },
  transaction: { title: 'BEGIN, COMMIT, ROLLBACK, SAVEPOINT', compat: 'none', rollback: 'none' },
  comment: { title: 'COMMENT ON a relation or column', lock: SUE, compat: 'none', rollback: 'trivial' },
  'comment-part': {
    title: 'COMMENT ON a constraint, trigger, rule or policy of a table',
    lock: 'ACCESS SHARE',
    compat: 'none',
    rollback: 'trivial',
  },
  'comment-other': { title: 'COMMENT ON anything else', compat: 'none', rollback: 'trivial' },
  grant: { title: 'GRANT', compat: 'additive', rollback: 'trivial' },
  revoke: { title: 'REVOKE', compat: 'breaking', rollback: 'trivial' },
  'change-policy': { title: 'CREATE, ALTER, DROP POLICY', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'change-rule': { title: 'CREATE, ALTER, DROP RULE', lock: AE, compat: 'breaking', rollback: 'trivial' },
  'change-statistics': { title: 'CREATE, DROP STATISTICS', lock: SUE, compat: 'none', rollback: 'trivial' },
  'change-publication': {
    title: 'CREATE PUBLICATION FOR TABLE, ALTER PUBLICATION ADD TABLE',
    lock: SUE,
    compat: 'additive',
    rollback: 'trivial',
  },
  'change-object': { title: 'Objects that lock no table', compat: 'none', rollback: 'trivial' },
  opaque: { title: 'SQL that is not understood', compat: 'none', rollback: 'none', evidence: 'derived' },
} as const satisfies Readonly<Record<string, ImpactRow>>;

export type RowKey = keyof typeof IMPACT_ROWS;
