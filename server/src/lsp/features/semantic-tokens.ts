import { SemanticTokensBuilder, type SemanticTokensLegend } from 'vscode-languageserver';
import { tokenModifiers, tokenTypes } from '#core/contracts/language.ts';
import { fromUri } from '#host/paths.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature } from '../session.ts';

export const legend: SemanticTokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] };

/** Words of contracts by their meaning. */
export const semanticTokens: Feature = (session) => {
  const { connection, service, workspace } = session;
  connection.languages.semanticTokens.on(({ textDocument }, token) =>
    guarded(session, 'semanticTokens', token, { data: [] }, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return { data: [] };
      const { snapshot } = workspace;
      const convert = converter(snapshot.files);
      const builder = new SemanticTokensBuilder();
      for (const { span, type, modifiers } of service.tokens(snapshot, path)) {
        const { line, character } = convert.range(path, span).start;
        const bits = modifiers.reduce((sum, each) => sum | (1 << tokenModifiers.indexOf(each)), 0);
        builder.push(line, character, span.end - span.start, tokenTypes.indexOf(type), bits);
      }
      return builder.build();
    }),
  );
};
