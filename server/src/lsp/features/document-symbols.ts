import { SymbolInformation } from 'vscode-languageserver';
import { fromUri } from '#host/paths.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature } from '../session.ts';

export const documentSymbols: Feature = (session) => {
  const { connection, service, workspace, abilities } = session;
  connection.onDocumentSymbol(({ textDocument }, token) =>
    guarded(session, 'documentSymbol', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return null;
      const { snapshot } = workspace;
      const convert = converter(snapshot.files);
      const symbols = service.symbols(snapshot, path).map((symbol) => convert.symbol(path, symbol));
      if (abilities.hierarchicalSymbols) return symbols;
      return symbols.map(({ name, kind, range }) => SymbolInformation.create(name, kind, range, textDocument.uri));
    }),
  );
};
