import { fromUri } from '#host/paths.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature } from '../session.ts';

export const hover: Feature = (session) => {
  const { connection, service, workspace, abilities } = session;
  connection.onHover(({ textDocument, position }, token) =>
    guarded(session, 'hover', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined) return null;
      const { snapshot } = workspace;
      const convert = converter(snapshot.files);
      const found = service.hover(snapshot, path, convert.offset(path, position));
      if (found === undefined) return null;
      const value = abilities.markdownHover ? found.markdown : found.markdown.replace(/```\w*\n?|\*\*|`/g, '');
      return {
        contents: { kind: abilities.markdownHover ? 'markdown' : 'plaintext', value },
        range: convert.range(path, found.span),
      };
    }),
  );
};
