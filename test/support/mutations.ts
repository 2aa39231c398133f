/** Statements that depend on each other in every way that the replay knows. */
export const pieces: readonly string[] = [
  'CREATE TABLE a (id bigint PRIMARY KEY, x int, y text NOT NULL);',
  'CREATE TABLE b (id serial PRIMARY KEY, a_id bigint REFERENCES a (id));',
  'CREATE TABLE IF NOT EXISTS a (id int);',
  'ALTER TABLE a ADD COLUMN z text;',
  'ALTER TABLE a DROP COLUMN x;',
  'ALTER TABLE a RENAME COLUMN y TO w;',
  'ALTER TABLE a RENAME TO c;',
  'ALTER TABLE c RENAME TO a;',
  'DROP TABLE b;',
  'DROP TABLE a CASCADE;',
  'CREATE INDEX i ON a (x);',
  'DROP INDEX i;',
  'CREATE VIEW v AS SELECT id, y FROM a;',
  'DROP VIEW v;',
  'ALTER TABLE a ALTER COLUMN x TYPE bigint;',
  'ALTER TABLE a ALTER COLUMN x SET NOT NULL;',
  'ALTER TABLE a ADD CONSTRAINT k CHECK (x > 0) NOT VALID;',
  'ALTER TABLE a VALIDATE CONSTRAINT k;',
  'ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a (id);',
  "UPDATE a SET y = 'q';",
  "INSERT INTO a (id, y) VALUES (1, 'é𝒳');",
  'SET search_path TO s, public;',
  'CREATE SCHEMA s;',
  'CREATE TABLE s.a (id int);',
  "CREATE TYPE m AS ENUM ('p');",
  "ALTER TYPE m ADD VALUE 'q';",
  'DO $$ BEGIN IF true THEN DROP TABLE a; END IF; END $$;',
  'DO $$ BEGIN EXECUTE now()::text; END $$;',
  'TRUNCATE a;',
  'CREATE TEMP TABLE t (id int);',
  'SAVEPOINT s;',
  'ROLLBACK TO s;',
  'ROLLBACK;',
  'COMMIT;',
  'SET LOCAL search_path TO s;',
  'DISCARD TEMP;',
  'CREATE POLICY o ON a USING (x > 0);',
  'ALTER TABEL a;',
  '-- schemaward-ignore schema/drop-table: fine',
  'CREATE TABLE p (id int) PARTITION BY RANGE (id);',
  'CREATE TABLE p1 PARTITION OF p DEFAULT;',
  '$$',
  "'",
  '/*',
  '(',
  '\ufeff',
  '\u0000',
  '\r\n',
];

export type Random = () => number;

export function script(random: Random): string {
  return Array.from(
    { length: Math.floor(random() * 4) },
    () => pieces[Math.floor(random() * pieces.length)] ?? '',
  ).join(random() < 0.2 ? '\r\n' : '\n');
}

/** Cuts, doubles, swaps or inserts somewhere. */
export function mutated(text: string, random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  const to = Math.min(text.length, at + Math.floor(random() * 12));
  const roll = random();
  if (roll < 0.3) return text.slice(0, at) + text.slice(to);
  if (roll < 0.5) return text.slice(0, to) + text.slice(at);
  if (roll < 0.8) return `${text.slice(0, at)}${pieces[Math.floor(random() * pieces.length)] ?? ''}${text.slice(at)}`;
  return `${text.slice(0, at)}${'éx𝒳;\n('[Math.floor(random() * 5)] ?? ''}${text.slice(at)}`;
}
