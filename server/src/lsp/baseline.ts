import type { FilePath } from '#core/model/text.ts';
import { fromUri } from '#host/paths.ts';
import type { Baseline } from './convert.ts';
import type { Session } from './session.ts';

/** Scheme under which our own client shows a contract as its baseline has it; the path is the file's own. */
const scheme = 'schemaward-baseline';

/** The file whose old text a document of that scheme shows. */
export function baselineFile(uri: string): FilePath | undefined {
  return uri.startsWith(`${scheme}:`) ? fromUri(`file:${uri.slice(scheme.length + 1)}`) : undefined;
}

export function baselineOf({ service, workspace, abilities }: Session): Baseline {
  return {
    get: (path) => service.baselineText(workspace.snapshot, path),
    uri: abilities.own ? (path) => `${scheme}:${encodeURI(path.startsWith('/') ? path : `/${path}`)}` : undefined,
  };
}
