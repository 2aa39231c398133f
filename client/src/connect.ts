import { commands, type ExtensionContext, l10n, window, workspace } from 'vscode';
import { type ConnectChoice, connect, connectChoices, disconnect } from '../../server/src/protocol/connect.ts';
import type { Client } from './client.ts';
import type { Model } from './model.ts';
import type { Node } from './tree/node.ts';

/** Connecting: only on request, asked once per workspace and database, remembered, passwords in secret storage alone. */
export function registerConnect(context: ExtensionContext, client: Client, model: Model): void {
  context.subscriptions.push(
    commands.registerCommand('schemaward.connect', () => pickAndConnect(context, client, model)),
    commands.registerCommand(
      'schemaward.disconnect',
      (node?: Node) => node?.kind === 'target' && forget(context, client, node.project.name, node.target.name),
    ),
  );
  void client.ready.then(() => reconnect(context, client));
}

async function pickAndConnect(context: ExtensionContext, client: Client, model: Model): Promise<void> {
  if (!workspace.isTrusted) {
    void window.showInformationMessage(
      l10n.t('Trust this workspace first: nothing connects to a database from an untrusted one.'),
    );
    return;
  }
  const choices = (await client.ask(connectChoices, null)) ?? [];
  const [only] = model.projects;
  const picked = await window.showQuickPick(
    [
      ...choices.map((choice) => ({
        label: choice.target,
        description: choice.display,
        detail: detailOf(choice),
        choice,
      })),
      ...(only === undefined
        ? []
        : [
            {
              label: l10n.t('$(add) Another database...'),
              description: '',
              detail: l10n.t('Type a URL; it is kept in secret storage'),
              choice: undefined,
            },
          ]),
    ],
    {
      title: l10n.t('Connect to see what is applied'),
      placeHolder: l10n.t('The history table is read, read-only; nothing else'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked === undefined) return;
  if (picked.choice !== undefined) return void connectTo(context, client, picked.choice);
  const url = await window.showInputBox({
    title: l10n.t('Database URL'),
    prompt: 'postgresql://user@host:5432/database',
    ignoreFocusOut: true,
  });
  const project = url === undefined ? undefined : await pickProject(model);
  if (url === undefined || url === '' || project === undefined) return;
  await connectTo(
    context,
    client,
    { project, target: l10n.t('database'), display: url.replace(/:\/\/([^:@/]*):[^@]*@/, '://$1@'), from: 'typed' },
    url,
  );
}

function detailOf({ project, from, role }: ConnectChoice): string {
  return [project, l10n.t('from {0}', from), role ?? ''].filter((part) => part !== '').join(' · ');
}

async function pickProject(model: Model): Promise<string | undefined> {
  if (model.projects.length === 1) return model.projects[0]?.name;
  return window.showQuickPick(
    model.projects.map(({ name }) => name),
    { title: l10n.t('Whose history does it hold?') },
  );
}

async function connectTo(
  context: ExtensionContext,
  client: Client,
  choice: ConnectChoice,
  url?: string,
): Promise<void> {
  if (!(await consent(context, choice))) return;
  const secret = secretKey(choice.project, choice.target);
  if (url !== undefined) await context.secrets.store(`${secret} url`, url);
  let password = await context.secrets.get(secret);
  for (let tries = 0; tries < 3; tries += 1) {
    const params = {
      project: choice.project,
      target: choice.target,
      ...(url === undefined ? {} : { url }),
      ...(password === undefined ? {} : { password }),
    };
    const answer = await window.withProgress({ location: { viewId: 'schemaward.migrations' } }, () =>
      Promise.resolve(client.ask(connect, params)),
    );
    if (answer?.kind === 'connected') {
      if (password !== undefined) await context.secrets.store(secret, password);
      return remember(context, choice, true);
    }
    if (answer?.kind !== 'needs-password') return sayFailed(context, client, choice, answer?.reason, url);
    await context.secrets.delete(secret);
    password = await window.showInputBox({
      title: l10n.t('Password for {0}', answer.display),
      ...(password === undefined ? {} : { prompt: answer.reason }),
      password: true,
      ignoreFocusOut: true,
    });
    if (password === undefined) return;
  }
}

async function sayFailed(
  context: ExtensionContext,
  client: Client,
  choice: ConnectChoice,
  reason: string | undefined,
  url: string | undefined,
): Promise<void> {
  const retry = l10n.t('Retry');
  const said = await window.showWarningMessage(reason ?? l10n.t('The server is not running.'), retry);
  if (said === retry) await connectTo(context, client, choice, url);
}

/** Once per workspace, host and database. */
async function consent(context: ExtensionContext, { display }: ConnectChoice): Promise<boolean> {
  const given = context.workspaceState.get<readonly string[]>('consents', []);
  if (given.includes(display)) return true;
  const yes = l10n.t('Connect');
  const detail = l10n.t(
    'Schemaward reads the migration history table in a read-only session that ends after 5 seconds. It asks once for each database.',
  );
  const answer = await window.showInformationMessage(l10n.t('Connect to {0}?', display), { modal: true, detail }, yes);
  if (answer !== yes) return false;
  await context.workspaceState.update('consents', [...given, display]);
  return true;
}

interface Remembered {
  readonly project: string;
  readonly target: string;
}

async function remember(context: ExtensionContext, { project, target }: Remembered, connected: boolean): Promise<void> {
  const known = context.workspaceState
    .get<readonly Remembered[]>('connected', [])
    .filter((each) => each.project !== project || each.target !== target);
  await context.workspaceState.update('connected', connected ? [...known, { project, target }] : known);
}

async function forget(context: ExtensionContext, client: Client, project: string, target: string): Promise<void> {
  await remember(context, { project, target }, false);
  await context.secrets.delete(secretKey(project, target));
  await context.secrets.delete(`${secretKey(project, target)} url`);
  await client.ask(disconnect, { project, target });
}

/** After a restart: what was connected and consented to, without a word when it fails (the tree says it). */
async function reconnect(context: ExtensionContext, client: Client): Promise<void> {
  if (!workspace.isTrusted) return;
  for (const { project, target } of context.workspaceState.get<readonly Remembered[]>('connected', [])) {
    const password = await context.secrets.get(secretKey(project, target));
    const url = await context.secrets.get(`${secretKey(project, target)} url`);
    await client.ask(connect, {
      project,
      target,
      ...(url === undefined ? {} : { url }),
      ...(password === undefined ? {} : { password }),
    });
  }
}

function secretKey(project: string, target: string): string {
  return `schemaward ${workspace.workspaceFolders?.[0]?.uri.toString() ?? ''} ${project} ${target}`;
}
