import { type Connection, type Disposable, TextDocumentSyncKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FilePath } from '#core/model/text.ts';
import { fromUri } from '#host/paths.ts';

export interface OpenDocument {
  readonly uri: string;
  readonly path: FilePath;
  readonly document: TextDocument;
}

/** Open documents by path. Tolerates what clients really send: changes of unopened documents, a second open. */
export interface Documents {
  readonly all: ReadonlyMap<FilePath, OpenDocument>;
  byUri(uri: string): OpenDocument | undefined;
}

export interface DocumentEvents {
  readonly opened: (document: OpenDocument) => void;
  readonly changed: (document: OpenDocument) => void;
  readonly closed: (document: OpenDocument) => void;
  readonly saved: (document: OpenDocument) => void;
}

export const syncKind = TextDocumentSyncKind.Incremental;

export function trackDocuments(connection: Connection, events: DocumentEvents): Documents {
  const all = new Map<FilePath, OpenDocument>();
  const byUri = (uri: string) => {
    const path = fromUri(uri);
    return path === undefined ? undefined : all.get(path);
  };
  const handlers: readonly Disposable[] = [
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
      const path = fromUri(uri);
      if (path === undefined) return;
      const opened = { uri, path, document: TextDocument.create(uri, languageId, version, text) };
      all.set(path, opened);
      events.opened(opened);
    }),
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const open = byUri(textDocument.uri);
      if (open === undefined) return;
      const changed = { ...open, document: TextDocument.update(open.document, contentChanges, textDocument.version) };
      all.set(open.path, changed);
      events.changed(changed);
    }),
    connection.onDidCloseTextDocument(({ textDocument }) => {
      const open = byUri(textDocument.uri);
      if (open === undefined) return;
      all.delete(open.path);
      events.closed(open);
    }),
    connection.onDidSaveTextDocument(({ textDocument }) => {
      const open = byUri(textDocument.uri);
      if (open !== undefined) events.saved(open);
    }),
  ];
  connection.onShutdown(() => {
    for (const handler of handlers) handler.dispose();
  });
  return { all, byUri };
}
