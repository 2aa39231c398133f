import { type ExtensionContext, Uri, workspace } from 'vscode';
import { appliedText } from '../../server/src/protocol/applied-text.ts';
import { explain } from '../../server/src/protocol/explain.ts';
import type { Client } from './client.ts';

export const schemes = { applied: 'schemaward-applied', rule: 'schemaward-rule' } as const;

/** Read-only documents: the text of a migration as it was applied, and rule pages. */
export function registerEvolutionDocuments(context: ExtensionContext, client: Client): void {
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(schemes.applied, {
      async provideTextDocumentContent(uri) {
        const answer = await client.ask(
          appliedText,
          JSON.parse(uri.query) as { uri: string; project: string; target: string },
        );
        return answer?.kind === 'found' ? answer.text : '';
      },
    }),
    workspace.registerTextDocumentContentProvider(schemes.rule, {
      async provideTextDocumentContent(uri) {
        const page = await client.ask(explain, { rule: uri.path.replace(/^\//, '').replace(/\.md$/, '') });
        return page?.markdown ?? '';
      },
    }),
  );
}

export function ruleUri(rule: string): Uri {
  return Uri.from({ scheme: schemes.rule, path: `/${rule}.md` });
}

export function appliedUri(file: Uri, project: string, target: string): Uri {
  const query = JSON.stringify({ uri: file.toString(), project, target });
  return Uri.from({ scheme: schemes.applied, path: file.path, query });
}
