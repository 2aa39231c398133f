import { BASE, CHILD, type ImpactCase, PARTITIONED } from './case.ts';

const on = (row: string, form: string, more: Partial<ImpactCase> = {}): ImpactCase => ({
  row,
  setup: BASE,
  sql: `ALTER TABLE t ${form}`,
  ...more,
});
const onP = (row: string, form: string, more: Partial<ImpactCase> = {}): ImpactCase =>
  on(row, '', { setup: PARTITIONED, sql: `ALTER TABLE p ${form}`, ...more });

const INDEXED = `${BASE} CREATE UNIQUE INDEX t_n ON t (n); CREATE UNIQUE INDEX t_a ON t (a); ALTER TABLE t DROP CONSTRAINT t_pkey;`;
const CHECKED = `${BASE} ALTER TABLE t ADD CONSTRAINT a_pos CHECK (a > 0) NOT VALID; ALTER TABLE t ADD CONSTRAINT n_pos CHECK (n > 0);`;
const UNCHECKED_FK = `${BASE} ALTER TABLE t ADD CONSTRAINT a_fk FOREIGN KEY (a) REFERENCES par (id) NOT VALID;`;
const UNENFORCED_FK = `${BASE} ALTER TABLE t ADD CONSTRAINT a_fk FOREIGN KEY (a) REFERENCES par (id) NOT ENFORCED;`;
const REFERENCED_P = `
  CREATE TABLE t (id int PRIMARY KEY, k int);
  CREATE TABLE p (k int PRIMARY KEY) PARTITION BY RANGE (k);
  CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
  CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
  INSERT INTO p SELECT generate_series(1, 19); INSERT INTO t SELECT g, g FROM generate_series(1, 19) g;`;

export const CONSTRAINT_CASES: readonly ImpactCase[] = [
  on('add-check', 'ADD CONSTRAINT c CHECK (a > 0)'),
  on('add-check', 'ADD CHECK (a > 0)'),
  onP('add-check', 'ADD CONSTRAINT c CHECK (a > 0)'),
  on('add-check-not-valid', 'ADD CONSTRAINT c CHECK (a > 0) NOT VALID'),
  onP('add-check-not-valid', 'ADD CONSTRAINT c CHECK (a > 0) NOT VALID'),
  on('add-check-not-enforced', 'ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED', { from: 18 }),
  on('add-not-null', 'ADD CONSTRAINT c NOT NULL a', { from: 18 }),
  on('add-not-null-not-valid', 'ADD CONSTRAINT c NOT NULL a NOT VALID', { from: 18 }),
  on('add-foreign-key', 'ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES par (id)'),
  on('add-foreign-key', 'ADD FOREIGN KEY (a) REFERENCES par'),
  on('add-foreign-key', 'ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES t (id)'),
  on('add-foreign-key', 'ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES par (id) DEFERRABLE INITIALLY DEFERRED'),
  on('add-foreign-key', 'ADD CONSTRAINT c FOREIGN KEY (k) REFERENCES p (k)', { setup: REFERENCED_P, from: 12 }),
  onP('add-foreign-key', 'ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES par (id)'),
  on('add-foreign-key-not-valid', 'ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES par (id) NOT VALID'),
  on('add-foreign-key-not-valid', 'ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES t (id) NOT VALID'),
  onP('add-foreign-key-not-valid', 'ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES par (id) NOT VALID', { from: 18 }),
  on('add-foreign-key-not-enforced', 'ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES par (id) NOT ENFORCED', { from: 18 }),
  on('add-unique', 'ADD CONSTRAINT c UNIQUE (a)'),
  on('add-unique', 'ADD UNIQUE (a, b)'),
  on('add-unique', 'ADD CONSTRAINT c UNIQUE NULLS NOT DISTINCT (a)', { from: 15 }),
  on('add-unique', 'ADD CONSTRAINT c UNIQUE (a) DEFERRABLE'),
  onP('add-unique', 'ADD CONSTRAINT c UNIQUE (k, a)'),
  on('add-primary-key', 'ADD PRIMARY KEY (n)', { setup: `${BASE} ALTER TABLE t DROP CONSTRAINT t_pkey;` }),
  on('add-primary-key', 'ADD PRIMARY KEY (a)', { setup: `${BASE} ALTER TABLE t DROP CONSTRAINT t_pkey;` }),
  on('add-primary-key', 'ADD PRIMARY KEY (n, a)', { setup: `${BASE} ALTER TABLE t DROP CONSTRAINT t_pkey;` }),
  onP('add-primary-key', 'ADD PRIMARY KEY (k)'),
  on('add-exclude', 'ADD CONSTRAINT c EXCLUDE USING btree (a WITH =)'),
  on('add-unique-using-index', 'ADD CONSTRAINT t_a UNIQUE USING INDEX t_a', { setup: INDEXED }),
  on('add-unique-using-index', 'ADD CONSTRAINT renamed UNIQUE USING INDEX t_a', { setup: INDEXED }),
  on('add-primary-key-using-index', 'ADD CONSTRAINT t_n PRIMARY KEY USING INDEX t_n', { setup: INDEXED }),
  on('add-primary-key-using-index', 'ADD PRIMARY KEY USING INDEX t_n', { setup: INDEXED }),
  on('add-primary-key-using-index-nullable', 'ADD CONSTRAINT t_a PRIMARY KEY USING INDEX t_a', { setup: INDEXED }),
  on('validate-check', 'VALIDATE CONSTRAINT a_pos', { setup: CHECKED }),
  onP('validate-check', 'VALIDATE CONSTRAINT c', {
    setup: `${PARTITIONED} ALTER TABLE p ADD CONSTRAINT c CHECK (a > 0) NOT VALID;`,
  }),
  on('validate-validated', 'VALIDATE CONSTRAINT n_pos', { setup: CHECKED }),
  on('validate-not-null', 'VALIDATE CONSTRAINT c', {
    from: 18,
    setup: `${BASE} ALTER TABLE t ADD CONSTRAINT c NOT NULL a NOT VALID;`,
  }),
  on('validate-foreign-key', 'VALIDATE CONSTRAINT a_fk', { setup: UNCHECKED_FK }),
  onP('validate-foreign-key', 'VALIDATE CONSTRAINT c', {
    from: 18,
    setup: `${PARTITIONED} ALTER TABLE p ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES par (id) NOT VALID;`,
  }),
  on('drop-constraint', 'DROP CONSTRAINT n_pos', { setup: CHECKED }),
  on('drop-constraint', 'DROP CONSTRAINT t_pkey'),
  on('drop-constraint', 'DROP CONSTRAINT IF EXISTS nothing'),
  { row: 'drop-constraint', setup: CHILD, sql: 'ALTER TABLE par DROP CONSTRAINT par_pkey CASCADE' },
  onP('drop-constraint', 'DROP CONSTRAINT c', {
    setup: `${PARTITIONED} ALTER TABLE p ADD CONSTRAINT c CHECK (a > 0);`,
  }),
  { row: 'drop-foreign-key', setup: CHILD, sql: 'ALTER TABLE child DROP CONSTRAINT child_par' },
  onP('drop-foreign-key', 'DROP CONSTRAINT c', {
    setup: `${PARTITIONED} ALTER TABLE p ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES par (id);`,
  }),
  on('rename-constraint', 'RENAME CONSTRAINT n_pos TO n_positive', { setup: CHECKED }),
  on('rename-constraint', 'RENAME CONSTRAINT t_pkey TO t_key'),
  { row: 'alter-constraint', setup: CHILD, sql: 'ALTER TABLE child ALTER CONSTRAINT child_par DEFERRABLE' },
  {
    row: 'alter-constraint-not-enforced',
    setup: CHILD,
    sql: 'ALTER TABLE child ALTER CONSTRAINT child_par NOT ENFORCED',
    from: 18,
  },
  on('alter-constraint-enforced', 'ALTER CONSTRAINT a_fk ENFORCED', { setup: UNENFORCED_FK, from: 18 }),
];
