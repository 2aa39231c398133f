import { extensions, Hover, MarkdownString, Range, type TextDocument, workspace } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import type { Method } from '../../../server/src/protocol/method.ts';
import { verdict } from '../../../server/src/protocol/verdict.ts';
import { endingOf, knowsLanguage, type Manifest } from './others.ts';

/** Beside an extension for the language, names, outline, completion and colours are left to it. */
function isLeftToOthers({ uri }: TextDocument): boolean {
  const ending = endingOf(uri.path);
  if (ending === undefined) return false;
  const wanted = workspace.getConfiguration('schemaward', uri).get<string | null>('contractLanguage');
  if (wanted === 'on' || wanted === 'off') return wanted === 'off';
  const others = extensions.all.filter(({ id }) => id !== 'schemaward.schemaward');
  return others.some(({ packageJSON }) => knowsLanguage(packageJSON as Manifest, ending));
}

type Ask = <P, R>(method: Method<P, R>, params: P) => Promise<R | undefined>;

/** Problems, quick fixes and what has become of an element since the baseline always come: nobody else has them. */
export function besideOthers(ask: Ask): Middleware {
  return {
    provideDefinition: (document, position, token, next) =>
      isLeftToOthers(document) ? null : next(document, position, token),
    provideReferences: (document, position, options, token, next) =>
      isLeftToOthers(document) ? null : next(document, position, options, token),
    provideRenameEdits: (document, position, name, token, next) =>
      isLeftToOthers(document) ? null : next(document, position, name, token),
    prepareRename: (document, position, token, next) =>
      isLeftToOthers(document) ? null : next(document, position, token),
    provideDocumentSymbols: (document, token, next) => (isLeftToOthers(document) ? null : next(document, token)),
    provideCompletionItem: (document, position, context, token, next) =>
      isLeftToOthers(document) ? null : next(document, position, context, token),
    provideDocumentSemanticTokens: (document, token, next) => (isLeftToOthers(document) ? null : next(document, token)),
    provideHover: async (document, position, token, next) => {
      if (!isLeftToOthers(document)) return next(document, position, token);
      const { line, character } = position;
      const said = await ask(verdict, { uri: document.uri.toString(), position: { line, character } });
      if (said === undefined || said === null) return null;
      const { start, end } = said.range;
      return new Hover(
        new MarkdownString(said.markdown),
        new Range(start.line, start.character, end.line, end.character),
      );
    },
  };
}
