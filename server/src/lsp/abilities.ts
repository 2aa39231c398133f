import type { ClientCapabilities } from 'vscode-languageserver';

/** What the client can do, as far as we use it. */
export interface ClientAbilities {
  readonly configuration: boolean;
  readonly workspaceFolders: boolean;
  readonly watchFiles: boolean;
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly relatedDocuments: boolean;
  readonly resourceOperations: boolean;
  readonly annotations: boolean;
  readonly resolveActions: boolean;
  readonly disabledActions: boolean;
  readonly markdownHover: boolean;
  readonly inlayRefresh: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly progress: boolean;
  /** Our own client: it knows the `schemaward/` protocol. */
  readonly own: boolean;
}

export function abilitiesOf(client: ClientCapabilities, initializationOptions: unknown): ClientAbilities {
  const { workspace = {}, textDocument = {}, window = {} } = client;
  const operations = workspace.workspaceEdit?.resourceOperations ?? [];
  return {
    configuration: workspace.configuration === true,
    workspaceFolders: workspace.workspaceFolders === true,
    watchFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    pullDiagnostics: textDocument.diagnostic !== undefined,
    refreshDiagnostics: workspace.diagnostics?.refreshSupport === true,
    relatedDocuments: textDocument.diagnostic?.relatedDocumentSupport === true,
    resourceOperations:
      workspace.workspaceEdit?.documentChanges === true &&
      operations.includes('create') &&
      operations.includes('rename'),
    annotations: workspace.workspaceEdit?.changeAnnotationSupport !== undefined,
    resolveActions: textDocument.codeAction?.resolveSupport?.properties.includes('edit') === true,
    disabledActions: textDocument.codeAction?.disabledSupport === true,
    markdownHover: textDocument.hover?.contentFormat?.includes('markdown') === true,
    inlayRefresh: workspace.inlayHint?.refreshSupport === true,
    hierarchicalSymbols: textDocument.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    progress: window.workDoneProgress === true,
    own: isOwn(initializationOptions),
  };
}

function isOwn(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'schemaward' in options;
}
