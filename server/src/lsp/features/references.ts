import { fromUri } from '#host/paths.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature } from '../session.ts';

/** Uses of a contract's element, in every file of its tree. */
export const references: Feature = (session) => {
  const { connection, service, workspace } = session;
  connection.onReferences(({ textDocument, position, context }, token) =>
    guarded(session, 'references', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return null;
      const { snapshot } = workspace;
      const convert = converter(snapshot.files);
      const offset = convert.offset(path, position);
      return service.references(snapshot, path, offset, context.includeDeclaration).map(convert.location);
    }),
  );
};
