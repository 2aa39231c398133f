import type { FilePath } from '#core/model/text.ts';
import { toUri } from '#host/paths.ts';
import { baselineOf } from '../baseline.ts';
import { converter } from '../convert.ts';
import type { Session } from '../session.ts';
import { findingsOf, toDiagnostics } from './diagnostics.ts';

/** For clients that cannot pull: sends the findings of some files. */
export function pushDiagnostics(session: Session, paths: Iterable<FilePath>): void {
  if (session.abilities.pullDiagnostics) return;
  const convert = converter(session.workspace.snapshot.files, baselineOf(session));
  for (const path of paths) {
    const open = session.documents.all.get(path);
    const items = toDiagnostics(findingsOf(session, path), convert);
    const version = open === undefined ? {} : { version: open.document.version };
    void session.connection.sendDiagnostics({ uri: open?.uri ?? toUri(path), diagnostics: items, ...version });
  }
}
