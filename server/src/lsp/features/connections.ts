import type { TargetSnapshot } from '#core/model/migration.ts';
import type { ConnectionOption } from '#core/service.ts';
import { displayUrl } from '#host/history/redact.ts';
import { type Credentials, readTarget, resolveEnv } from '#host/targets.ts';
import { type ConnectChoice, connect, connectChoices, disconnect, refresh } from '#protocol/connect.ts';
import { onOwn } from '../own.ts';
import type { Feature, Session } from '../session.ts';

/** Nothing here runs before the person chose *Connect*; files that say what is applied need no consent. */
export const connections: Feature = (session) => {
  /** project + target -> what was typed for it; never logged, never written. */
  const connected = new Map<string, { readonly option: ConnectionOption; readonly typed: Credentials }>();

  onOwn(session, connectChoices, [], () =>
    options(session)
      .filter(({ from }) => from === undefined)
      .map(choiceOf),
  );
  onOwn(
    session,
    connect,
    { kind: 'failed', reason: 'Connecting failed; the log says more.' },
    async ({ project, target, ...typed }) => {
      if (!session.workspace.options.trusted)
        return { kind: 'failed' as const, reason: 'This workspace is not trusted: nothing in it is connected to.' };
      const option =
        options(session).find((each) => each.project === project && each.target === target) ??
        typedOption(session, project, target, typed.url);
      if (option === undefined) return { kind: 'failed' as const, reason: `There is no target ${target}.` };
      const result = await readTarget(session.service, session.workspace, option, process.env, typed);
      const { result: outcome } = result.target;
      if (result.needsPassword && outcome.kind === 'failed')
        return { kind: 'needs-password' as const, display: displayOf(option, typed), reason: outcome.reason };
      connected.set(`${project}\0${target}`, { option, typed });
      replaceTarget(session, project, result.target);
      return outcome.kind === 'failed'
        ? { kind: 'failed' as const, reason: outcome.reason }
        : { kind: 'connected' as const };
    },
  );
  onOwn(session, disconnect, null, (params) => {
    connected.delete(`${params.project}\0${params.target}`);
    const left = (session.workspace.snapshot.targets.get(params.project) ?? []).filter(
      ({ name }) => name !== params.target,
    );
    session.workspace.setTargets(params.project, left);
    session.invalidated(['status', 'file-info']);
    return null;
  });
  onOwn(session, refresh, null, async () => {
    await session.workspace.load();
    for (const { option, typed } of connected.values()) {
      const { target } = await readTarget(session.service, session.workspace, option, process.env, typed);
      replaceTarget(session, option.project, target, false);
    }
    await readFiles(session);
    session.invalidated(['status', 'file-info']);
    return null;
  });
};

/** Targets that are files: read at the start and whenever the workspace is read again. */
export async function readFiles(session: Session): Promise<void> {
  for (const option of options(session)) {
    if (option.from === undefined) continue;
    const { target } = await readTarget(session.service, session.workspace, option, {}, {});
    const known = session.workspace.snapshot.targets.get(option.project)?.find(({ name }) => name === target.name);
    if (!isSame(known, target)) replaceTarget(session, option.project, target, false);
  }
}

/** Says the same, whenever it was read. */
function isSame(known: TargetSnapshot | undefined, target: TargetSnapshot): boolean {
  return known !== undefined && JSON.stringify({ ...known, asOf: '' }) === JSON.stringify({ ...target, asOf: '' });
}

function options({ service, workspace }: Session): readonly ConnectionOption[] {
  return service.workspace(workspace.snapshot).connections;
}

function typedOption(
  session: Session,
  project: string,
  target: string,
  url: string | undefined,
): ConnectionOption | undefined {
  const known = session.service
    .workspace(session.workspace.snapshot)
    .projects.find((each) => each.project.name === project);
  if (known === undefined || url === undefined) return undefined;
  const table = options(session).find((each) => each.project === project)?.table ?? { table: 'flyway_schema_history' };
  return { project, target, url, table, root: known.project.root, foundIn: 'typed' };
}

function choiceOf(option: ConnectionOption): ConnectChoice {
  const { project, target, role, foundIn } = option;
  return { project, target, display: displayOf(option, {}), from: foundIn, ...(role === undefined ? {} : { role }) };
}

function displayOf({ url, env, user }: ConnectionOption, typed: Credentials): string {
  const shown = typed.url ?? resolveEnv(url ?? (env === undefined ? undefined : process.env[env]), process.env);
  if (shown === undefined) return env === undefined ? 'no URL' : `\${${env}} is not set`;
  const display = displayUrl(shown);
  return user === undefined || /:\/\/[^/]*@/.test(display) ? display : display.replace('://', `://${user}@`);
}

function replaceTarget(session: Session, project: string, target: TargetSnapshot, tell = true): void {
  const others = (session.workspace.snapshot.targets.get(project) ?? []).filter(({ name }) => name !== target.name);
  session.workspace.setTargets(project, [...others, target]);
  if (tell) session.invalidated(['status', 'file-info']);
}
