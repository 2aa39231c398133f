import { type Extension, extensions, Hover, MarkdownString, Range, type TextDocument, workspace } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import type { Method } from '../../../server/src/protocol/method.ts';
import { verdict } from '../../../server/src/protocol/verdict.ts';

/** Extensions that know these languages without declaring them. */
const knowing: Readonly<Record<string, readonly string[]>> = {
  '.proto': ['bufbuild.vscode-buf', 'zxh404.vscode-proto3', 'drblury.protobuf-vsc', 'pbkit.vscode-pbkit', 'lkytal.pb'],
  '.avsc': ['streetsidesoftware.avro', 'jeandeaual.scheme-avro'],
  '.avpr': ['streetsidesoftware.avro'],
  '.avdl': ['streetsidesoftware.avro', 'mark-tate.avro-idl'],
};

/** Beside an extension for the language, names, outline, completion and colours are left to it. */
function isLeftToOthers({ uri }: TextDocument): boolean {
  const ending = uri.path.slice(uri.path.lastIndexOf('.')).toLowerCase();
  if (!(ending in knowing)) return false;
  const wanted = workspace.getConfiguration('schemaward', uri).get<string | null>('contractLanguage');
  if (wanted === 'on' || wanted === 'off') return wanted === 'off';
  return extensions.all.some((each) => isFor(each, ending));
}

/** It declares the language and runs code: one that only brings colours along does not know what a name means. */
function isFor({ id, packageJSON }: Extension<unknown>, ending: string): boolean {
  if (id === 'schemaward.schemaward') return false;
  if (knowing[ending]?.includes(id.toLowerCase()) === true) return true;
  const { main, browser, contributes } = packageJSON as Manifest;
  const declared = contributes?.languages?.some((language) => language.extensions?.includes(ending) === true);
  return declared === true && (main !== undefined || browser !== undefined);
}

interface Manifest {
  readonly main?: string;
  readonly browser?: string;
  readonly contributes?: { readonly languages?: readonly { readonly extensions?: readonly string[] }[] };
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
