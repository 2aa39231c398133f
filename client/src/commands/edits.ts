import { l10n, Uri, window, workspace } from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient';
import { type Ask, propose } from '../../../server/src/protocol/propose.ts';
import type { Client } from '../client.ts';
import { toWorkspaceEdit } from '../workspace-edit.ts';

/** Asks the server for an edit and applies it. A part that needs a person's word opens the Refactor Preview first. */
export async function proposeAndApply(client: Client, ask: Ask): Promise<void> {
  const answer = await client.ask(propose, ask);
  if (answer === undefined) return void window.showWarningMessage(l10n.t('The Schemaward server is not running.'));
  if (answer.kind === 'refused') return void window.showInformationMessage(answer.reason);
  const edit = toWorkspaceEdit(answer.edit as WorkspaceEdit);
  if (!(await workspace.applyEdit(edit, { isRefactoring: true }))) return;
  if (answer.open !== undefined && (await exists(answer.open))) await window.showTextDocument(Uri.parse(answer.open));
  say(answer.notes);
}

/** After a quick fix that creates files: what was left unticked is said, because it stays owed. */
export async function afterEdit({
  notes,
  creates,
}: {
  readonly notes: readonly string[];
  readonly creates: readonly string[];
}): Promise<void> {
  const left: string[] = [];
  for (const path of creates)
    if (!(await exists(Uri.file(path).toString()))) left.push(path.slice(path.lastIndexOf('/') + 1));
  say(left.length === 0 ? notes : [l10n.t('Not created and still owed: {0}.', left.join(', ')), ...notes]);
}

function say(notes: readonly string[]): void {
  if (notes.length > 0) void window.showInformationMessage(notes.join(' '));
}

async function exists(uri: string): Promise<boolean> {
  return workspace.fs.stat(Uri.parse(uri)).then(
    () => true,
    () => false,
  );
}
