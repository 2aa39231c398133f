import type { Pieces, PlanTable, Primitives, SyncPair } from '../../primitives.ts';
import { postgresqlRenderer } from './render.ts';

const { quoteName, quoteText } = postgresqlRenderer;

/** Executed on 12, 15 and 18 by test/oracles/scaffold.test.ts, under an old and a new writer. */
export const postgresqlPrimitives: Primitives = {
  lockTimeout: "SET LOCAL lock_timeout = '5s'",
  syncPair,
  fillDefault,
  backfill,
  guard,
};

/**
 * One BEFORE trigger compares values, not SET lists: an ORM that writes every column must not undo what changed. NOT NULL
 * is checked after BEFORE triggers, so a writer may leave either column out.
 */
function syncPair(pair: SyncPair): Pieces {
  const body = pair.backward === undefined ? followBody(pair) : pairBody(pair, pair.backward);
  return trigger(pair.on, pair.name, body, pair.comment);
}

function followBody({ old, new: added, forward }: SyncPair): string {
  return `  NEW.${quoteName(added)} := ${forward.replaceAll('{}', `NEW.${quoteName(old)}`)};\n  RETURN NEW;`;
}

function pairBody({ on, old, new: added, forward, backward: _, ...pair }: SyncPair, backward: string): string {
  const o = quoteName(old);
  const n = quoteName(added);
  const toNew = forward.replaceAll('{}', `NEW.${o}`);
  const toOld = backward.replaceAll('{}', `NEW.${n}`);
  const fallback =
    pair.defaultTo === undefined
      ? ''
      : `    IF NEW.${n} IS NULL AND NEW.${o} IS NULL THEN\n      NEW.${o} := ${pair.defaultTo};\n    END IF;\n`;
  const differ = (what: string) => `      RAISE EXCEPTION ${quoteText(`${on.name}: ${what}`)} USING ERRCODE = '23514';`;
  return `  IF TG_OP = 'INSERT' THEN
${fallback}    IF NEW.${n} IS NULL THEN
      NEW.${n} := ${toNew};
    ELSIF NEW.${o} IS NULL THEN
      NEW.${o} := ${toOld};
    ELSIF NEW.${n} IS DISTINCT FROM ${toNew} THEN
${differ(`${old} and ${added} were given different values`)}
    END IF;
  ELSIF NEW.${o} IS DISTINCT FROM OLD.${o} AND NEW.${n} IS DISTINCT FROM OLD.${n} THEN
    IF NEW.${n} IS DISTINCT FROM ${toNew} THEN
${differ(`${old} and ${added} were changed to different values`)}
    END IF;
  ELSIF NEW.${o} IS DISTINCT FROM OLD.${o} THEN
    NEW.${n} := ${toNew};
  ELSIF NEW.${n} IS DISTINCT FROM OLD.${n} THEN
    NEW.${o} := ${toOld};
  ELSIF NEW.${n} IS NULL THEN
    NEW.${n} := ${toNew};
  END IF;
  RETURN NEW;`;
}

function fillDefault(on: PlanTable, name: string, column: string, value: string, comment: string): Pieces {
  const c = quoteName(column);
  return trigger(on, name, `  IF NEW.${c} IS NULL THEN\n    NEW.${c} := ${value};\n  END IF;\n  RETURN NEW;`, comment);
}

function trigger(on: PlanTable, name: string, body: string, comment: string): Pieces {
  const fn = `${on.prefix}${quoteName(name)}`;
  return {
    create: [
      `CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql AS $sw$\nBEGIN\n${body}\nEND\n$sw$`,
      `CREATE TRIGGER ${quoteName(name)} BEFORE INSERT OR UPDATE ON ${on.name}\n  FOR EACH ROW EXECUTE FUNCTION ${fn}()`,
      `COMMENT ON TRIGGER ${quoteName(name)} ON ${on.name} IS ${quoteText(comment)}`,
    ],
    drop: [`DROP TRIGGER ${quoteName(name)} ON ${on.name}`, `DROP FUNCTION ${fn}()`],
  };
}

/** By key range over the primary key; without one, by what is still left to do. */
function backfill(on: PlanTable, name: string, set: string, where: string, batch: number): readonly string[] {
  const procedure = `${on.prefix}${quoteName(name)}`;
  const key = on.table.constraints.find(({ kind }) => kind === 'primary-key')?.columns ?? [];
  const types = key.map((column) => on.table.columns.find((each) => each.name === column)?.type.text);
  const known = types.filter((type) => type !== undefined);
  const body =
    known.length === key.length && key.length > 0
      ? keysetBody(on, key, known, set, where, batch)
      : restBody(on, set, where, batch);
  return [
    `CREATE OR REPLACE PROCEDURE ${procedure}() LANGUAGE plpgsql AS $sw$\n${body}\n$sw$`,
    `CALL ${procedure}()`,
    `DROP PROCEDURE ${procedure}()`,
  ];
}

function keysetBody(
  on: PlanTable,
  key: readonly string[],
  types: readonly string[],
  set: string,
  where: string,
  batch: number,
): string {
  const names = key.map(quoteName);
  const row = (columns: readonly string[]) => (columns.length === 1 ? (columns[0] ?? '') : `(${columns.join(', ')})`);
  const last = names.map((_, index) => `last_${index + 1}`);
  const next = names.map((_, index) => `next_${index + 1}`);
  const declared = [...last, ...next]
    .map((variable, index) => `  ${variable} ${types[index % types.length]};`)
    .join('\n');
  const after = `(last_1 IS NULL OR ${row(names)} > ${row(last)})`;
  return `DECLARE
${declared}
BEGIN
  LOOP
    SELECT ${names.join(', ')} INTO ${next.join(', ')} FROM (
      SELECT ${names.join(', ')} FROM ${on.name} WHERE ${after} ORDER BY ${names.join(', ')} LIMIT ${batch}
    ) batch ORDER BY ${names.map((each) => `${each} DESC`).join(', ')} LIMIT 1;
    EXIT WHEN next_1 IS NULL;
    UPDATE ${on.name} SET ${set} WHERE ${after} AND ${row(names)} <= ${row(next)} AND ${where};
    ${last.map((variable, index) => `${variable} := ${next[index]};`).join(' ')}
    COMMIT;
    PERFORM pg_sleep(0.01);
  END LOOP;
END`;
}

function restBody(on: PlanTable, set: string, where: string, batch: number): string {
  return `BEGIN
  LOOP
    UPDATE ${on.name} SET ${set} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${on.name} WHERE ${where} LIMIT ${batch}));
    EXIT WHEN NOT FOUND;
    COMMIT;
    PERFORM pg_sleep(0.01);
  END LOOP;
END`;
}

function guard(on: PlanTable, condition: string, message: string): string {
  return `DO $sw$\nBEGIN\n  IF EXISTS (SELECT 1 FROM ${on.name} WHERE ${condition}) THEN\n    RAISE EXCEPTION ${quoteText(message.replaceAll('%', '%%'))};\n  END IF;\nEND\n$sw$`;
}
