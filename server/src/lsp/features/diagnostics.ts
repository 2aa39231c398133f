import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import type { ReportedFinding } from '#core/model/finding.ts';
import type { FilePath } from '#core/model/text.ts';
import { fromUri, toUri } from '#host/paths.ts';
import { baselineOf } from '../baseline.ts';
import { type Converter, converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import { resultIdOf } from '../result-id.ts';
import type { Feature, Session } from '../session.ts';
import { createTurns } from '../turns.ts';

/** More than this in one file helps nobody and makes editors slow. */
const most = 500;

/**
 * Pulled diagnostics: an open document is answered from its own statements at once; what the edit means for other
 * files follows when the background check is through. The workspace request is held until something has changed.
 * Clients that cannot pull get the same findings pushed.
 */
export const diagnostics: Feature = (session) => {
  const { connection, workspace } = session;
  connection.languages.diagnostics.on(
    (params, token) =>
      guarded<DocumentDiagnosticReport>(
        session,
        'diagnostic',
        token,
        { kind: DocumentDiagnosticReportKind.Full, items: [] },
        () => {
          const path = fromUri(params.textDocument.uri);
          const findings = path === undefined ? [] : findingsOf(session, path);
          const resultId = resultIdOf(findings);
          if (params.previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
          return {
            kind: DocumentDiagnosticReportKind.Full,
            resultId,
            items: toDiagnostics(findings, converter(workspace.snapshot.files, baselineOf(session))),
          };
        },
      ) as Promise<DocumentDiagnosticReport>,
  );
  connection.languages.diagnostics.onWorkspace(
    (params, token) =>
      guarded<WorkspaceDiagnosticReport>(session, 'workspace diagnostic', token, { items: [] }, async () => {
        const known = new Map(params.previousResultIds.map(({ uri, value }) => [fromUri(uri) ?? uri, value] as const));
        for (;;) {
          await session.background.settled();
          const items = await changedItems(session, known);
          if (items.length > 0 || token.isCancellationRequested) return { items };
          await session.nextChange(token);
        }
      }) as Promise<WorkspaceDiagnosticReport>,
  );
};

/** Findings of one file, none where the extension is switched off. */
export function findingsOf(session: Session, path: FilePath): readonly ReportedFinding[] {
  if (!session.settings.enable) return [];
  return session.service.checkFile(session.workspace.snapshot, path).slice(0, most);
}

export function toDiagnostics(findings: readonly ReportedFinding[], convert: Converter): Diagnostic[] {
  return findings.slice(0, most).map(convert.diagnostic);
}

/** What one run of the background check found, in slices: put into the protocol's words a whole workspace takes long. */
async function changedItems(
  session: Session,
  known: ReadonlyMap<FilePath, string>,
): Promise<WorkspaceDiagnosticReport['items']> {
  const { documents, workspace } = session;
  const all = session.background.findings;
  const turns = createTurns();
  const convert = converter(workspace.snapshot.files, baselineOf(session));
  const items: WorkspaceDiagnosticReport['items'] = [];
  for (const path of new Set([...all.keys(), ...known.keys()])) {
    const findings = session.settings.enable ? (all.get(path) ?? []) : [];
    const resultId = resultIdOf(findings);
    if (known.get(path) === resultId || (findings.length === 0 && !known.has(path))) continue;
    await turns();
    // Open documents too: one without a tab (a preview, a peek) is never pulled; of one that is, the client keeps that.
    const open = documents.all.get(path);
    items.push({
      kind: 'full',
      uri: open?.uri ?? toUri(path),
      version: open?.document.version ?? null,
      resultId,
      items: toDiagnostics(findings, convert),
    });
  }
  return items;
}
