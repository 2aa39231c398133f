import { fromUri } from '#host/paths.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature } from '../session.ts';

/** Completion in schemaward.yaml. */
export const completion: Feature = (session) => {
  const { connection, service, workspace } = session;
  connection.onCompletion(({ textDocument, position }, token) =>
    guarded(session, 'completion', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return null;
      const { snapshot } = workspace;
      const convert = converter(snapshot.files);
      return service
        .complete(snapshot, path, convert.offset(path, position))
        .map((each) => convert.completion(path, each));
    }),
  );
};
