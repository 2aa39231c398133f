import { SemanticTokensBuilder, type SemanticTokensLegend } from 'vscode-languageserver';
import { tokenModifiers, tokenTypes } from '#core/contracts/language.ts';
import type { Files } from '#core/migrations/tool.ts';
import type { FilePath } from '#core/model/text.ts';
import { fromUri } from '#host/paths.ts';
import { baselineFile, baselineOf } from '../baseline.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature, Session } from '../session.ts';

export const legend: SemanticTokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] };

/** Words of contracts by their meaning, in old texts too. */
export const semanticTokens: Feature = (session) => {
  const { connection, service, workspace } = session;
  connection.languages.semanticTokens.on(({ textDocument }, token) =>
    guarded(session, 'semanticTokens', token, { data: [] }, () => {
      const old = baselineFile(textDocument.uri);
      const path = old ?? fromUri(textDocument.uri);
      if (path === undefined) return { data: [] };
      const { snapshot } = workspace;
      const convert = converter(old === undefined ? snapshot.files : oldText(session, old));
      const builder = new SemanticTokensBuilder();
      for (const { span, type, modifiers } of service.tokens(snapshot, path, old === undefined ? 'after' : 'before')) {
        const { line, character } = convert.position(path, span.start);
        const bits = modifiers.reduce((sum, each) => sum | (1 << tokenModifiers.indexOf(each)), 0);
        builder.push(line, character, span.end - span.start, tokenTypes.indexOf(type), bits);
      }
      return builder.build();
    }),
  );
};

function oldText(session: Session, path: FilePath): Files {
  const content = baselineOf(session).get(path);
  return content === undefined ? new Map() : new Map([[path, content]]);
}
