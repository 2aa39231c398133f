/** One line of a PostgreSQL server log, with its continuation lines. */
interface LogEntry {
  readonly process: string;
  readonly level: string;
  readonly text: string;
}

/** What a server was told by one message of a client: a simple query may hold several statements. */
export interface Told {
  readonly sql: string;
  /** A transaction block was open. */
  readonly inTransaction: boolean;
}

/** Written into `log_line_prefix`, so that an entry can be told from a line of SQL. */
export const logPrefix = '@@%d@%p@ ';

/**
 * Everything that clients of one database told the server and that took effect, in order: what failed or was rolled
 * back is left out, parameters stand where they were used.
 * @param log text of a log with `log_statement = all` and the prefix above
 */
export function toldIn(log: string, database: string): readonly Told[] {
  const sessions = new Map<string, Session>();
  const told: Pending[] = [];
  for (const { process, level, text } of entriesOf(log, database)) {
    const session = sessions.get(process) ?? { block: undefined, last: undefined };
    sessions.set(process, session);
    if (level === 'ERROR' || level === 'FATAL') drop(session.last);
    else if (level === 'DETAIL') bind(session.last, text);
    else if (level === 'LOG') tell(told, session, text);
  }
  return told.filter(({ dropped }) => !dropped).map(({ sql, inTransaction }) => ({ sql, inTransaction }));
}

interface Pending {
  sql: string;
  readonly inTransaction: boolean;
  dropped: boolean;
}

interface Session {
  /** Statements of the open transaction block, and where its savepoints begin. */
  block: { readonly statements: Pending[]; readonly savepoints: Map<string, number> } | undefined;
  last: Pending | undefined;
}

function tell(told: Pending[], session: Session, text: string): void {
  const sql = /^(?:statement|execute [^:]*): ([\s\S]*)$/.exec(text)?.[1]?.trim();
  if (sql === undefined) return;
  const control = controlOf(sql);
  if (control !== undefined) return obey(session, control);
  const pending: Pending = { sql, inTransaction: session.block !== undefined, dropped: false };
  told.push(pending);
  session.block?.statements.push(pending);
  session.last = pending;
}

type Control =
  | { readonly kind: 'begin' | 'commit' | 'rollback' | 'release' }
  | { readonly kind: 'savepoint' | 'rollback-to'; readonly name: string };

function controlOf(sql: string): Control | undefined {
  const words = sql.replace(/;\s*$/, '').trim();
  if (words.includes(';')) return undefined;
  if (/^(begin|start\s+transaction)\b/i.test(words)) return { kind: 'begin' };
  if (/^(commit|end)\b/i.test(words)) return { kind: 'commit' };
  const back = /^rollback\s+(?:work\s+)?to\s+(?:savepoint\s+)?(\S+)$/i.exec(words)?.[1];
  if (back !== undefined) return { kind: 'rollback-to', name: back };
  if (/^(rollback|abort)\b/i.test(words)) return { kind: 'rollback' };
  const savepoint = /^savepoint\s+(\S+)$/i.exec(words)?.[1];
  if (savepoint !== undefined) return { kind: 'savepoint', name: savepoint };
  return /^release\b/i.test(words) ? { kind: 'release' } : undefined;
}

function obey(session: Session, control: Control): void {
  const { block } = session;
  switch (control.kind) {
    case 'begin':
      session.block = { statements: [], savepoints: new Map() };
      return;
    case 'rollback':
      for (const each of block?.statements ?? []) drop(each);
      session.block = undefined;
      return;
    case 'commit':
      session.block = undefined;
      return;
    case 'savepoint':
      block?.savepoints.set(control.name, block.statements.length);
      return;
    case 'rollback-to':
      for (const each of block?.statements.splice(block.savepoints.get(control.name) ?? 0) ?? []) drop(each);
      return;
    case 'release':
      return;
    default: {
      const never: never = control;
      return never;
    }
  }
}

function drop(pending: Pending | undefined): void {
  if (pending !== undefined) pending.dropped = true;
}

/** `Parameters: $1 = 'a', $2 = NULL`: the values as literals of SQL. */
function bind(pending: Pending | undefined, text: string): void {
  const list = /^parameters: ([\s\S]*)$/i.exec(text)?.[1];
  if (pending === undefined || list === undefined) return;
  const values = new Map<string, string>();
  for (const [, number = '', value = ''] of list.matchAll(/\$(\d+) = ('(?:[^']|'')*'|NULL)/g))
    values.set(number, value);
  pending.sql = pending.sql.replace(/\$(\d+)(?!\d)/g, (whole, number: string) => values.get(number) ?? whole);
}

function* entriesOf(log: string, database: string): Generator<LogEntry, void> {
  const pattern = /^@@([^@]*)@(\d+)@ ([A-Z]+): {2}/gm;
  const starts = [...log.matchAll(pattern)];
  for (const [index, start] of starts.entries()) {
    const [whole, name, process = '', level = ''] = start;
    if (name !== database) continue;
    const text = log.slice(start.index + whole.length, starts[index + 1]?.index);
    // Continuation lines begin with a tab; other programs' lines have no prefix and belong to nobody.
    yield { process, level, text: text.replace(/\n\t/g, '\n').trimEnd() };
  }
}
