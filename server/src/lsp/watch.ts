import {
  DidChangeWatchedFilesNotification,
  type Disposable,
  FileChangeType,
  type FileSystemWatcher,
} from 'vscode-languageserver';
import { configName } from '#core/config/config.ts';
import type { FilePath } from '#core/model/text.ts';
import { concerns, type Elsewhere } from '#host/elsewhere.ts';
import { fromUri, toUri } from '#host/paths.ts';
import { readFiles } from './features/connections.ts';
import { logFailure } from './guard.ts';
import type { Session } from './session.ts';

/** Follows the disk: what the client says of files, and what a save makes worth a look. */
export interface Watch {
  /** Before anything is read, so that no change is missed. */
  begin(): void;
  /** Once it is known what is read elsewhere. */
  begunElsewhere(): void;
  saved(path: FilePath): void;
  /** The text of an open document is another one now. */
  edited(path: FilePath): void;
  /** Tells the client that answers may differ, and only where something does. */
  followed(change: () => void | Promise<void>): Promise<void>;
}

/** Milliseconds in which a burst of file events (a branch switch) is gathered. */
const burst = 50;

export function watchFiles(session: Session): Watch {
  const { connection, workspace, abilities } = session;
  const watchElsewhere = elsewhereWatcher(session);
  const followed = async (change: () => void | Promise<void>) => {
    const before = workspace.snapshot;
    await change();
    await readFiles(session);
    watchElsewhere();
    if (workspace.snapshot !== before) session.invalidated(['status', 'file-info']);
  };
  let paths = new Set<FilePath>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  const flush = () => {
    timer = undefined;
    const mine = [...paths];
    paths = new Set();
    flushing = flushing
      .then(() => followed(() => reread(session, mine)))
      .catch((error) => logFailure(session, 'watch', error));
  };
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const { elsewhere } = workspace;
    for (const { uri, type } of changes) {
      const path = fromUri(uri);
      if (path === undefined || (type === FileChangeType.Changed && session.documents.all.has(path))) continue;
      if (isInteresting(path, elsewhere)) paths.add(path);
    }
    if (paths.size > 0) timer ??= setTimeout(flush, burst);
  });
  connection.onShutdown(() => clearTimeout(timer));
  return {
    begin() {
      if (abilities.watchFiles)
        void connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: '**/*' }],
        });
    },
    begunElsewhere: watchElsewhere,
    saved(path) {
      void followed(() => readSaved(session, path)).catch((error) => logFailure(session, 'saved', error));
    },
    edited(path) {
      const reading = workspace.readOlderStates(path);
      if (reading !== undefined) void followed(() => reading).catch((error) => logFailure(session, 'history', error));
    },
    followed,
  };
}

/** The text was in the overlay already; only what is not watched and what the settings say is read when something is saved. */
async function readSaved(session: Session, path: FilePath): Promise<void> {
  await reread(session, [path]);
  const isUnwatched = !canWatchElsewhere(session) && outside(session).length > 0;
  if (isUnwatched && !path.endsWith(`/${configName}`)) await session.workspace.readBases();
}

async function reread({ workspace }: Session, paths: readonly FilePath[]): Promise<void> {
  const { elsewhere } = workspace;
  const isOf = (kind: Elsewhere['kind'], path: FilePath) =>
    elsewhere.some((each) => each.kind === kind && concerns(each, path));
  if (paths.length > 100 || paths.some((path) => isOf('git', path) || newRepository.test(path)))
    return workspace.load();
  workspace.refresh(paths);
  for (const path of paths) await workspace.readOlderStates(path);
  if (paths.some((path) => path.endsWith(`/${configName}`) || isOf('baseline', path))) await workspace.readBases();
}

/** Names for the client what is to be watched elsewhere; again where that has changed. */
function elsewhereWatcher(session: Session): () => void {
  let known = '';
  let registered: Promise<Disposable | undefined> = Promise.resolve(undefined);
  return () => {
    if (!canWatchElsewhere(session)) return;
    const watchers = outside(session).map(
      ({ folder, pattern }): FileSystemWatcher => ({
        globPattern: { baseUri: toUri(folder), pattern: pattern === '**' ? '**/*' : pattern },
      }),
    );
    const words = JSON.stringify(watchers);
    if (words === known || (known === '' && watchers.length === 0)) return;
    known = words;
    registered = registered
      .then((last) => {
        last?.dispose();
        if (watchers.length === 0) return undefined;
        return session.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      })
      .catch(() => undefined);
  };
}

function canWatchElsewhere({ abilities }: Session): boolean {
  return abilities.watchFiles && abilities.watchElsewhere;
}

/** What is below a folder of the workspace is watched with it. */
function outside({ workspace: { elsewhere, options } }: Session): readonly Elsewhere[] {
  return elsewhere.filter(({ folder }) => !options.roots.some((root) => `${folder}/`.startsWith(`${root}/`)));
}

/** Nobody knows it yet. */
const newRepository = /\/\.git\/HEAD$/;

function isInteresting(path: FilePath, elsewhere: readonly Elsewhere[]): boolean {
  if (newRepository.test(path) || elsewhere.some((each) => concerns(each, path))) return true;
  return !/\/(node_modules|target|\.gradle|\.git)\//.test(path);
}
