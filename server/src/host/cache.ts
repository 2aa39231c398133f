import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { DialectId } from '#core/model/project.ts';
import type { StatementReading } from '#core/sql/dialect.ts';
import type { StatementMemo } from '#core/sql/script.ts';
import { version } from './version.ts';

/** Readings of statements from earlier runs. Derived data only: a corrupt or missing file means that it is read anew. */
export interface ReadingCache {
  readonly memo: StatementMemo;
  /** Writes what was read anew, when it was worth the trouble. */
  save(): void;
}

/** A file this large is thrown away and begun again. */
const largest = 200 * 1024 * 1024;

/** New statements below this number cost less to read again than to write. */
const worthSaving = 500;

export function withReadingCache(memo: StatementMemo, env: Readonly<Record<string, string | undefined>>): ReadingCache {
  const file = cacheFile(env);
  const known = load(file);
  let added = 0;
  const cached: StatementMemo = {
    get(dialect, statement) {
      const recent = memo.get(dialect, statement);
      if (recent !== undefined || known.size === 0) return recent;
      const line = known.get(keyOf(dialect, statement));
      if (line === undefined) return undefined;
      const reading = JSON.parse(line) as StatementReading;
      memo.set(dialect, statement, reading);
      return reading;
    },
    set(dialect, statement, reading) {
      added += 1;
      memo.set(dialect, statement, reading);
    },
    entries: () => memo.entries(),
  };
  return {
    memo: cached,
    save() {
      if (added >= worthSaving) write(file, memo);
    },
  };
}

function cacheFile(env: Readonly<Record<string, string | undefined>>): string {
  const base = env.SCHEMAWARD_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'schemaward');
  return join(base, `readings-${version}.jsonl`);
}

function keyOf(dialect: DialectId, statement: string): string {
  return createHash('sha1').update(dialect).update('\0').update(statement).digest('base64');
}

/** A line is a key of 28 characters, a space, and a reading that is decoded only when it is asked for. */
function load(file: string): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  try {
    if (!existsSync(file)) return known;
    for (const line of readFileSync(file, 'utf8').split('\n'))
      if (line.endsWith('}')) known.set(line.slice(0, 28), line.slice(29));
  } catch {
    known.clear();
  }
  return known;
}

function write(file: string, memo: StatementMemo): void {
  try {
    const lines: string[] = [];
    let size = 0;
    for (const [dialect, statement, reading] of memo.entries()) {
      const line = `${keyOf(dialect, statement)} ${JSON.stringify(reading)}\n`;
      size += line.length;
      if (size > largest) break;
      lines.push(line);
    }
    mkdirSync(join(file, '..'), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, lines.join(''));
    renameSync(temporary, file);
  } catch {
    rmSync(`${file}.${process.pid}`, { force: true });
  }
}
