import type { ClientCapabilities } from 'vscode-languageserver';

/** What the client can do, as far as we use it. */
export interface ClientAbilities {
  readonly configuration: boolean;
  readonly workspaceFolders: boolean;
  readonly watchFiles: boolean;
  /** Below folders that are none of the workspace's. */
  readonly watchElsewhere: boolean;
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

/** Clients leave out what they like, and some write `null` for it. */
export function abilitiesOf(client: ClientCapabilities, initializationOptions: unknown): ClientAbilities {
  const workspace = client.workspace ?? {};
  const textDocument = client.textDocument ?? {};
  const window = client.window ?? {};
  const operations = workspace.workspaceEdit?.resourceOperations;
  return {
    configuration: workspace.configuration === true,
    workspaceFolders: workspace.workspaceFolders === true,
    watchFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    watchElsewhere: workspace.didChangeWatchedFiles?.relativePatternSupport === true,
    pullDiagnostics: isGiven(textDocument.diagnostic),
    refreshDiagnostics: workspace.diagnostics?.refreshSupport === true,
    relatedDocuments: textDocument.diagnostic?.relatedDocumentSupport === true,
    resourceOperations:
      workspace.workspaceEdit?.documentChanges === true && lists(operations, 'create') && lists(operations, 'rename'),
    annotations: isGiven(workspace.workspaceEdit?.changeAnnotationSupport),
    resolveActions: lists(textDocument.codeAction?.resolveSupport?.properties, 'edit'),
    disabledActions: textDocument.codeAction?.disabledSupport === true,
    markdownHover: lists(textDocument.hover?.contentFormat, 'markdown'),
    inlayRefresh: workspace.inlayHint?.refreshSupport === true,
    hierarchicalSymbols: textDocument.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    progress: window.workDoneProgress === true,
    own: isOwn(initializationOptions),
  };
}

function lists(given: unknown, word: string): boolean {
  return Array.isArray(given) && given.includes(word);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isOwn(options: unknown): boolean {
  return typeof options === 'object' && options !== null && 'schemaward' in options;
}
