import { ErrorCodes, type PrepareRenameResult, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { fromUri } from '#host/paths.ts';
import { converter, plainEdit } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature } from '../session.ts';

/** Names in contracts. Why one cannot be renamed is said where the person stands. */
export const rename: Feature = (session) => {
  const { connection, service, workspace, abilities } = session;
  connection.onPrepareRename(({ textDocument, position }, token) =>
    guarded<PrepareRenameResult | ResponseError | null>(session, 'prepareRename', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return null;
      const convert = converter(workspace.snapshot.files);
      const found = service.renameable(workspace.snapshot, path, convert.offset(path, position));
      if (found.kind === 'refusal') return new ResponseError(ErrorCodes.InvalidRequest, found.reason);
      return { range: convert.range(path, found.span), placeholder: found.name };
    }),
  );
  connection.onRenameRequest(({ textDocument, position, newName }, token) =>
    guarded<WorkspaceEdit | ResponseError | null>(session, 'rename', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return null;
      const convert = converter(workspace.snapshot.files);
      const made = service.rename(workspace.snapshot, path, convert.offset(path, position), newName);
      if (made.kind === 'refusal') return new ResponseError(ErrorCodes.InvalidRequest, made.reason);
      return abilities.annotations ? convert.edit(made) : (plainEdit(made, convert.range) ?? null);
    }),
  );
};
