import { fromUri } from '#host/paths.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature } from '../session.ts';

export const definition: Feature = (session) => {
  const { connection, service, workspace } = session;
  connection.onDefinition(({ textDocument, position }, token) =>
    guarded(session, 'definition', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return null;
      const { snapshot } = workspace;
      const convert = converter(snapshot.files);
      return service.definition(snapshot, path, convert.offset(path, position)).map(convert.location);
    }),
  );
};
