import {
  commands,
  type ExtensionContext,
  LanguageStatusSeverity,
  l10n,
  languages,
  type TextEditor,
  window,
} from 'vscode';
import { fileInfo } from '../../server/src/protocol/file-info.ts';
import type { Client } from './client.ts';
import type { Model } from './model.ts';

/** Says what the file in front was recognised as, and what of it was not examined. */
export function registerLanguageStatus(context: ExtensionContext, client: Client, model: Model): void {
  const item = languages.createLanguageStatusItem('schemaward.status', [{ pattern: '**/*.sql' }]);
  item.name = 'Schemaward';
  let asked = 0;
  const update = async (editor: TextEditor | undefined) => {
    asked += 1;
    const mine = asked;
    const uri = editor?.document.uri;
    if (uri === undefined || !uri.path.toLowerCase().endsWith('.sql')) return;
    item.busy = !model.ready;
    const info = await client.ask(fileInfo, { uri: uri.toString() });
    if (mine !== asked) return;
    const inProject = info?.inProject === true;
    void commands.executeCommand('setContext', 'schemaward.inMigration', inProject);
    item.severity =
      inProject && info.notExamined.length > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
    item.text = inProject ? (info.dialect ?? 'SQL') : l10n.t('No migration');
    item.detail = inProject
      ? detail(info.words, info.notExamined)
      : l10n.t('This file belongs to no migration history, so it is not checked.');
    if (info?.guessed === true) item.command = { command: 'schemaward.chooseDialect', title: l10n.t('Change') };
    else item.command = undefined;
  };
  const now = () => void update(window.activeTextEditor).catch(() => undefined);
  context.subscriptions.push(
    item,
    window.onDidChangeActiveTextEditor(now),
    client.onChanged(now),
    model.onChanged(now),
  );
  now();
}

function detail(words: string, notExamined: readonly string[]): string {
  const [first] = notExamined;
  return first === undefined
    ? words
    : `${words}. ${l10n.t('Not examined: {0}', notExamined.length === 1 ? first : l10n.t('{0} and {1} more', first, notExamined.length - 1))}`;
}
