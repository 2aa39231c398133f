import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Session } from './session.ts';

/**
 * Every handler goes through here: a bug in one feature is logged once and answered with nothing, never the end of the
 * process. The message carries no text of the workspace.
 */
export async function guarded<T>(
  session: Session,
  name: string,
  token: CancellationToken | undefined,
  fallback: T,
  work: () => T | Promise<T>,
): Promise<T | ResponseError<void>> {
  try {
    await session.ready;
    if (isCancelled(token)) return cancelled();
    const result = await work();
    return isCancelled(token) ? cancelled() : result;
  } catch (error) {
    logFailure(session, name, error);
    return fallback;
  }
}

/** A function, because it changes while we wait and TypeScript would believe the first answer. */
function isCancelled(token: CancellationToken | undefined): boolean {
  return token?.isCancellationRequested === true;
}

function cancelled(): ResponseError<void> {
  return new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'cancelled');
}

const logged = new Set<string>();

export function logFailure(session: Pick<Session, 'connection'>, name: string, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const frames = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join('\n');
  const key = `${name} ${frames}`;
  if (logged.has(key)) return;
  if (logged.size < 1000) logged.add(key);
  session.connection.console.error(`${name} failed: ${error instanceof Error ? error.name : 'error'}\n${frames}`);
}
