import { fromUri } from '#host/paths.ts';
import { converter } from '../convert.ts';
import { guarded } from '../guard.ts';
import type { Feature } from '../session.ts';

/** The lock of each statement; off until `schemaward.lockHints` is on. */
export const inlayHints: Feature = (session) => {
  const { connection, service, workspace } = session;
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    guarded(session, 'inlayHint', token, null, () => {
      const path = fromUri(textDocument.uri);
      if (path === undefined || !session.settings.lockHints) return null;
      const { snapshot } = workspace;
      const convert = converter(snapshot.files);
      const span = { start: convert.offset(path, range.start), end: convert.offset(path, range.end) };
      return service.lockHints(snapshot, path, span).map(({ offset, label, tooltip }) => ({
        position: convert.range(path, { start: offset, end: offset }).start,
        label: `${label}:`,
        tooltip: { kind: 'markdown' as const, value: tooltip },
        paddingRight: true,
      }));
    }),
  );
};
