import { type LineProcess, startLineProcess } from '../line-process.ts';
import type { FlywayAnswer, FlywayOperation } from './answers.ts';
import { type FlywayVersion, installFlyway } from './install.ts';

/** Keys are Flyway's without `flyway.`, such as `url`, `locations` or `placeholders.name`. */
export type FlywayConfig = Readonly<Record<string, string>>;

/** One Flyway in one JVM, for any number of projects and databases. */
export interface Flyway {
  readonly version: FlywayVersion;
  /**
   * Runs one operation; calls wait for each other. What Flyway throws is an answer. This rejects only when no answer
   * came in time or the JVM ended: the JVM is killed then, and the next call starts another.
   */
  call<O extends FlywayOperation>(op: O, config: FlywayConfig): Promise<FlywayAnswer<O>>;
  /** Ends the JVM after the calls made so far. It ends by itself when this process does, even in mid-migration. */
  stop(): Promise<void>;
}

const flags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx256m', '-Duser.timezone=UTC'];

/** Without a UTF-8 locale Java 17 takes file names for ASCII. */
const environment = { LC_ALL: 'C.UTF-8', REDGATE_DISABLE_TELEMETRY: 'true' };

/** Fetches and compiles on first use; the JVM starts with the first call. `limit` is per call, in milliseconds. */
export async function startFlyway(version: FlywayVersion, limit = 30_000): Promise<Flyway> {
  const classpath = await installFlyway(version);
  let jvm: LineProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const answer = async (request: string): Promise<string> => {
    if (jvm === undefined || jvm.ended) {
      jvm = startLineProcess('java', [...flags, '-cp', classpath, 'Driver'], environment);
    }
    return jvm.ask(request, limit).catch(async (error: unknown) => {
      await jvm?.kill();
      throw error;
    });
  };
  return {
    version,
    call: <O extends FlywayOperation>(op: O, config: FlywayConfig) => {
      const result = last.then(async () => JSON.parse(await answer(requestLine(op, config))) as FlywayAnswer<O>);
      last = result.catch(() => undefined);
      return result.catch((error: unknown) => {
        throw new Error(`Flyway ${version}, ${op} on ${config.url}: ${String(error)}`, { cause: error });
      });
    },
    stop: async () => {
      await last;
      await jvm?.kill();
    },
  };
}

function requestLine(op: FlywayOperation, config: FlywayConfig): string {
  const fields = Object.entries(config).map(([key, value]) => `${escapeField(key)}=${escapeField(value)}`);
  return [op, ...fields].join('\t');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeField(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}
