import { extensions, type TextDocument, workspace } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

/** Extensions that read these languages as their own; beside one, names, symbols and completion are left to it. */
const better: Readonly<Record<string, readonly string[]>> = {
  '.proto': [
    'bufbuild.vscode-buf',
    'zxh404.vscode-proto3',
    'drblury.protobuf-vsc',
    'pbkit.vscode-pbkit',
    'lkytal.pb',
    'plex.vscode-protolint',
  ],
  '.avsc': ['streetsidesoftware.avro', 'jeandeaual.scheme-avro'],
  '.avpr': ['streetsidesoftware.avro'],
  '.avdl': ['streetsidesoftware.avro', 'mark-tate.avro-idl'],
};

function isLeftToOthers({ uri }: TextDocument): boolean {
  const ending = uri.path.slice(uri.path.lastIndexOf('.')).toLowerCase();
  const others = better[ending];
  if (others === undefined) return false;
  const wanted = workspace.getConfiguration('schemaward', uri).get<string>('contractLanguage', 'auto');
  if (wanted !== 'auto') return wanted === 'off';
  return others.some((id) => extensions.getExtension(id) !== undefined);
}

/** Problems, quick fixes and hovers about compatibility always come: nobody else has them. */
export const besideOthers: Middleware = {
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
};
