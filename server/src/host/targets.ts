import { existsSync, readFileSync, statSync } from 'node:fs';
import type { HistoryRow, TargetSnapshot } from '#core/model/migration.ts';
import type { ConnectionOption, Service } from '#core/service.ts';
import type { Connection, HistoryEngine, HistoryResult, Measured, Refused } from './history/connection.ts';
import { engineFor } from './history/index.ts';
import { displayUrl } from './history/redact.ts';
import { rowsFromStatus } from './status-json.ts';
import type { Workspace } from './workspace.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What a person typed for one connection. */
export interface Credentials {
  readonly url?: string;
  readonly password?: string;
}

/** Reads the chosen targets, each alone: one that fails is one node that says so. */
export async function readTargets(
  service: Service,
  workspace: Workspace,
  chosen: readonly ConnectionOption[],
  env: Env,
): Promise<void> {
  const byProject = new Map<string, TargetSnapshot[]>();
  // One after the other: a small database (or an embedded one) takes one connection at a time.
  for (const option of chosen) {
    const { target } = await readTarget(service, workspace, option, env, {});
    byProject.set(option.project, [...(byProject.get(option.project) ?? []), target]);
  }
  for (const [project, targets] of byProject) workspace.setTargets(project, targets);
}

export interface TargetResult {
  readonly target: TargetSnapshot;
  readonly needsPassword: boolean;
}

export async function readTarget(
  service: Service,
  workspace: Workspace,
  option: ConnectionOption,
  env: Env,
  typed: Credentials,
): Promise<TargetResult> {
  const common = {
    name: option.target,
    asOf: workspace.options.now(),
    ...(option.role === undefined ? {} : { role: option.role }),
  };
  if (option.from !== undefined)
    return { target: { ...common, kind: 'file', ...fromFile(option.from, option.project) }, needsPassword: false };
  const history = await askDatabase(option, env, typed);
  return {
    target: { ...common, kind: 'database', ...snapshotOf(service, workspace, option, history) },
    needsPassword: history.kind === 'needs-password',
  };
}

async function askDatabase(option: ConnectionOption, env: Env, typed: Credentials): Promise<HistoryResult> {
  const reached = reach(option, env, typed);
  return 'kind' in reached ? reached : reached.engine.read(reached.connection, option.table);
}

/** How large the tables of a target are. */
export async function measureTarget(option: ConnectionOption, env: Env): Promise<Measured | Refused> {
  if (option.from !== undefined) return { kind: 'failed', reason: 'It is a file, which says nothing about sizes.' };
  const reached = reach(option, env, {});
  if ('kind' in reached) return reached;
  const { engine, connection } = reached;
  if (engine.measure !== undefined) return engine.measure(connection);
  return {
    kind: 'failed',
    reason: `${displayUrl(connection.url)}: only PostgreSQL is asked how large its tables are.`,
  };
}

interface Reached {
  readonly engine: HistoryEngine;
  readonly connection: Connection;
}

/** Where the target is and what lets us in, or why that is not known. */
function reach(option: ConnectionOption, env: Env, typed: Credentials): Reached | Refused {
  const url = typed.url ?? resolveEnv(option.url ?? (option.env === undefined ? undefined : env[option.env]), env);
  if (url === undefined) {
    const from = option.env === undefined ? 'It has no URL' : `The environment variable ${option.env} is not set`;
    return { kind: 'failed', reason: `${from}: nothing to connect to.` };
  }
  const missing = /\$\{([^}]*)\}/.exec(url);
  if (missing !== null)
    return {
      kind: 'failed',
      reason: `${missing[1]?.replace(/^env:/, '')} has no value here, so the URL is incomplete.`,
    };
  const engine = engineFor(url);
  if (engine === undefined)
    return {
      kind: 'failed',
      reason: `${displayUrl(url)}: this kind of database is not asked yet; PostgreSQL and SQLite are.`,
    };
  const user = resolveEnv(option.user, env) ?? env.FLYWAY_USER;
  const password = typed.password ?? passwordOf(option, env);
  const known = { ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
  return { engine, connection: { url, root: option.root, ...known } };
}

/** The environment, then `.pgpass`; a tool's own file only by reference. Never written anywhere. */
function passwordOf(option: ConnectionOption, env: Env): string | undefined {
  const referenced = option.passwordFrom === undefined ? undefined : /^env:(.+)$/.exec(option.passwordFrom)?.[1];
  return (
    (referenced === undefined ? undefined : env[referenced]) ??
    env.FLYWAY_PASSWORD ??
    env.SPRING_FLYWAY_PASSWORD ??
    env.PGPASSWORD ??
    fromPgpass(option, env)
  );
}

function fromPgpass(option: ConnectionOption, env: Env): string | undefined {
  const file = env.PGPASSFILE ?? (env.HOME === undefined ? undefined : `${env.HOME}/.pgpass`);
  if (file === undefined || option.url === undefined || !existsSync(file)) return undefined;
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) return undefined;
  const place = /:\/\/(?:[^@/]*@)?([^:/?]+)(?::(\d+))?\/([^?]*)/.exec(option.url);
  if (place === null) return undefined;
  const wanted = [place[1], place[2] ?? '5432', place[3], option.user];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const fields = line.split(/(?<!\\):/).map((field) => field.replace(/\\(.)/g, '$1'));
    if (fields.length === 5 && wanted.every((value, index) => fields[index] === '*' || fields[index] === value))
      return fields[4];
  }
  return undefined;
}

/** `${env:NAME}`, and Spring's `${NAME:default}`. */
export function resolveEnv(text: string | undefined, env: Env): string | undefined {
  return text?.replace(
    /\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_.]*)(?::([^}]*))?\}/g,
    (whole, name: string, fallback: string | undefined) => env[name] ?? fallback ?? whole,
  );
}

function snapshotOf(
  service: Service,
  workspace: Workspace,
  option: ConnectionOption,
  history: HistoryResult,
): Pick<TargetSnapshot, 'result' | 'serverVersion'> {
  switch (history.kind) {
    case 'rows': {
      const rows = service.historyRows(workspace.snapshot, option.project, history.rows);
      return { result: { kind: 'rows', rows }, ...version(history.serverVersion) };
    }
    case 'no-table':
      return {
        result: { kind: 'no-table', table: history.table, inUse: history.inUse },
        ...version(history.serverVersion),
      };
    case 'needs-password':
    case 'failed':
      return { result: { kind: 'failed', reason: history.reason } };
    default: {
      const never: never = history;
      return never;
    }
  }
}

function version(serverVersion: number | undefined): { readonly serverVersion?: number } {
  return serverVersion === undefined ? {} : { serverVersion };
}

function fromFile(path: string, project: string): Pick<TargetSnapshot, 'result'> {
  try {
    const rows: readonly HistoryRow[] | undefined = rowsFromStatus(readFileSync(path, 'utf8'), project);
    if (rows === undefined) return { result: { kind: 'failed', reason: `${path} says nothing about ${project}.` } };
    return { result: { kind: 'rows', rows } };
  } catch {
    return { result: { kind: 'failed', reason: `${path} could not be read as the output of status --format json.` } };
  }
}
