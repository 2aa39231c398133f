import type { Column } from '../../../schema/catalog.ts';
import type { Fill, Pieces, PlanTable, Primitives, SyncPair } from '../../primitives.ts';
import { postgresqlRenderer } from './render.ts';

const { quoteName, quoteText } = postgresqlRenderer;

/** Executed on 12, 15 and 18 by test/oracles/scaffold.test.ts, under an old and a new writer. */
export const postgresqlPrimitives: Primitives = {
  lockTimeout: "SET LOCAL lock_timeout = '5s'",
  seeEveryRow: {
    transaction: 'SET LOCAL row_security = off',
    session: 'SET row_security = off',
    reset: 'RESET row_security',
  },
  syncPair,
  fillDefault,
  backfill,
  guard,
  triggersForget,
  differ,
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
  return `  NEW.${quoteName(added.name)} := ${forward.replaceAll('{}', `NEW.${quoteName(old.name)}`)};\n  RETURN NEW;`;
}

function pairBody({ on, old, new: added, forward, backward: _, ...pair }: SyncPair, backward: string): string {
  const o = quoteName(old.name);
  const n = quoteName(added.name);
  const toNew = forward.replaceAll('{}', `NEW.${o}`);
  const toOld = backward.replaceAll('{}', `NEW.${n}`);
  const fallback =
    pair.defaultTo === undefined
      ? ''
      : `    IF NEW.${n} IS NULL AND NEW.${o} IS NULL THEN\n      NEW.${o} := ${pair.defaultTo};\n    END IF;\n`;
  const refuse = (what: string) => `      RAISE EXCEPTION ${quoteText(`${on.name}: ${what}`)} USING ERRCODE = '23514';`;
  const oldChanged = differ(old.type, `NEW.${o}`, `OLD.${o}`);
  const newChanged = differ(added.type, `NEW.${n}`, `OLD.${n}`);
  const apart = differ(added.type, `NEW.${n}`, cast(toNew, added.type));
  return `  IF TG_OP = 'INSERT' THEN
${fallback}    IF NEW.${n} IS NULL THEN
      NEW.${n} := ${toNew};
    ELSIF NEW.${o} IS NULL THEN
      NEW.${o} := ${toOld};
    ELSIF ${apart} THEN
${refuse(`${old.name} and ${added.name} were given different values`)}
    END IF;
  ELSIF ${oldChanged} AND ${newChanged} THEN
    IF ${apart} THEN
${refuse(`${old.name} and ${added.name} were changed to different values`)}
    END IF;
  ELSIF ${oldChanged} THEN
    NEW.${n} := ${toNew};
  ELSIF ${newChanged} THEN
    NEW.${o} := ${toOld};
  ELSIF NEW.${n} IS NULL THEN
    NEW.${n} := ${toNew};
  END IF;
  RETURN NEW;`;
}

/** What the value is once it stands in the column. */
function cast(value: string, type: string): string {
  return /^NEW\.("[^"]*"|\w+)$/.test(value) ? value : `(${value})::${type}`;
}

function fillDefault(on: PlanTable, name: string, column: string, value: string, comment: string): Pieces {
  const c = quoteName(column);
  return trigger(on, name, `  IF NEW.${c} IS NULL THEN\n    NEW.${c} := ${value};\n  END IF;\n  RETURN NEW;`, comment);
}

/**
 * The function keeps the search path of the migration, so that a writer with another one finds the same operators. ALWAYS:
 * rows that logical replication applies are kept equal as well. Triggers fire by name, and this one must see what the
 * others have made of the row.
 */
function trigger(on: PlanTable, name: string, body: string, comment: string): Pieces {
  const fn = `${on.prefix}${quoteName(name)}`;
  const named = quoteName(lastName(on, name));
  return {
    create: [
      `CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $sw$\nBEGIN\n${body}\nEND\n$sw$`,
      `CREATE TRIGGER ${named} BEFORE INSERT OR UPDATE ON ${on.name}\n  FOR EACH ROW EXECUTE FUNCTION ${fn}()`,
      `ALTER TABLE ${on.name} ENABLE ALWAYS TRIGGER ${named}`,
      `COMMENT ON TRIGGER ${named} ON ${on.name} IS ${quoteText(comment)}`,
    ],
    drop: [`DROP TRIGGER ${named} ON ${on.name}`, `DROP FUNCTION ${fn}()`],
  };
}

function lastName({ table }: PlanTable, name: string): string {
  let last = name;
  while (table.triggers.some((each) => each.name >= last)) last = `z${last.startsWith('z') ? '' : '_'}${last}`;
  return last;
}

/** What `=` tells apart exactly. Elsewhere (citext, numeric, json, geometry, ...) equal values may read differently, or there is no `=`. */
const EXACT =
  /^(smallint|int2|integer|int|int4|bigint|int8|oid|bool|boolean|text|(varchar|character varying)\s*(\(\d+\))?|uuid|bytea|date|(timestamp|timestamptz)\s*(\(\d\))?( with(out)? time zone)?|inet|cidr)$/i;

function differ(type: string, a: string, b: string): string {
  return EXACT.test(type) ? `${a} IS DISTINCT FROM ${b}` : `${a}::text IS DISTINCT FROM ${b}::text`;
}

/** By key range over a key; without one, by what is still left to do. Rows that come later are kept in step as they come. */
function backfill(on: PlanTable, fill: Fill): readonly string[] {
  const key = keyOf(on);
  const body = key === undefined ? restBody(on, fill) : keysetBody(on, key, fill);
  return [`DO $sw$\n${body}\n$sw$`];
}

/** The primary key, or else a unique one without NULLs. */
function keyOf({ table }: PlanTable): readonly Column[] | undefined {
  const candidates = [...table.constraints]
    .filter(({ kind }) => kind === 'primary-key' || kind === 'unique')
    .sort((a, b) => Number(b.kind === 'primary-key') - Number(a.kind === 'primary-key'));
  return candidates
    .map(({ columns }) => columns.flatMap((name) => table.columns.find((each) => each.name === name) ?? []))
    .find((columns, nth) => {
      const candidate = candidates[nth];
      const isWhole = columns.length > 0 && columns.length === candidate?.columns.length;
      return isWhole && (candidate.kind === 'primary-key' || columns.every(({ nullable }) => !nullable));
    });
}

function keysetBody(on: PlanTable, key: readonly Column[], { set, where, batch }: Fill): string {
  const names = key.map(({ name }) => quoteName(name));
  const row = (columns: readonly string[]) => (columns.length === 1 ? (columns[0] ?? '') : `(${columns.join(', ')})`);
  const variables = (prefix: string) => names.map((_, index) => `${prefix}_${index + 1}`);
  const [last, next, end] = [variables('sw_last'), variables('sw_next'), variables('sw_end')];
  const declared = [last, next, end]
    .flatMap((each) => each.map((variable, index) => `  ${variable} ${key[index]?.type.text};`))
    .join('\n');
  const after = `(${last[0]} IS NULL OR ${row(names)} > ${row(last)})`;
  const list = names.join(', ');
  const backwards = names.map((each) => `${each} DESC`).join(', ');
  return `DECLARE
${declared}
BEGIN
  SELECT ${list} INTO ${end.join(', ')} FROM ${on.name} ORDER BY ${backwards} LIMIT 1;
  LOOP
    SELECT ${list} INTO ${next.join(', ')} FROM (
      SELECT ${list} FROM ${on.name}
      WHERE ${after} AND ${row(names)} <= ${row(end)} ORDER BY ${list} LIMIT ${batch}
    ) batch ORDER BY ${backwards} LIMIT 1;
    EXIT WHEN ${next[0]} IS NULL;
    UPDATE ${on.name} SET ${set} WHERE ${after} AND ${row(names)} <= ${row(next)} AND ${where};
    ${last.map((variable, index) => `${variable} := ${next[index]};`).join(' ')}
    COMMIT;
    PERFORM pg_sleep(0.01);
  END LOOP;
END`;
}

/** A row that somebody changes meanwhile is passed over: it is there in the next round, if it still has to be filled. */
function restBody(on: PlanTable, { set, where, batch }: Fill): string {
  return `BEGIN
  WHILE EXISTS (SELECT 1 FROM ${on.name} WHERE ${where}) LOOP
    UPDATE ${on.name} SET ${set} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${on.name} WHERE ${where} LIMIT ${batch}));
    COMMIT;
    PERFORM pg_sleep(0.01);
  END LOOP;
END`;
}

function guard(on: PlanTable, condition: string, message: string): string {
  return stopIf(`SELECT 1 FROM ${on.name} WHERE ${condition}`, message);
}

/** A function that names a column which is gone fails every write: \`record "new" has no field\`. */
function triggersForget(on: PlanTable, column: string, message: string): string {
  const escaped = column.replace(/[^\p{L}\p{N}_]/gu, String.raw`\$&`);
  const pattern = String.raw`\m(new|old)\s*\.\s*("${escaped.replaceAll('"', '""')}"|${escaped}\M)`;
  return stopIf(
    `SELECT 1 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid\n             WHERE t.tgrelid = ${quoteText(on.name)}::regclass AND NOT t.tgisinternal AND p.prosrc ~* ${quoteText(pattern)}`,
    message,
  );
}

function stopIf(query: string, message: string): string {
  return `DO $sw$\nBEGIN\n  IF EXISTS (${query}) THEN\n    RAISE EXCEPTION ${quoteText(message.replaceAll('%', '%%'))};\n  END IF;\nEND\n$sw$`;
}
